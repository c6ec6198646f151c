import { mean, spaces } from "../../src/core";
import { yardstickDecisions } from "./architectures";

/** How alike each pair of architectures is: a symmetric matrix, positive semidefinite. */
export type Kernel = (architectures: readonly number[]) => number[][];

/** Share of the decisions that two architectures have in common: a linear model over one-hot decisions. */
export function oneHotKernel(architectures: readonly number[]): number[][] {
  const decisions = spaces["factorized-browser"].decisions.length;
  const vectors = architectures.map(yardstickDecisions);
  return vectors.map((a) => vectors.map((b) => a.filter((choice, i) => choice === b[i]).length / decisions));
}

export function productKernel(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((a) => rows.map((b) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0) / a.length));
}

/** The noise of a score in units of what the model explains; not tuned. */
const RIDGE = 1;

/**
 * What kernel ridge regression says of each value from all others: y_i - a_i / (C^-1)_ii with C = K + ridge I and
 * a = C^-1 y (the closed form of leaving each one out). The values have mean 0.
 */
export function leaveOneOut(kernel: readonly (readonly number[])[], values: readonly number[]): number[] {
  const inverse = inverted(kernel.map((row, i) => row.map((value, j) => value + (i === j ? RIDGE : 0))));
  return values.map((value, i) => {
    const row = inverse[i] as number[];
    const weight = row.reduce((sum, factor, j) => sum + factor * (values[j] as number), 0);
    return value - weight / (row[i] as number);
  });
}

/** Mean 0, deviation 1. */
export function standardised(values: readonly number[]): number[] {
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2))) || 1;
  return values.map((value) => (value - centre) / deviation);
}

/** By Gauss and Jordan; the matrix is positive definite, so that no pivot is 0. */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot++) {
    const line = rows[pivot] as number[];
    const factor = line[pivot] as number;
    for (let j = 0; j < 2 * size; j++) line[j] = (line[j] as number) / factor;
    rows.forEach((row, i) => {
      if (i === pivot) return;
      const share = row[pivot] as number;
      for (let j = 0; j < 2 * size; j++) row[j] = (row[j] as number) - share * (line[j] as number);
    });
  }
  return rows.map((row) => row.slice(size));
}
