import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Architecture,
  architectureKey,
  countMultiplyAdds,
  encodeCells,
  instantiate,
  type Network,
  presets,
  type Space,
  skipApplies,
  spaces,
} from "../../../src/core";

const vectorOf = (space: Space) => fc.tuple(...space.decisions.map(({ choices }) => fc.nat(choices.length - 1)));

describe.each(Object.entries(spaces))("%s", (name, space: Space) => {
  test("is called so, and every decision has a name of its own", () => {
    expect(space.name).toBe(name);
    expect(new Set(space.decisions.map((decision) => decision.name)).size).toBe(space.decisions.length);
  });

  test("encode gives a vector that decodes to the same architecture", () => {
    fc.assert(
      fc.property(vectorOf(space), (vector) => {
        const architecture = space.decode(vector);
        expect(space.decode(space.encode?.(architecture) ?? [])).toEqual(architecture);
      }),
    );
  });

  test("every sample becomes a network at every scale", () => {
    fc.assert(
      fc.property(
        vectorOf(space),
        fc.integer({ min: 8, max: 64 }),
        fc.constantFrom(0.25, 0.5, 1),
        (vector, size, width) => {
          checkNetwork(instantiate(space.decode(vector), { inputSize: size, widthMultiplier: width, classes: 7 }));
        },
      ),
      { numRuns: 50 },
    );
  });

  test("a sample has the same connections at every scale", () => {
    const connectionsAt = (architecture: Architecture, inputSize: number, widthMultiplier: number) =>
      instantiate(architecture, { inputSize, widthMultiplier, classes: 10 }).nodes.map((node) => [
        node.kind,
        node.inputs,
        "stride" in node && node.stride,
      ]);
    fc.assert(
      fc.property(
        vectorOf(space),
        fc.integer({ min: 8, max: 64 }),
        fc.constantFrom(0.1, 0.35, 0.5, 0.75, 1.25, 1.4),
        (vector, size, width) => {
          const architecture = space.decode(vector);
          expect(connectionsAt(architecture, size, width)).toEqual(connectionsAt(architecture, 224, 1));
        },
      ),
      { numRuns: 50 },
    );
  });

  test("architectures with one key are one computation", () => {
    fc.assert(
      fc.property(vectorOf(space), fc.nat(space.decisions.length - 1), fc.nat(), (vector, decision, other) => {
        const choices = space.decisions[decision]?.choices.length ?? 1;
        const [a, b] = [vector, vector.with(decision, other % choices)].map((each) => space.decode(each));
        if (!a || !b || architectureKey(a) !== architectureKey(b)) return;
        expect(graphOf(a)).toEqual(graphOf(b));
      }),
    );
  });

  test("refuses a foreign vector", () => {
    expect(() => space.decode([0])).toThrow(/decisions/);
    expect(() => space.decode(space.decisions.map(() => 99))).toThrow(/Decision 0/);
    expect(() => space.decode(space.decisions.map(() => 0.5))).toThrow(/Decision 0/);
  });

  test("refuses an architecture of another frame", () => {
    for (const preset of [presets["mnasnet-small"], presets["nasnet-a-mobile"]]) {
      expect(() => space.encode?.(preset)).toThrow(/not built on/);
    }
  });
});

function graphOf(architecture: Parameters<typeof instantiate>[0]) {
  return instantiate(architecture, { inputSize: 32, widthMultiplier: 1, classes: 10 }).nodes;
}

/** Shapes fit together, every node leads to the logits, and what is summed or joined has one size. */
function checkNetwork({ nodes, scale }: Network): void {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  expect(nodes.slice(0, -1).every((_, index) => read.has(index))).toBe(true);
  expect(nodes.at(-1)).toMatchObject({ kind: "dense", output: { height: 1, width: 1, channels: scale.classes } });
  nodes.forEach(({ kind, inputs, input, output }, index) => {
    expect(inputs.every((earlier) => earlier < index)).toBe(true);
    const shapes = inputs.map((earlier) => nodes[earlier]?.output ?? nodes[0]?.input);
    expect(input).toEqual(shapes[0]);
    if (kind === "add") expect([shapes[1], output]).toEqual([shapes[0], shapes[0]]);
    if (kind === "concat") {
      expect(new Set(shapes.map((shape) => shape?.height)).size).toBe(1);
      expect(output.channels).toBe(shapes.reduce((sum, shape) => sum + (shape?.channels ?? 0), 0));
    }
  });
}

describe.each(["factorized-browser", "factorized-mobilenet-v2"] as const)("%s", (name) => {
  const space = spaces[name];
  const blocks = space.decisions.length / 6;

  test("offers 432 choices a block", () => {
    for (let block = 0; block < blocks; block++) {
      const own = space.decisions.slice(block * 6, block * 6 + 6);
      expect(own.map(({ choices }) => choices.length)).toEqual([4, 2, 2, 3, 3, 3]);
    }
  });

  test("gives two skips one key where they make one computation, and only there", () => {
    fc.assert(
      fc.property(vectorOf(space), fc.nat(blocks - 1), fc.nat(2), (vector, block, skip) => {
        const [a, b] = [space.decode(vector), space.decode(vector.with(block * 6 + 3, skip))];
        const sameGraph = JSON.stringify(graphOf(a)) === JSON.stringify(graphOf(b));
        expect(architectureKey(a) === architectureKey(b)).toBe(sameGraph);
      }),
    );
  });
});

test("five browser blocks span 432^5 vectors, seven blocks of the paper 432^7, twelve layers 144^12", () => {
  const size = (space: Space) => space.decisions.reduce((product, { choices }) => product * choices.length, 1);
  expect(size(spaces["factorized-browser"])).toBe(432 ** 5);
  expect(size(spaces["factorized-mobilenet-v2"])).toBe(432 ** 7);
  expect(size(spaces["flat-browser"])).toBe(144 ** 12);
});

test("keys of studies on disk stand", () => {
  // As stored by earlier versions: a search's trial, and a preset's.
  const vector = [3, 0, 1, 1, 1, 1, 3, 1, 1, 0, 1, 1, 3, 1, 1, 0, 1, 2, 2, 0, 0, 1, 1, 2, 3, 0, 1, 1, 0, 1];
  expect(architectureKey(spaces["factorized-browser"].decode(vector))).toBe(
    "16s2-256always-relu6-d0-4|r2_k3_s11_e6_i16_o16_se0.25|r2_k5_s22_e6_i16_o24_se0.25_pool|r4_k5_s22_e6_i24_o40_se0.25_pool|r4_k3_s11_e3_i40_o64|r2_k3_s22_e6_i64_o72_se0.25",
  );
});

describe("keys of what is new in blocks", () => {
  const b0 = presets["efficientnet-b0"];
  const v3 = presets["mobilenet-v3-large"];

  test("a block's own activation counts where it is another than the network's", () => {
    const all = (activation: "swish" | "relu") => ({
      ...b0,
      blocks: b0.blocks.map((block) => ({ ...block, activation })),
    });
    expect(architectureKey(all("swish"))).toBe(architectureKey(b0));
    expect(architectureKey(all("relu"))).not.toBe(architectureKey(b0));
  });

  test("the squeeze-and-excite rule and the hidden layer count", () => {
    const { squeezeExcite: _, ...plain } = v3;
    const { hidden: __, ...head } = v3.head;
    const keys = [v3, plain, { ...v3, head }, { ...v3, head: { ...head, hidden: 512 } }].map(architectureKey);
    expect(new Set(keys).size).toBe(4);
  });
});

test("the browser skeleton gives three filters and three depths to every block", () => {
  const space: Space = spaces["factorized-browser"];
  const zero = space.decisions.map(() => 0);
  for (let block = 0; block < 5; block++) {
    for (const decision of [4, 5]) {
      const keys = [0, 1, 2].map((choice) => architectureKey(space.decode(zero.with(block * 6 + decision, choice))));
      expect(new Set(keys).size).toBe(3);
    }
  }
});

test("a larger choice of operation, kernel, filters or layers never costs fewer multiply-adds", () => {
  const space: Space = spaces["factorized-browser"];
  const cost = (vector: number[]) =>
    countMultiplyAdds(space.decode(vector), { inputSize: 32, widthMultiplier: 1, classes: 10 });
  fc.assert(
    fc.property(vectorOf(space), fc.nat(4), fc.constantFrom(1, 4, 5), (vector, block, decision) => {
      const costs = [0, 1].map((choice) => cost(vector.with(block * 6 + decision, choice)));
      expect(costs[0]).toBeLessThan(costs[1] as number);
    }),
  );
});

test("a pooling skip passes a stride, the identity does not", () => {
  const block = spaces["factorized-browser"].decode(spaces["factorized-browser"].decisions.map(() => 0)).blocks[1];
  if (!block) throw new Error("The browser skeleton has five blocks.");
  expect(skipApplies({ ...block, skip: "pool" }, 2, true)).toBe(true);
  expect(skipApplies({ ...block, skip: "identity" }, 2, true)).toBe(false);
  expect(skipApplies({ ...block, skip: "identity" }, 1, true)).toBe(true);
  expect(skipApplies({ ...block, skip: "pool" }, 1, false)).toBe(false);
});

test("a flat sample whose layers are equal in every block is the factorized sample with the skeleton's depths", () => {
  const layers = [2, 2, 3, 3, 2];
  const layer = fc.tuple(fc.nat(3), fc.nat(1), fc.nat(1), fc.nat(2), fc.nat(2));
  fc.assert(
    fc.property(fc.tuple(layer, layer, layer, layer, layer), (choices) => {
      const factorized = spaces["factorized-browser"].decode(choices.flatMap((own) => [...own, 1]));
      const flat = spaces["flat-browser"].decode(
        choices.flatMap((own, block) => Array(layers[block]).fill(own).flat()),
      );
      const bare = (nodes: Network["nodes"]) => nodes.map(({ place: _, ...node }) => node);
      expect(bare(graphOf(flat))).toEqual(bare(graphOf(factorized)));
    }),
    { numRuns: 50 },
  );
});

describe("cells-browser", () => {
  const space = spaces["cells-browser"];

  test("has 2 x 5 x 5 decisions, the states to choose from growing by one a step (NASNet, section 3)", () => {
    const names = space.decisions.map(({ name }) => name);
    expect(names).toHaveLength(50);
    expect(names.slice(0, 5)).toEqual(
      ["left state", "right state", "left operation", "right operation", "combination"].map(
        (what) => `normal step 1 ${what}`,
      ),
    );
    expect(names[25]).toBe("reduction step 1 left state");
    const choices = space.decisions.map((decision) => decision.choices.length);
    const cell = [2, 3, 4, 5, 6].flatMap((states) => [states, states, 13, 13, 2]);
    expect(choices).toEqual([...cell, ...cell]);
  });

  test("gives out the steps that no step uses, and no input of the cell", () => {
    fc.assert(
      fc.property(vectorOf(space), (vector) => {
        for (const { steps, output } of Object.values(space.decode(vector).cells)) {
          const used = steps.flatMap(({ left, right }) => [left, right]);
          for (let state = 2; state < 7; state++) expect(output.includes(state)).toBe(!used.includes(state));
          expect(output.every((state) => state >= 2)).toBe(true);
        }
      }),
    );
  });

  test("holds the steps of NASNet-A's cells, though its cells give out other states", () => {
    const { cells } = presets["nasnet-a-mobile"];
    const { normal, reduction } = space.decode(encodeCells(cells)).cells;
    expect([normal.steps, reduction.steps]).toEqual([cells.normal.steps, cells.reduction.steps]);
    expect([normal.output, reduction.output]).toEqual([
      [2, 3, 4, 5, 6],
      [4, 5, 6],
    ]);
  });

  test("refuses cells that it does not hold", () => {
    const architecture = space.decode(space.decisions.map(() => 0));
    const { normal, reduction } = architecture.cells;
    const withNormal = (changed: typeof normal) => ({ ...architecture, cells: { normal: changed, reduction } });
    expect(() => space.encode?.(withNormal({ ...normal, output: [2] }))).toThrow(/normal cell gives out other states/);
    const short = { steps: normal.steps.slice(0, 4), output: [2, 3, 4, 5] };
    expect(() => space.encode?.(withNormal(short))).toThrow(/five steps|5 steps/);
    const early = normal.steps.map((each, index) => (index === 0 ? { ...each, left: 2 } : each));
    expect(() => encodeCells({ normal: { ...normal, steps: early }, reduction })).toThrow(/normal step 1 left state/);
  });

  test("two orders of every sum are one network", () => {
    fc.assert(
      fc.property(vectorOf(space), (vector) => {
        const swapped = [...vector];
        for (let at = 0; at < 50; at += 5) {
          if (vector[at + 4] !== 0) continue;
          [swapped[at], swapped[at + 1]] = [vector[at + 1] as number, vector[at] as number];
          [swapped[at + 2], swapped[at + 3]] = [vector[at + 3] as number, vector[at + 2] as number];
        }
        const [a, b] = [space.decode(vector), space.decode(swapped)];
        expect(architectureKey(b)).toBe(architectureKey(a));
        expect(graphOf(b)).toEqual(graphOf(a));
      }),
      { numRuns: 30 },
    );
  });
});
