import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  exponents,
  hypervolume,
  type Measured,
  objectiveKind,
  paretoFront,
  reward,
  targetIsInert,
} from "../../../src/core";

const hard = { targetMs: 80, ...exponents.hard };
const soft = { targetMs: 80, ...exponents.soft };
const points = fc.array(
  fc.record({
    accuracy: fc.double({ min: 0.01, max: 1, noNaN: true }),
    latencyMs: fc.double({ min: 0.1, max: 200, noNaN: true }),
  }),
  { minLength: 1, maxLength: 30 },
);

describe("reward (paper, Equations 2 and 3, Figure 3 at accuracy 0.5 and T 80 ms)", () => {
  test("at the target it is the accuracy", () => {
    expect(reward({ accuracy: 0.5, latencyMs: 80 }, hard)).toBe(0.5);
    expect(reward({ accuracy: 0.5, latencyMs: 80 }, soft)).toBeCloseTo(0.5, 12);
  });

  test("the hard constraint ignores speed within T and divides beyond it", () => {
    expect(reward({ accuracy: 0.5, latencyMs: 20 }, hard)).toBe(0.5);
    expect(reward({ accuracy: 0.5, latencyMs: 160 }, hard)).toBeCloseTo(0.25, 12);
  });

  test("the soft constraint makes twice the latency worth 5 % more accuracy", () => {
    const base = reward({ accuracy: 0.5, latencyMs: 40 }, soft);
    const twice = reward({ accuracy: 0.5 * 1.05, latencyMs: 80 }, soft);
    expect(Math.abs(twice / base - 1)).toBeLessThan(5e-4);
  });

  test("agrees with Math.pow", () => {
    fc.assert(
      fc.property(points, ([point = { accuracy: 1, latencyMs: 1 }]) => {
        const expected = point.accuracy * (point.latencyMs / 80) ** -0.07;
        expect(reward(point, soft)).toBeCloseTo(expected, 12);
      }),
    );
  });

  test("with equal exponents T does not change the ranking, with others it does", () => {
    const rank = (list: readonly Measured[], targetMs: number, exponent: { alpha: number; beta: number }) =>
      list
        .map((point, index) => ({ index, value: reward(point, { targetMs, ...exponent }) }))
        .sort((a, b) => b.value - a.value || a.index - b.index)
        .map(({ index }) => index);
    expect(targetIsInert(soft)).toBe(true);
    expect(targetIsInert(hard)).toBe(false);
    const list = [
      { accuracy: 0.9, latencyMs: 60 },
      { accuracy: 0.7, latencyMs: 20 },
      { accuracy: 0.5, latencyMs: 5 },
    ];
    expect(rank(list, 80, exponents.soft)).toEqual(rank(list, 8, exponents.soft));
    expect(rank(list, 80, exponents.hard)).not.toEqual(rank(list, 8, exponents.hard));
  });
});

test("the kind of an objective is its exponents", () => {
  expect(objectiveKind(hard)).toBe("hard");
  expect(objectiveKind(soft)).toBe("soft");
  expect(objectiveKind({ targetMs: 80, alpha: 0, beta: -0.07 })).toBe("custom");
});

describe("Pareto front", () => {
  const beats = (a: Measured, b: Measured) =>
    a.accuracy >= b.accuracy && a.latencyMs <= b.latencyMs && (a.accuracy > b.accuracy || a.latencyMs < b.latencyMs);

  test("is what brute force finds", () => {
    fc.assert(
      fc.property(points, (list) => {
        const expected = list.filter((p) => !list.some((q) => beats(q, p)));
        const distinct = new Set(expected.map((p) => `${p.accuracy}/${p.latencyMs}`));
        const front = paretoFront(list);
        expect(new Set(front.map((p) => `${p.accuracy}/${p.latencyMs}`))).toEqual(distinct);
        expect(front.map((p) => p.latencyMs)).toEqual(front.map((p) => p.latencyMs).sort((a, b) => a - b));
      }),
    );
  });

  test("of equal points the first stays", () => {
    const first = { accuracy: 0.5, latencyMs: 5, name: "first" };
    expect(paretoFront([first, { ...first, name: "second" }])).toEqual([first]);
  });
});

test("hypervolume is the dominated area, counted cell by cell", () => {
  const grid = fc.array(
    fc.record({ accuracy: fc.integer({ min: 0, max: 9 }), latencyMs: fc.integer({ min: 0, max: 9 }) }),
  );
  fc.assert(
    fc.property(grid, (list) => {
      let cells = 0;
      for (let latency = 0; latency < 8; latency++) {
        for (let accuracy = 2; accuracy < 12; accuracy++) {
          if (list.some((p) => p.latencyMs <= latency && p.accuracy > accuracy)) cells++;
        }
      }
      expect(hypervolume(list, { accuracy: 2, latencyMs: 8 })).toBe(cells);
    }),
  );
});
