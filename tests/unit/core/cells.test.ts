import { describe, expect, test } from "vitest";
import {
  architectureKey,
  browserCellFrame,
  type CellArchitecture,
  type CellOperation,
  type CellStep,
  cellNotation,
  countMultiplyAdds,
  countParameters,
  instantiate,
  presets,
} from "../../../src/core";

const { name: _, ...frame } = browserCellFrame;
const scale = { inputSize: 16, widthMultiplier: 1, classes: 10 };

function step(left: number, leftOperation: CellOperation, right: number, rightOperation: CellOperation): CellStep {
  return { left, leftOperation, right, rightOperation, combination: "add" };
}

/** One normal cell of one step at 8 px: stem of 12 channels, branches of 8. */
function single(only: CellStep): CellArchitecture {
  return {
    ...frame,
    stem: { filters: 12, stride: 2, reductions: 0 },
    groups: 1,
    filters: 8,
    cells: { normal: { steps: [only], output: [2] }, reduction: { steps: [only], output: [2] } },
  };
}

describe("what an operation costs, by hand, on 8 channels at 8 px", () => {
  // Stem 3 x 3 x 3 x 12, h_i's 1x1 of 12 x 8 with batch norm, dense 8 x 10 + 10; an identity of h_i is free.
  const stem = 3 * 9 * 12 + 24;
  const entry = 12 * 8 + 16;
  const base = { parameters: stem + entry + 90, multiplyAdds: 64 * (3 * 9 * 12 + 12 * 8) + 80 };
  const pointwise = 8 * 8;

  test.each([
    ["identity", 0, 0],
    ["average-3x3", 0, 0],
    ["max-7x7", 0, 0],
    ["conv-1x1", pointwise + 16, pointwise],
    ["conv-3x3", 9 * pointwise + 16, 9 * pointwise],
    ["dilated-3x3", 9 * pointwise + 16, 9 * pointwise],
    ["conv-1x3-3x1", 2 * (3 * pointwise + 16), 6 * pointwise],
    ["conv-1x7-7x1", 2 * (7 * pointwise + 16), 14 * pointwise],
    ["separable-3x3", 2 * (9 * 8 + pointwise + 16), 2 * (9 * 8 + pointwise)],
    ["separable-7x7", 2 * (49 * 8 + pointwise + 16), 2 * (49 * 8 + pointwise)],
  ] as const)("%s: %i parameters, %i multiply-adds a pixel", (operation, parameters, perPixel) => {
    const architecture = single(step(0, operation, 0, "identity"));
    expect(countParameters(architecture, scale)).toBe(base.parameters + parameters);
    expect(countMultiplyAdds(architecture, scale)).toBe(base.multiplyAdds + 64 * perPixel);
  });

  test("the first cell's h_(i-1) is the stem as it is, and a pooling of it is brought to the cell's filters", () => {
    expect(countParameters(single(step(1, "conv-1x1", 1, "max-3x3")), scale)).toBe(stem + 2 * entry + 90);
  });
});

describe("the network of a cell", () => {
  test("has a stride in a row-and-column pair's second convolution only", () => {
    const pair = step(0, "conv-1x7-7x1", 1, "conv-1x7-7x1");
    const reduction = { ...single(pair), stem: { filters: 12, stride: 2, reductions: 1 } } as const;
    const rows = instantiate(reduction, scale).nodes.filter(
      (node) => node.kind === "conv" && node.columns !== undefined,
    );
    const shapes = rows.slice(0, 4).map((node) => node.kind === "conv" && [node.kernel, node.columns, node.stride]);
    expect(shapes).toEqual([
      [1, 7, 1],
      [7, 1, 2],
      [1, 7, 1],
      [7, 1, 2],
    ]);
  });

  test("brings h_(i-1) to h_i's size by a stride where a reduction lies between", () => {
    const { nodes } = instantiate(presets["nasnet-a-mobile"], { ...scale, inputSize: 224 });
    const entries = nodes.filter((node) => node.kind === "conv" && node.place.layer === 0 && node.stride === 2);
    // Into the second stem cell, and after each of the four reductions; the stem itself is no cell.
    expect(entries.filter(({ place }) => place.block !== "stem").map(({ place }) => place.block)).toEqual([
      1, 2, 7, 12,
    ]);
  });

  test("reads the same ReLU of a state however many convolutions start with it", () => {
    const { nodes } = instantiate(presets["nasnet-a-mobile"], scale);
    const inputs = nodes.flatMap((node) => (node.kind === "activation" ? [node.inputs[0]] : []));
    expect(new Set(inputs).size).toBe(inputs.length);
  });

  test("leaves out what nothing reads", () => {
    const ignoring = single(step(1, "conv-1x1", 1, "conv-1x1"));
    const kinds = instantiate(ignoring, scale).nodes.map(({ kind }) => kind);
    expect(kinds).toEqual(["conv", "activation", "conv", "conv", "add", "activation", "globalPool", "dense"]);
    const more = {
      ...ignoring,
      cells: {
        ...ignoring.cells,
        normal: { steps: [...ignoring.cells.normal.steps, step(0, "conv-3x3", 2, "max-3x3")], output: [2] },
      },
    };
    expect(instantiate(more, scale).nodes.map(({ kind }) => kind)).toEqual(kinds);
  });

  test("halves an input of the cell that a reduction gives out", () => {
    const architecture = single(step(0, "max-3x3", 1, "max-3x3"));
    const reduction = { ...architecture.cells.reduction, output: [1, 2] };
    const reducing = {
      ...architecture,
      stem: { ...architecture.stem, reductions: 1 },
      cells: { ...architecture.cells, reduction },
    };
    const output = instantiate(reducing, scale)
      .nodes.filter(({ place }) => place.block === 0)
      .at(-1);
    expect(output).toMatchObject({ kind: "concat", output: { height: 4, width: 4, channels: 4 + 4 } });
  });

  test.each([
    [{ steps: [step(0, "identity", 2, "identity")], output: [2] }, /from 0 to 1 here, not 2/],
    [{ steps: [step(0, "identity", 1, "identity")], output: [3] }, /from 0 to 2 here, not 3/],
    [{ steps: [step(-1, "identity", 1, "identity")], output: [2] }, /from 0 to 1 here, not -1/],
  ])("is refused where it names a state that is not there: %#", (normal, message) => {
    const architecture = single(step(0, "identity", 1, "identity"));
    const wrong = { ...architecture, cells: { ...architecture.cells, normal } };
    expect(() => instantiate(wrong, scale)).toThrow(message);
  });
});

describe("the key of cells", () => {
  const key = (only: CellStep) => architectureKey(single(only));
  const one = step(0, "conv-3x3", 1, "max-3x3");
  const swapped = step(1, "max-3x3", 0, "conv-3x3");

  test("is one for both orders of a sum, two for those of a concatenation", () => {
    expect(key(one)).toBe(key(swapped));
    expect(key({ ...one, combination: "concat" })).not.toBe(key({ ...swapped, combination: "concat" }));
    expect(key({ ...one, combination: "concat" })).not.toBe(key(one));
  });

  test("does not hold a cell that the network has not", () => {
    const architecture = single(one);
    const reduction = { steps: [step(0, "max-7x7", 0, "identity")], output: [2] };
    expect(architectureKey({ ...architecture, cells: { ...architecture.cells, reduction } })).toBe(key(one));
    const reduced = { ...architecture, groups: 2 };
    expect(architectureKey({ ...reduced, cells: { ...architecture.cells, reduction } })).not.toBe(
      architectureKey(reduced),
    );
  });

  test("tells apart whatever else differs", () => {
    const architecture = single(one);
    const others: CellArchitecture[] = [
      { ...architecture, groups: 2 },
      { ...architecture, repeats: 2 },
      { ...architecture, filters: 12 },
      { ...architecture, dropout: 0.2 },
      { ...architecture, divisor: 8 },
      { ...architecture, stem: { ...architecture.stem, filters: 16 } },
      { ...architecture, stem: { ...architecture.stem, stride: 1 } },
      { ...architecture, stem: { ...architecture.stem, reductions: 1 } },
      { ...architecture, cells: { ...architecture.cells, normal: { steps: [one], output: [1, 2] } } },
    ];
    expect(new Set([architecture, ...others].map(architectureKey)).size).toBe(1 + others.length);
  });
});

test("a cell is written one step a line", () => {
  expect(cellNotation(presets["nasnet-a-mobile"].cells.reduction)).toEqual([
    "state 2 = separable-5x5(0) + separable-7x7(1)",
    "state 3 = max-3x3(0) + separable-7x7(1)",
    "state 4 = average-3x3(0) + separable-5x5(1)",
    "state 5 = identity(3) + average-3x3(2)",
    "state 6 = separable-3x3(2) + max-3x3(0)",
    "output = 3, 4, 5, 6",
  ]);
});
