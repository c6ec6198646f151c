import { expect, test } from "vitest";
import { createRandom } from "../../../src/core";
import { chooseKernel, kernelOf } from "../../../src/core/controller/gaussianProcess";
import { createMatches } from "../../../src/core/controller/matches";
import { createQuantity } from "../../../src/core/controller/quantity";
import { appendRow, createFactor, logDeterminant, solveBackward, solveForward } from "../../../src/core/math/cholesky";
import { expectedExcess, normalProbability } from "../../../src/core/math/normal";

/** Gauss-Jordan with partial pivoting, independent of any factor; the determinant beside the solution. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): { x: number[]; determinant: number } {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  let determinant = 1;
  rows.forEach((_, column) => {
    let pivot = column;
    for (let r = column; r < rows.length; r++) {
      if (Math.abs(rows[r]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = r;
    }
    if (pivot !== column) determinant = -determinant;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    const lead = rows[column] as number[];
    const head = lead[column] as number;
    determinant *= head;
    for (let i = 0; i < lead.length; i++) lead[i] = (lead[i] as number) / head;
    rows.forEach((row, r) => {
      const factor = row[column] as number;
      if (r !== column) for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) - factor * (lead[i] as number);
    });
  });
  return { x: rows.map((row) => row.at(-1) as number), determinant };
}

const random = createRandom(3);
const D = 6;
const vectors = Array.from({ length: 20 }, () => Array.from({ length: D }, () => random.integer(3)));
const values = vectors.map(
  (vector) => 0.5 + 0.1 * (vector[0] as number) - 0.05 * (vector[1] as number) + 0.01 * random.normal(),
);
const share = (a: readonly number[], b: readonly number[]) => a.filter((choice, i) => choice === b[i]).length;

test("a factor that grows row by row solves what elimination solves", () => {
  const kernel = kernelOf(D, 2, 0.1);
  const matrix = vectors.map((a, i) =>
    vectors.map((b, j) => Math.exp(-2 * (1 - share(a, b) / D)) + (i === j ? kernel.noise : 0)),
  );
  const factor = createFactor();
  for (const [i, row] of matrix.entries()) appendRow(factor, Float64Array.from(row.slice(0, i + 1)));
  const truth = solve(matrix, values);
  const b = Float64Array.from(values);
  const squares = solveForward(factor, b, values.length);
  expect(squares).toBeCloseTo(
    truth.x.reduce((sum, x, i) => sum + x * (values[i] as number), 0),
    9,
  );
  solveBackward(factor, b, values.length);
  for (const [i, x] of b.entries()) expect(x).toBeCloseTo(truth.x[i] as number, 9);
  expect(logDeterminant(factor)).toBeCloseTo(Math.log(truth.determinant), 9);
});

test("predictions are those of the textbook's formulas", () => {
  const matches = createMatches(D);
  const quantity = createQuantity(D);
  for (const vector of vectors) matches.push(vector);
  const told = values.slice(0, 16); // the last four wait for their values
  const prediction = quantity.predict(
    vectors.map((vector) => ({ vector, valueless: false })),
    matches,
    told,
  );

  // The kernel that it chose from the first 16, and then plain linear algebra.
  const triangle = vectors.slice(0, 16).map((a, i) => Uint8Array.from(vectors.slice(0, i + 1), (b) => share(a, b)));
  const { byMatches, noise } = chooseKernel(D, triangle, told);
  const k = (a: readonly number[], b: readonly number[]) => byMatches[share(a, b)] as number;
  const gram = (set: readonly number[][]) => set.map((a, i) => set.map((b, j) => k(a, b) + (i === j ? noise : 0)));
  const known = vectors.slice(0, 16);
  const ones = solve(
    gram(known),
    known.map(() => 1),
  ).x;
  const centre = ones.reduce((sum, w, i) => sum + w * (told[i] as number), 0) / ones.reduce((sum, w) => sum + w, 0);
  const weights = solve(
    gram(known),
    told.map((value) => value - centre),
  ).x;
  const amplitude = weights.reduce((sum, w, i) => sum + w * ((told[i] as number) - centre), 0) / 16;

  for (let n = 0; n < 10; n++) {
    const x = Array.from({ length: D }, () => random.integer(3));
    const { mean, deviation } = prediction.exact(matches.of(x));
    const toKnown = known.map((v) => k(x, v));
    const toAll = vectors.map((v) => k(x, v));
    const explained = solve(gram(vectors), toAll).x.reduce((sum, w, i) => sum + w * (toAll[i] as number), 0);
    expect(mean).toBeCloseTo(centre + toKnown.reduce((sum, c, i) => sum + c * (weights[i] as number), 0), 8);
    expect(deviation).toBeCloseTo(Math.sqrt(amplitude * Math.max(0, 1 - explained)), 8);
    expect(prediction.rough(matches.of(x)).deviation).toBeGreaterThanOrEqual(deviation - 1e-12);
  }
});

test("a row without a value changes no prediction", () => {
  const predictionOf = (withOdd: boolean) => {
    const rows = vectors.slice(0, 12).map((vector) => ({ vector, valueless: false }));
    const known: (number | undefined)[] = values.slice(0, 12);
    if (withOdd) {
      rows.push({ vector: vectors[15] as number[], valueless: true });
      known.push(undefined);
    }
    const matches = createMatches(D);
    for (const { vector } of rows) matches.push(vector);
    return createQuantity(D)
      .predict(rows, matches, known)
      .exact(matches.of(vectors[15] as number[]));
  };
  expect(predictionOf(true).mean).toBeCloseTo(predictionOf(false).mean, 6);
  expect(predictionOf(true).deviation).toBeCloseTo(predictionOf(false).deviation, 6);
});

test("matches of a neighbour and after a cut are those counted afresh", () => {
  const matches = createMatches(D);
  for (let i = 0; i < 5; i++) for (const vector of vectors) matches.push(vector); // beyond the first capacity
  matches.truncate(70);
  matches.push([0, 0, 0, 0, 0, 0]);
  const list = [...Array(5).fill(vectors).flat().slice(0, 70), [0, 0, 0, 0, 0, 0]] as number[][];
  const [a, b] = vectors as [number[], number[]];
  const expected = Uint8Array.from(list, (vector) => share(vector, b));
  expect(matches.of(b)).toEqual(expected);
  expect(matches.near(b, a, matches.of(a))).toEqual(expected);
});

test("the normal distribution has its published values, and the excess that of numerical integration", () => {
  for (const [z, p] of [
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.959963984540054, 0.025],
    [-3, 0.00134989803163009],
    [-6, 9.86587645037698e-10],
    [5.5, 0.999999981010437],
  ] as const) {
    expect(normalProbability(z) / p).toBeCloseTo(1, 10);
  }
  for (const threshold of [-2, 0.3, 2.5]) {
    let integral = 0;
    for (let z = -10; z < 10; z += 1e-3) {
      const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
      integral += 1e-3 * density * Math.max(0, 0.1 + 0.7 * z - threshold);
    }
    expect(expectedExcess(0.1, 0.7, threshold)).toBeCloseTo(integral, 6);
  }
  expect(expectedExcess(2, 0, 1.5)).toBe(0.5);
});
