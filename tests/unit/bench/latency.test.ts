import { describe, expect, test } from "vitest";
import { layersOf, randomArchitectures } from "../../../bench/latency/networks";
import { kendallTau, relativeDifference, repeatability } from "../../../bench/latency/statistics";
import { architectureKey, createRandom, presets } from "../../../src/core";

describe("Kendall's tau", () => {
  test("agrees with the example of scipy.stats.kendalltau, which has ties", () => {
    expect(kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.4714045207910316, 12);
  });

  test("is 1 in the same order, -1 in the reverse one, and falls by 2 over the number of pairs a swapped neighbour", () => {
    const values = [3, 1, 4, 1.5, 9, 2.6];
    expect(kendallTau(values, values)).toBe(1);
    expect(
      kendallTau(
        values,
        values.map((value) => -value),
      ),
    ).toBe(-1);
    expect(kendallTau([1, 2, 3, 4, 5], [1, 3, 2, 4, 5])).toBeCloseTo(1 - 2 / 10, 12);
  });

  test("says nothing where one side is constant", () => {
    expect(kendallTau([1, 2, 3], [5, 5, 5])).toBeNaN();
  });
});

test("a relative difference is the same both ways round", () => {
  expect(relativeDifference(9, 11)).toBeCloseTo(0.2, 12);
  expect(relativeDifference(11, 9)).toBe(relativeDifference(9, 11));
});

test("repeatability of pairs that are counted by hand", () => {
  const pair = (first: number, second: number) => ({
    first: { medianMs: first, intervalMs: [first - 1, first + 1] as const },
    second: { medianMs: second },
  });
  const {
    medianRelativeDifference,
    largestRelativeDifference,
    kendallTau: tau,
    coverage,
  } = repeatability([
    pair(10, 10),
    pair(20, 20.5), // inside
    pair(30, 40), // outside, and it overtakes the last
    pair(35, 35),
  ]);
  expect(medianRelativeDifference).toBeCloseTo(0.5 / 20.25 / 2, 12);
  expect(largestRelativeDifference).toBeCloseTo(10 / 35, 12);
  expect(tau).toBeCloseTo((5 - 1) / 6, 12);
  expect(coverage).toBe(3 / 4);
});

test("coverage of a 95 % interval of normal medians that are drawn again is what two noisy medians give", () => {
  const random = createRandom(1);
  // A second median from the same distribution is off by sqrt(2) of the first one's error: erf(1.96 / 2) = 83.4 %.
  const pairs = Array.from({ length: 2000 }, () => {
    const first = 100 + random.normal();
    return {
      first: { medianMs: first, intervalMs: [first - 1.96, first + 1.96] as const },
      second: { medianMs: 100 + random.normal() },
    };
  });
  expect(repeatability(pairs).coverage).toBeCloseTo(0.834, 1);
});

test("random networks differ, and each purpose has its own, always the same", () => {
  const keys = randomArchitectures(40, "repeat").map(architectureKey);
  expect(new Set(keys).size).toBe(40);
  expect(randomArchitectures(40, "repeat").map(architectureKey)).toEqual(keys);
  expect(randomArchitectures(40, "compile").map(architectureKey)).not.toEqual(keys);
});

test("MnasNet-A1 has 16 layers in its blocks, a stem and a head", () => {
  expect(layersOf(presets["mnasnet-a1"])).toBe(18);
});
