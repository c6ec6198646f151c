import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { architectureKey, countMultiplyAdds, instantiate, type Space, skipApplies, spaces } from "../../../src/core";

const vectorOf = (space: Space) => fc.tuple(...space.decisions.map(({ choices }) => fc.nat(choices.length - 1)));

describe.each(Object.entries(spaces))("%s", (_, space: Space) => {
  const blocks = space.decisions.length / 6;

  test("offers 432 choices a block", () => {
    for (let block = 0; block < blocks; block++) {
      const own = space.decisions.slice(block * 6, block * 6 + 6);
      expect(own.map(({ choices }) => choices.length)).toEqual([4, 2, 2, 3, 3, 3]);
    }
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
          const { nodes } = instantiate(space.decode(vector), { inputSize: size, widthMultiplier: width, classes: 7 });
          expect(nodes.at(-1)?.output.channels).toBe(7);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("architectures with one key are one computation", () => {
    fc.assert(
      fc.property(vectorOf(space), fc.nat(blocks - 1), fc.nat(2), (vector, block, skip) => {
        const other = vector.with(block * 6 + 3, skip);
        const [a, b] = [space.decode(vector), space.decode(other)];
        const graph = (architecture: typeof a) =>
          instantiate(architecture, { inputSize: 32, widthMultiplier: 1, classes: 10 }).nodes;
        const sameGraph = JSON.stringify(graph(a)) === JSON.stringify(graph(b));
        expect(architectureKey(a) === architectureKey(b)).toBe(sameGraph);
      }),
    );
  });

  test("refuses a foreign vector", () => {
    expect(() => space.decode([0])).toThrow(/decisions/);
    expect(() => space.decode(space.decisions.map(() => 9))).toThrow(/Decision 0/);
    expect(() => space.decode(space.decisions.map(() => 0.5))).toThrow(/Decision 0/);
  });
});

test("five browser blocks span 432^5 vectors, seven blocks of the paper 432^7", () => {
  const size = (space: Space) => space.decisions.reduce((product, { choices }) => product * choices.length, 1);
  expect(size(spaces["factorized-browser"])).toBe(432 ** 5);
  expect(size(spaces["factorized-mobilenet-v2"])).toBe(432 ** 7);
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
