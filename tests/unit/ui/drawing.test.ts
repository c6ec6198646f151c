import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Architecture,
  isCellArchitecture,
  listCells,
  presets,
  type Scale,
  scaleChannels,
  spaces,
} from "../../../src/core";
import { cellWords, describeCells } from "../../../src/ui/network/cells";
import { describeNetwork, shapeText } from "../../../src/ui/network/describe";
import { describeLayers, layerWords } from "../../../src/ui/network/layers";

const imageNet: Scale = { inputSize: 224, widthMultiplier: 1, classes: 1000 };

function blocksOf(name: keyof typeof presets) {
  const architecture: Architecture = presets[name];
  if (isCellArchitecture(architecture)) throw new Error(`${name} has cells.`);
  return architecture;
}

describe.each(Object.entries<Architecture>(presets))("%s", (_, architecture) => {
  const boxes = describeNetwork(architecture, imageNet);

  test("begins at half the size, ends with a number for each class", () => {
    expect(boxes[0]?.output.height).toBe(112);
    expect(boxes.at(-1)?.output).toEqual({ height: 1, width: 1, channels: 1000 });
  });

  test("has as many layers or cells as the architecture says", () => {
    const repeats = (pattern: RegExp) =>
      boxes.filter(({ title }) => pattern.test(title)).reduce((sum, { repeats }) => sum + repeats, 0);
    if (isCellArchitecture(architecture)) expect(repeats(/cell/)).toBe(listCells(architecture).length);
    else {
      const layers = architecture.blocks.reduce((sum, { layers }) => sum + layers, 0);
      const head = (architecture.head.filters > 0 ? 1 : 0) + (architecture.head.hidden ? 2 : 1);
      expect(repeats(/./)).toBe(1 + layers + head);
    }
  });
});

describe("the insides of MnasNet-A1 are those of the paper's Figure 7", () => {
  const layers = describeLayers(blocksOf("mnasnet-a1"), imageNet);

  test("three kinds, and which blocks are made alike", () => {
    expect(layers.map(({ title, skip, alike }) => [title, skip, alike])).toEqual([
      ["SepConv 3×3", undefined, []],
      ["MBConv6 3×3", "identity", [4, 7]],
      ["MBConv3 5×5, SE", "identity", [5, 6]],
    ]);
  });

  test("MBConv3 5×5 with squeeze-and-excite: every part with its shape", () => {
    const [, , layer] = layers;
    if (!layer) throw new Error("The layer is gone.");
    // 28 x 28 x 40, expanded three times; squeezed to a quarter of the 40 that enter.
    expect(layer.steps.map(({ kind, output }) => `${kind} ${shapeText(output)}`)).toEqual([
      "filter 28×28×120",
      "filter 28×28×120",
      "squeezeExcite 28×28×120",
      "filter 28×28×40",
    ]);
    expect(layerWords(layer)).toBe(
      "MBConv3 5×5, SE, from 28×28×40: Conv 1×1, BN, ReLU, to 28×28×120; DWConv 5×5, BN, ReLU, to 28×28×120; " +
        "squeeze-and-excite: pooling, dense to 10 with ReLU, dense to 120 with sigmoid, multiplied; " +
        "Conv 1×1, BN, to 28×28×40; the input is added",
    );
  });
});

test("activations are each network's own", () => {
  const words = (name: keyof typeof presets) => describeLayers(blocksOf(name), imageNet).map(layerWords).join("\n");
  expect(words("mobilenet-v3-large")).toMatch(
    /DWConv 3×3, BN, h-swish, .*dense to 168 with ReLU, dense to 672 with h-sigmoid/,
  );
  expect(words("mobilenet-v3-large")).toContain("DWConv 3×3, BN, ReLU,");
  expect(words("efficientnet-b0")).toMatch(/DWConv 3×3, BN, swish, .*dense to 6 with swish, dense to 144 with sigmoid/);
  expect(words("mobilenet-v2")).toContain("BN, ReLU6,");
});

test("what a layer gives out has the channels of its block, whatever network is drawn from the space", () => {
  const space = spaces["factorized-browser"];
  const vector = fc.tuple(...space.decisions.map(({ choices }) => fc.nat(choices.length - 1)));
  fc.assert(
    fc.property(vector, fc.constantFrom(0.5, 1), (decisions, widthMultiplier) => {
      const architecture = space.decode(decisions);
      for (const { block, steps, skip, input, alike } of describeLayers(architecture, {
        inputSize: 32,
        widthMultiplier,
        classes: 10,
      })) {
        const own = architecture.blocks[block - 1];
        if (!own) throw new Error(`There is no block ${block}.`);
        const output = steps.at(-1)?.output;
        expect(output?.channels).toBe(scaleChannels(own.filters, widthMultiplier, architecture.divisor));
        if (skip) expect(skip).toBe(own.skip);
        if (skip === "identity") expect(output).toEqual(input);
        expect(steps.some(({ kind }) => kind === "squeezeExcite")).toBe(own.seRatio > 0);
        expect(alike).not.toContain(block);
      }
    }),
    { numRuns: 30 },
  );
});

describe("NASNet-A", () => {
  const architecture = presets["nasnet-a-mobile"];

  test("is three groups of four normal cells, and reductions", () => {
    const cells = describeNetwork(architecture, imageNet).filter(({ title }) => title.endsWith("cell"));
    expect(cells.map(({ title, repeats, output }) => `${title} ×${repeats} ${shapeText(output)}`)).toEqual([
      "Reduction cell ×1 56×56×44",
      "Reduction cell ×1 28×28×88",
      "Normal cell ×4 28×28×264",
      "Reduction cell ×1 14×14×352",
      "Normal cell ×4 14×14×528",
      "Reduction cell ×1 7×7×704",
      // The published name: 4 @ 1056.
      "Normal cell ×4 7×7×1056",
    ]);
  });

  test("its cells in words, with the shapes that enter and leave", () => {
    const [normal, reduction] = describeCells(architecture, imageNet);
    if (!normal || !reduction) throw new Error("A cell is gone.");
    const words = cellWords(normal);
    expect(words).toHaveLength(7);
    expect(words[1]).toBe("step 1: sep 5×5 of h_i + sep 3×3 of h_(i−1)");
    expect(words.at(-1)).toBe("output: h_(i−1), step 1, step 2, step 3, step 4, step 5, concatenated (28×28×264)");
    expect(cellWords(reduction)[0]).toContain("h_i, the output of the cell before (28×28×264)");
  });
});
