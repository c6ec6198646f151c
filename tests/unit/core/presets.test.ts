import { describe, expect, test } from "vitest";
import {
  type BlockArchitecture,
  countMultiplyAdds,
  countParameters,
  instantiate,
  listCells,
  listParameters,
  presets,
  sizeOf,
} from "../../../src/core";

const imagenet = { inputSize: 224, widthMultiplier: 1, classes: 1000 };

describe("published counts at 224 px and width 1", () => {
  // Trainable parameters: facts/mnasnet.md section 3; torchvision for MobileNetV3; Keras and timm for the others.
  test.each([
    ["mnasnet-a1", 3_887_038],
    ["mnasnet-b1", 4_383_312],
    ["mnasnet-small", 2_030_264],
    ["mobilenet-v2", 3_504_872],
    ["mobilenet-v3-large", 5_483_032],
    ["mobilenet-v3-small", 2_542_856],
    ["efficientnet-b0", 5_288_548],
    ["nasnet-a-mobile", 5_289_978],
  ] as const)("%s has %i trainable parameters", (name, parameters) => {
    expect(countParameters(presets[name], imagenet)).toBe(parameters);
  });

  // MnasNet's paper (A1, B1, NASNet-A), MobileNetV3's (217 M from its README, 56 M), the others' READMEs.
  test.each([
    ["mnasnet-a1", 312],
    ["mnasnet-b1", 315],
    ["mnasnet-small", 68],
    ["mobilenet-v2", 300],
    ["mobilenet-v3-large", 217],
    ["mobilenet-v3-small", 56],
    ["nasnet-a-mobile", 564],
  ] as const)("%s has %i M multiply-adds, within one per cent", (name, millions) => {
    expect(Math.abs(countMultiplyAdds(presets[name], imagenet) / 1e6 / millions - 1)).toBeLessThan(0.01);
  });

  test("EfficientNet-B0 has the 0.39 G multiply-adds of its paper", () => {
    expect((countMultiplyAdds(presets["efficientnet-b0"], imagenet) / 1e9).toFixed(2)).toBe("0.39");
  });
});

describe("published counts at other widths", () => {
  // torchvision's `num_params`.
  test.each([
    ["mnasnet-b1", 0.5, 2_218_512],
    ["mnasnet-b1", 0.75, 3_170_208],
    ["mnasnet-b1", 1.3, 6_282_256],
  ] as const)("%s at %d has %i trainable parameters", (name, widthMultiplier, parameters) => {
    expect(countParameters(presets[name], { ...imagenet, widthMultiplier })).toBe(parameters);
  });

  // Keras's totals, which hold the moving statistics too.
  test.each([
    [0.5, 1_987_224],
    [0.75, 2_663_064],
    [1, 3_538_984],
    [1.4, 6_156_712],
  ])("MobileNetV2 at %d has %i parameters, moving statistics included", (widthMultiplier, parameters) => {
    const network = instantiate(presets["mobilenet-v2"], { ...imagenet, widthMultiplier });
    expect(listParameters(network).reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(parameters);
  });

  // timm's results and model cards, in millions.
  test.each([
    ["mobilenet-v2", 0.35, "1.68"],
    ["mobilenet-v3-large", 0.75, "3.99"],
    ["mobilenet-v3-small", 0.75, "2.04"],
    ["mobilenet-v3-small", 0.5, "1.59"],
    ["mnasnet-a1", 0.5, "2.08"],
  ] as const)("%s at %d has %s M", (name, widthMultiplier, millions) => {
    expect((countParameters(presets[name], { ...imagenet, widthMultiplier }) / 1e6).toFixed(2)).toBe(millions);
  });

  // tensorflow/models research/slim: multiplier, input size, whole millions, cut off.
  test.each([
    [1.4, 224, 582],
    [1.3, 224, 509],
    [1, 224, 300],
    [1, 192, 221],
    [1, 160, 154],
    [1, 128, 99],
    [1, 96, 56],
    [0.75, 224, 209],
    [0.75, 192, 153],
    [0.75, 160, 107],
    [0.75, 128, 69],
    [0.75, 96, 39],
    [0.5, 224, 97],
    [0.5, 192, 71],
    [0.5, 160, 50],
    [0.5, 128, 32],
    [0.5, 96, 18],
    [0.35, 224, 59],
    [0.35, 192, 43],
    [0.35, 160, 30],
    [0.35, 128, 20],
    [0.35, 96, 11],
  ])("MobileNetV2 %d at %i px has %i M multiply-adds", (widthMultiplier, inputSize, millions) => {
    const counted = countMultiplyAdds(presets["mobilenet-v2"], { inputSize, widthMultiplier, classes: 1000 });
    expect(Math.floor(counted / 1e6)).toBe(millions);
  });

  // tensorflow/tpu's README counts something more than the paper does: 315.2 M for the paper's 312 M.
  test.each([
    [1.4, 224, 591.5],
    [1, 192, 232],
    [0.75, 160, 116.4],
    [0.5, 128, 35.3],
    [0.35, 96, 12.7],
    [0.35, 224, 63.2],
  ])("MnasNet-A1 %d at %i px has up to 3 %% fewer than the README's %d M", (widthMultiplier, inputSize, millions) => {
    const counted = countMultiplyAdds(presets["mnasnet-a1"], { inputSize, widthMultiplier, classes: 1000 }) / 1e6;
    expect(counted / millions).toBeLessThan(1);
    expect(counted / millions).toBeGreaterThan(0.97);
  });
});

describe("MobileNetV3", () => {
  const { nodes } = instantiate(presets["mobilenet-v3-large"], imagenet);

  test("has hard swish in stem and head, ReLU up to 40 channels, hard swish after", () => {
    const inBlocks = nodes.filter(({ place }) => typeof place.block === "number");
    const last = inBlocks.findLastIndex((node) => node.kind === "conv" && node.activation === "relu");
    const first = inBlocks.findIndex((node) => node.kind === "activation");
    expect(inBlocks[last]?.output.channels).toBe(120); // the expansion of the last layer of 40
    expect(first).toBeGreaterThan(last);
    const framed = nodes.filter(({ place }) => typeof place.block !== "number").map(({ kind }) => kind);
    const head = ["conv", "activation", "globalPool", "dense", "activation", "dropout", "dense"];
    expect(framed).toEqual(["conv", "activation", ...head]);
    const activations = nodes.flatMap((node) => (node.kind === "activation" ? [node.activation] : []));
    expect(new Set(activations)).toEqual(new Set(["hswish"]));
  });

  test("expands by a fraction to whole eights, and squeezes what it expanded", () => {
    const depthwise = nodes.filter(({ kind }) => kind === "depthwise").map(({ output }) => output.channels);
    // MobileNetV3's paper, Table 1, column "exp size".
    expect(depthwise).toEqual([16, 64, 72, 72, 120, 120, 240, 200, 184, 184, 480, 672, 672, 960, 960]);
    const squeezed = nodes.flatMap((node) => (node.kind === "squeezeExcite" ? [node.squeezed] : []));
    expect(squeezed).toEqual([24, 32, 32, 120, 168, 168, 240, 240]);
  });

  test("widens the hidden layer above multiplier 1 only", () => {
    const hidden = (widthMultiplier: number) =>
      instantiate(presets["mobilenet-v3-large"], { ...imagenet, widthMultiplier }).nodes.find(
        ({ kind }) => kind === "dense",
      )?.output.channels;
    expect([0.75, 1, 1.25].map(hidden)).toEqual([1280, 1280, 1600]);
  });
});

describe("NASNet-A", () => {
  const { nodes } = instantiate(presets["nasnet-a-mobile"], imagenet);

  test("is 4 @ 1056: twelve normal cells and four reductions, 1056 channels at 7 px before the pooling", () => {
    const cells = listCells(presets["nasnet-a-mobile"]);
    expect(cells.map(({ filters }) => filters)).toEqual(
      [11, 22, 44, 44, 44, 44, 88, 88, 88, 88, 88].concat(Array(5).fill(176)),
    );
    const pooled = nodes.find(({ kind }) => kind === "globalPool");
    expect(pooled?.input).toEqual({ height: 7, width: 7, channels: 1056 });
  });

  test("reads the stem twice in its first cell, which has no cell before it", () => {
    // The second time it reads the stem's 32 channels as they are: its 7x7 depthwise convolutions of h_(i-1) have 32.
    const first = nodes.filter(({ kind, place }) => kind === "depthwise" && place.block === 0);
    expect(first.filter(({ input }) => input.channels === 32)).toHaveLength(3);
  });
});

test("the networks of Table 6 have A1's layers and filters, and one layer throughout", () => {
  const widths = (blocks: BlockArchitecture["blocks"]) =>
    blocks.map(({ filters, layers, stride }) => [filters, layers, stride]);
  const a1 = presets["mnasnet-a1"];
  for (const expansion of [3, 6] as const) {
    for (const kernel of [3, 5] as const) {
      const { blocks, ...frame } = presets[`mbconv${expansion}-k${kernel}`];
      expect(widths(blocks)).toEqual(widths(a1.blocks));
      expect({ ...frame, blocks: a1.blocks }).toEqual(a1);
      expect(
        new Set(blocks.map((block) => [block.operation, block.expansion, block.kernel, block.seRatio].join())),
      ).toEqual(new Set([`mbconv,${expansion},${kernel},0`]));
    }
  }
});
