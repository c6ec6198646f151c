import { expect, test } from "vitest";
import { estimateMean, tReach } from "../../../src/core";
import { insideShare } from "./studentDensity";

test("the reach holds 95 % of Student's distribution, and hardly more between the table's entries", () => {
  for (const degrees of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 60, 120]) {
    expect(insideShare(degrees, tReach(degrees))).toBeCloseTo(0.95, 4);
  }
  for (const degrees of [1.5, 2.4, 3.9, 11, 14, 19.9, 29, 45, 100, 1000]) {
    const share = insideShare(degrees, tReach(degrees));
    expect(share).toBeGreaterThanOrEqual(0.95);
    expect(share).toBeLessThan(degrees < 2 ? 0.965 : 0.9525);
  }
  expect(tReach(Number.POSITIVE_INFINITY)).toBeCloseTo(1.96, 3);
  expect(tReach(0.5)).toBe(Number.POSITIVE_INFINITY);
});

test("a mean, its standard error and its interval, worked out by hand", () => {
  const { mean, standardError, interval } = estimateMean([0.5, 0.6, 0.7]);
  expect(mean).toBeCloseTo(0.6, 12);
  expect(standardError).toBeCloseTo(0.1 / Math.sqrt(3), 12);
  expect(interval?.[0]).toBeCloseTo(0.6 - (4.3027 * 0.1) / Math.sqrt(3), 6);
  expect(interval?.[1]).toBeCloseTo(0.6 + (4.3027 * 0.1) / Math.sqrt(3), 6);
});

test("one value has no spread, none has no mean", () => {
  expect(estimateMean([0.25])).toEqual({ mean: 0.25 });
  expect(estimateMean([]).mean).toBeNaN();
});
