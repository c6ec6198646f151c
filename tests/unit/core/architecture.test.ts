import { describe, expect, test } from "vitest";
import {
  architectureKey,
  blockNotation,
  countMultiplyAdds,
  instantiate,
  listParameters,
  parseBlock,
  presets,
  roundChannels,
  sizeOf,
} from "../../../src/core";

const imagenet = { inputSize: 224, widthMultiplier: 1, classes: 1000 };

test("channels round as the reference code does", () => {
  // round_filters(filters, multiplier) for divisor 8, by hand: 24 x 0.35 = 8.4, 16 x 1.4 = 22.4, 18 -> 16 would lose 11 %.
  expect([8.4, 22.4, 18, 4, 60, 44.8].map((channels) => roundChannels(channels, 8))).toEqual([8, 24, 24, 8, 64, 48]);
});

test("a separable convolution costs H x W x M x (K x K + N) (paper, Equation 4)", () => {
  const block = parseBlock("r1_k5_s11_e1_i16_o40_noskip");
  const { stem, ...frame } = presets["mnasnet-a1"];
  const bare = { ...frame, head: { filters: 0, scaling: "never" as const }, stem: { filters: 16, stride: 1 as const } };
  const scale = { inputSize: 20, widthMultiplier: 1, classes: 10 };
  const without = countMultiplyAdds({ ...bare, blocks: [] }, scale) - 16 * 10;
  const withBlock = countMultiplyAdds({ ...bare, blocks: [block] }, scale) - 40 * 10;
  expect(withBlock - without).toBe(20 * 20 * 16 * (5 * 5 + 40));
  expect(stem.filters).toBe(32);
});

describe("instantiate", () => {
  test("shapes follow the strides, odd sizes round up", () => {
    const { nodes } = instantiate(presets["mnasnet-a1"], { inputSize: 97, widthMultiplier: 1, classes: 10 });
    const ends = nodes.filter((node) => node.kind === "conv" && node.stride === 2).map((node) => node.output.height);
    expect(ends).toEqual([49]);
    const strided = nodes.filter((node) => node.kind === "depthwise" && node.stride === 2);
    expect(strided.map((node) => node.output.height)).toEqual([25, 13, 7, 4]);
    expect(nodes.at(-1)).toMatchObject({ kind: "dense", output: { height: 1, width: 1, channels: 10 } });
  });

  test("every node reads earlier nodes, and an addition reads two of one shape", () => {
    for (const architecture of Object.values(presets)) {
      const { nodes } = instantiate(architecture, imagenet);
      nodes.forEach((node, index) => {
        for (const input of node.inputs) expect(input).toBeLessThan(index);
        if (node.kind !== "add") return;
        const [a, b] = node.inputs.map((input) => nodes[input]?.output);
        expect(a).toEqual(b);
      });
    }
  });

  test("A1 adds a residual in every repeat but the first, and in no strided or widened layer", () => {
    const { nodes } = instantiate(presets["mnasnet-a1"], imagenet);
    expect(nodes.filter((node) => node.kind === "add")).toHaveLength(1 + 2 + 3 + 1 + 2);
  });

  test("squeeze-and-excite squeezes the layer's input, not the expanded channels", () => {
    const { nodes } = instantiate(presets["mnasnet-a1"], imagenet);
    const first = nodes.find((node) => node.kind === "squeezeExcite");
    expect(first).toMatchObject({ squeezed: 6, input: { channels: 72 } });
  });

  test("proxy and deploy scale have the same connections", () => {
    const small = instantiate(presets["mnasnet-a1"], { inputSize: 32, widthMultiplier: 0.35, classes: 10 });
    const large = instantiate(presets["mnasnet-a1"], imagenet);
    expect(small.nodes.map(({ kind, inputs }) => [kind, inputs])).toEqual(
      large.nodes.map(({ kind, inputs }) => [kind, inputs]),
    );
  });

  test.each([
    [{ inputSize: 7 }, /Input size/],
    [{ inputSize: 96.5 }, /Input size/],
    [{ widthMultiplier: 0 }, /Width multiplier/],
    [{ widthMultiplier: Number.NaN }, /Width multiplier/],
    [{ classes: 1 }, /Classes/],
    [{ channels: 2 }, /1 or 3 channels/],
  ])("refuses %o", (change, message) => {
    expect(() => instantiate(presets["mnasnet-a1"], { ...imagenet, ...change })).toThrow(message);
  });
});

test("parameters are named once each, and moving statistics are not counted", () => {
  const network = instantiate(presets["mnasnet-b1"], imagenet);
  const parameters = listParameters(network);
  expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length);
  const moving = parameters.filter(({ trainable }) => !trainable).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const affine = parameters.filter(({ role }) => role === "gamma" || role === "beta");
  expect(moving).toBe(affine.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
});

describe("notation", () => {
  test("the published block strings survive a round trip", () => {
    const published = "r3_k5_s22_e3_i24_o40_se0.25";
    expect(blockNotation(parseBlock(published), 24)).toBe(published);
    const without = "r1_k3_s11_e1_i32_o16_noskip";
    expect(blockNotation(parseBlock(without), 32)).toBe(without);
  });

  test.each(["r3_k5_x7_o40", "r3_k5", "r1_s12_o8", "r0_k3_o8", "r1_k3_o8.5", "r1_k3_o1.2.3", "r1_k3_e0_o8"])(
    "refuses %s",
    (notation) => {
      expect(() => parseBlock(notation)).toThrow(SyntaxError);
    },
  );

  test("a skip that nothing can carry does not make another architecture", () => {
    const frame = presets["mnasnet-a1"];
    const key = (skip: "_noskip" | "_pool" | "", layers: number) =>
      architectureKey({ ...frame, blocks: [parseBlock(`r${layers}_k3_s22_e3_i32_o24${skip}`)] });
    expect(key("", 1)).toBe(key("_noskip", 1));
    expect(key("_pool", 1)).toBe(key("_noskip", 1));
    expect(new Set([key("", 2), key("_noskip", 2), key("_pool", 2)]).size).toBe(3);
  });
});
