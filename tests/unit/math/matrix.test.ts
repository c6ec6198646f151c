import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../../src/core";
import { multiplyAdd, transpose } from "../../../src/core/math/matrix";

const side = fc.integer({ min: 1, max: 11 });

/** Small whole numbers: products and sums are exact, so that equality can be. */
function randomMatrix(size: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: size }, () => random.integer(41) - 20);
}

test("multiplyAdd is the textbook sum for every shape", () => {
  fc.assert(
    fc.property(side, side, side, fc.integer(), (m, n, k, seed) => {
      const a = randomMatrix(m * k, seed);
      const b = randomMatrix(n * k, seed + 1);
      const c = randomMatrix(m * n, seed + 2);
      const expected = Array.from(c, (start, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        let sum = start;
        for (let p = 0; p < k; p++) sum += (a[i * k + p] as number) * (b[j * k + p] as number);
        return sum;
      });
      multiplyAdd(c, a, b, m, n, k);
      expect(Array.from(c)).toEqual(expected);
    }),
  );
});

test("a row's result has the same bits whatever rows stand beside it", () => {
  const random = createRandom(1);
  const [m, n, k] = [7, 5, 13];
  const a = Float64Array.from({ length: m * k }, () => random.normal());
  const b = Float64Array.from({ length: n * k }, () => random.normal());
  const together = new Float64Array(m * n);
  multiplyAdd(together, a, b, m, n, k);
  for (let i = 0; i < m; i++) {
    const alone = new Float64Array(n);
    multiplyAdd(alone, a.subarray(i * k, (i + 1) * k), b, 1, n, k);
    expect(alone).toEqual(together.slice(i * n, (i + 1) * n));
  }
});

test("transpose swaps rows and columns", () => {
  expect(Array.from(transpose(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3))).toEqual([1, 4, 2, 5, 3, 6]);
});
