import fc from "fast-check";
import { expect, test } from "vitest";
import type { Measured } from "../../../src/core";
import { crowdingDistances, nondominatedFronts } from "../../../src/core/controller/dominance";

const points = fc.array(
  fc.record({ accuracy: fc.integer({ min: 0, max: 6 }), latencyMs: fc.integer({ min: 1, max: 7 }) }),
  { minLength: 1, maxLength: 25 },
);

/** The definition: a point's front is one more than the longest chain of points that dominate each other above it. */
function depthOf(point: Measured, all: readonly Measured[]): number {
  const above = all.filter(
    (other) =>
      other.accuracy >= point.accuracy &&
      other.latencyMs <= point.latencyMs &&
      (other.accuracy !== point.accuracy || other.latencyMs !== point.latencyMs),
  );
  return above.length === 0 ? 0 : 1 + Math.max(...above.map((other) => depthOf(other, above)));
}

test("fronts are those of the definition, ties included", () => {
  fc.assert(
    fc.property(points, (all) => {
      const fronts = nondominatedFronts(all);
      expect(fronts.flat()).toHaveLength(all.length);
      fronts.forEach((front, rank) => {
        for (const point of front) expect(depthOf(point, all)).toBe(rank);
      });
    }),
  );
});

test("crowding: the gap between neighbours over the range of both axes, endless at the ends", () => {
  const front = [
    { accuracy: 0.5, latencyMs: 10 },
    { accuracy: 0.9, latencyMs: 50 },
    { accuracy: 0.6, latencyMs: 20 },
    { accuracy: 0.8, latencyMs: 25 },
  ];
  const [first, last, second, third] = crowdingDistances(front);
  expect([first, last]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  expect(second).toBeCloseTo(0.3 / 0.4 + 15 / 40, 12);
  expect(third).toBeCloseTo(0.3 / 0.4 + 30 / 40, 12);
  expect(crowdingDistances([{ accuracy: 1, latencyMs: 1 }])).toEqual([Number.POSITIVE_INFINITY]);
});
