import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cos, createRandom, exp, log, power, sigmoid, sin, tanh } from "../../../src/core";

type Function1 = (x: number) => number;

/** `count` numbers spread evenly over a range, plus the ends. */
function grid(low: number, high: number, count = 20_000): number[] {
  const random = createRandom(1);
  return [low, high, ...Array.from({ length: count }, (_, i) => low + ((high - low) * (i + random.uniform())) / count)];
}

/** Numbers of all magnitudes from 1e`low` to 1e`high`, both signs where wanted. */
function magnitudes(low: number, high: number, signs: readonly number[]): number[] {
  return grid(low, high, 5000).flatMap((exponent) => signs.map((sign) => sign * 10 ** exponent));
}

function worstRelativeError(actual: Function1, truth: Function1, at: readonly number[]): number {
  return at.reduce((worst, x) => {
    const expected = truth(x);
    const error = Math.abs(actual(x) - expected) / (Math.abs(expected) || 1);
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }, 0);
}

/** The promise of the file, and a few units in the last place for `Math` itself. */
const BOUND = 1e-15;

describe("against Math", () => {
  test.each<[string, Function1, Function1, number[]]>([
    ["exp, wide", exp, Math.exp, grid(-708, 709.78)],
    ["exp, near 0", exp, Math.exp, [...grid(-1, 1), ...magnitudes(-300, 0, [1, -1])]],
    ["log, all magnitudes", log, Math.log, magnitudes(-307, 308, [1])],
    ["log, near 1", log, Math.log, grid(0.5, 2)],
    ["tanh, wide", tanh, Math.tanh, grid(-40, 40)],
    ["tanh, near 0", tanh, Math.tanh, [...grid(-0.6, 0.6), ...magnitudes(-300, 0, [1, -1])]],
    ["sigmoid", sigmoid, (x) => 1 / (1 + Math.exp(-x)), grid(-700, 700)],
  ])("%s", (_, actual, truth, at) => {
    expect(worstRelativeError(actual, truth, at)).toBeLessThan(BOUND);
  });

  test("sin and cos, as absolute errors", () => {
    for (const x of [...grid(-10_000, 10_000), ...grid(-7, 7)]) {
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(BOUND);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(BOUND);
    }
  });

  test("power, over the exponents of the objective", () => {
    for (const y of [-2, -1, -0.07, 0, 0.5, 3]) {
      expect(
        worstRelativeError(
          (x) => power(x, y),
          (x) => x ** y,
          magnitudes(-4, 4, [1]),
        ),
      ).toBeLessThan(2e-14);
    }
  });
});

test("subnormal results and arguments", () => {
  const smallest = Number.MIN_VALUE;
  for (const x of [-709, -720.5, -740, -745.1]) expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThanOrEqual(smallest);
  for (const x of [smallest, 3 * smallest, 1e-310, 2.2250738585072014e-308]) {
    expect(Math.abs(log(x) / Math.log(x) - 1)).toBeLessThan(BOUND);
  }
});

test("ends and exceptions are those of Math", () => {
  const special = [0, -0, 710, -746, 1e300, -1e300, Number.MAX_VALUE, Infinity, -Infinity, Number.NaN];
  for (const x of special) {
    expect([exp(x), tanh(x)]).toEqual([Math.exp(x), Math.tanh(x)]);
  }
  for (const x of [0, -0, 1, Infinity, -1, -Infinity, Number.NaN]) expect(log(x)).toBe(Math.log(x));
  expect(log(Number.MAX_VALUE)).toBeCloseTo(Math.log(Number.MAX_VALUE), 12);
  expect([sigmoid(-1000), sigmoid(0), sigmoid(1000), sigmoid(Number.NaN)]).toEqual([0, 0.5, 1, Number.NaN]);
});

test("tanh is odd to the last bit", () => {
  for (const x of [-0.5100269381652869, ...grid(-25, 25)]) expect(tanh(-x)).toBe(-tanh(x));
});

test("identities hold: log undoes exp, tanh is odd, sin^2 + cos^2 = 1", () => {
  fc.assert(
    fc.property(fc.double({ min: -600, max: 600, noNaN: true }), (x) => {
      expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(x)));
      expect(tanh(-x)).toBe(-tanh(x));
      expect(sin(x) ** 2 + cos(x) ** 2).toBeCloseTo(1, 14);
    }),
  );
});
