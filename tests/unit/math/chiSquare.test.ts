import { describe, expect, test } from "vitest";
import { chiSquareQuantile, createRandom, deviationInterval } from "../../../src/core";

describe("quantiles of chi-square", () => {
  // The upper-tail table of any textbook, NIST/SEMATECH e-Handbook 1.3.6.7.4.
  test.each([
    [1, 0.025, 0.001],
    [1, 0.95, 3.841],
    [1, 0.975, 5.024],
    [2, 0.025, 0.051],
    [2, 0.95, 5.991],
    [5, 0.975, 12.833],
    [6, 0.025, 1.237],
    [6, 0.975, 14.449],
    [13, 0.95, 22.362],
    [30, 0.025, 16.791],
    [100, 0.975, 129.561],
  ])("%i degrees, p = %d", (degrees, p, listed) => {
    expect(chiSquareQuantile(p, degrees)).toBeCloseTo(listed, 3);
  });

  test("of two degrees are those of an exponential", () => {
    for (const p of [0.001, 0.3, 0.9, 0.9999]) expect(chiSquareQuantile(p, 2)).toBeCloseTo(-2 * Math.log(1 - p), 9);
  });
});

test.each([1, 2, 6])("the interval of a deviation covers it in 95 of 100 estimates with %i degrees", (degrees) => {
  const random = createRandom(degrees);
  const runs = 4000;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const squares = Array.from({ length: degrees }, () => random.normal() ** 2).reduce((sum, value) => sum + value, 0);
    const [low, high] = deviationInterval(0.02 * Math.sqrt(squares / degrees), degrees);
    if (low <= 0.02 && 0.02 <= high) covered++;
  }
  expect(covered / runs).toBeGreaterThan(0.938);
  expect(covered / runs).toBeLessThan(0.962);
});
