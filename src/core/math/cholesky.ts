import { log } from "./elementary";

/**
 * The lower triangular factor of a covariance matrix that grows row by row (Cholesky-Banachiewicz): the factor of the
 * first n rows is a part of the factor of all.
 */
export interface Factor {
  rows: number;
  /** Row i starts at i (i + 1) / 2. */
  values: Float64Array;
}

export function createFactor(): Factor {
  return { rows: 0, values: new Float64Array(0) };
}

/** @param covariances with every earlier row, then the variance; a matrix that is not positive definite is mended. */
export function appendRow(factor: Factor, covariances: Float64Array): void {
  const n = factor.rows;
  const start = (n * (n + 1)) / 2;
  if (start + n + 1 > factor.values.length) {
    const grown = new Float64Array(2 * (start + n + 1));
    grown.set(factor.values);
    factor.values = grown;
  }
  const row = factor.values.subarray(start, start + n + 1);
  row.set(covariances.subarray(0, n + 1));
  let rest = (row[n] as number) - solveForward(factor, row, n);
  if (!(rest > SMALLEST_PIVOT)) rest = SMALLEST_PIVOT;
  row[n] = Math.sqrt(rest);
  factor.rows = n + 1;
}

const SMALLEST_PIVOT = 1e-10;

/** Solves L v = b with the first `rows` rows, in place; returns the sum of squares of v. */
export function solveForward({ values }: Factor, b: Float64Array, rows: number): number {
  let squares = 0;
  for (let i = 0, start = 0; i < rows; start += ++i) {
    const solved = ((b[i] as number) - dot(values, start, b, i)) / (values[start + i] as number);
    b[i] = solved;
    squares += solved * solved;
  }
  return squares;
}

/** Four sums side by side: one would wait for itself at every addition. */
function dot(values: Float64Array, start: number, b: Float64Array, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < count; j += 4) {
    s0 += (values[start + j] as number) * (b[j] as number);
    s1 += (values[start + j + 1] as number) * (b[j + 1] as number);
    s2 += (values[start + j + 2] as number) * (b[j + 2] as number);
    s3 += (values[start + j + 3] as number) * (b[j + 3] as number);
  }
  for (; j < count; j++) s0 += (values[start + j] as number) * (b[j] as number);
  return s0 + s1 + (s2 + s3);
}

/** Solves L' v = b with the first `rows` rows, in place. */
export function solveBackward({ values }: Factor, b: Float64Array, rows: number): void {
  for (let i = rows - 1; i >= 0; i--) {
    const start = (i * (i + 1)) / 2;
    const solved = (b[i] as number) / (values[start + i] as number);
    b[i] = solved;
    for (let j = 0; j < i; j++) b[j] = (b[j] as number) - solved * (values[start + j] as number);
  }
}

/** Logarithm of the matrix's determinant. */
export function logDeterminant({ rows, values }: Factor): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += 2 * log(values[(i * (i + 1)) / 2 + i] as number);
  return sum;
}
