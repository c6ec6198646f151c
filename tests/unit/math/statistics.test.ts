import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createRandom,
  jointDeviations,
  mean,
  median,
  medianInterval,
  proportionInterval,
  quantile,
  rankCorrelation,
  squaredDeviations,
} from "../../../src/core";

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("median and quantile", () => {
  test("known values, input left as it was", () => {
    const values = [9, 1, 5];
    expect(median(values)).toBe(5);
    expect(values).toEqual([9, 1, 5]);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([3, 1, 2, 5, 4, 6, 7, 8, 10, 9], 0.9)).toBeCloseTo(9.1, 12); // numpy.quantile
    expect(quantile([15, 20, 35, 40, 50], 0.4)).toBeCloseTo(29, 12);
    expect(median([])).toBeNaN();
    expect(mean([1, 2, 6])).toBe(3);
  });

  test("sums of squares and of products around the means, against the pairs' own differences", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pairs, (points) => {
        // Lagrange's identity: the sum over all pairs of points of the products of their differences, by their number.
        const joint = points.flatMap(([x, y], i) => points.slice(0, i).map(([u, v]) => (x - u) * (y - v)));
        const expected = joint.reduce((sum, product) => sum + product, 0) / (points.length || 1);
        const [x, y] = [points.map(([one]) => one), points.map(([, other]) => other)];
        expect(jointDeviations(x, y)).toBeCloseTo(expected, 6);
        expect(squaredDeviations(x)).toBe(jointDeviations(x, x));
      }),
    );
    expect(squaredDeviations([2, 4, 4, 4, 5, 5, 7, 9])).toBe(32);
    expect(squaredDeviations([])).toBe(0);
  });

  test("a median has as many values on either side", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 60 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  test("a quantile lies between the two values around its place", () => {
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p) => {
          const cut = quantile(values, p);
          const place = p * (values.length - 1);
          // At least floor(place) + 1 values reach down to the cut, and as many as are left reach up to it.
          expect(values.filter((value) => value <= cut).length).toBeGreaterThanOrEqual(Math.floor(place) + 1);
          expect(values.filter((value) => value >= cut).length).toBeGreaterThanOrEqual(
            values.length - Math.ceil(place),
          );
        },
      ),
    );
  });
});

describe("medianInterval", () => {
  test("covers the true median in 95 % of samples, a little more where ranks are coarse", () => {
    const random = createRandom(1);
    for (const n of [6, 10, 21, 50]) {
      const runs = 4000;
      let covered = 0;
      for (let run = 0; run < runs; run++) {
        const [low, high] = medianInterval(Array.from({ length: n }, () => random.uniform() ** 3));
        if (low <= 0.125 && 0.125 <= high) covered++;
      }
      expect(covered / runs).toBeGreaterThan(0.94);
      expect(covered / runs).toBeLessThan(0.99);
    }
  });

  test("few values give the whole range, none gives NaN", () => {
    expect(medianInterval([3, 1, 2])).toEqual([1, 3]);
    expect(medianInterval([7])).toEqual([7, 7]);
    expect(medianInterval([])).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("proportionInterval", () => {
  test("solves Wilson's equation: the ends lie z standard errors of their own from the share", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, share) => {
        const correct = Math.round(share * total);
        const p = correct / total;
        const [low, high] = proportionInterval(correct, total);
        expect(low).toBeLessThanOrEqual(p + 1e-12);
        expect(high).toBeGreaterThanOrEqual(p - 1e-12);
        for (const end of [low, high]) {
          expect((p - end) ** 2).toBeCloseTo((1.96 ** 2 * end * (1 - end)) / total, 10);
        }
      }),
    );
  });

  test("Wilson's published example: 0 of 10 reaches up to 27.8 %", () => {
    const [low, high] = proportionInterval(0, 10);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(0.2775, 4);
    expect(proportionInterval(0, 0)).toEqual([0, 1]);
  });
});

describe("rankCorrelation", () => {
  test("known values", () => {
    expect(rankCorrelation([1, 2, 3, 4], [10, 100, 1000, 10000])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12);
    expect(rankCorrelation([1, 2], [1, 2])).toBeNaN();
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNaN();
  });

  test("without ties it is 1 - 6 sum(d^2) / (n (n^2 - 1)), whatever the order", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 3, max: 40 }), (seed, n) => {
        const random = createRandom(seed);
        const x = random.shuffle(Array.from({ length: n }, (_, i) => i));
        const y = random.shuffle(Array.from({ length: n }, (_, i) => i));
        const squares = x.reduce((sum, rank, i) => sum + (rank - (y[i] as number)) ** 2, 0);
        const cubed = y.map((value) => value ** 3 - 7);
        expect(rankCorrelation(x, cubed)).toBeCloseTo(1 - (6 * squares) / (n * (n * n - 1)), 10);
      }),
    );
  });

  test("ties share their mean rank", () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: Pearson's correlation is 4.5 / sqrt(4.5 x 5).
    expect(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
  });
});
