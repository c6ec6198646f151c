import { appendRow, createFactor, solveForward } from "../math/cholesky";
import {
  chooseKernel,
  covariances,
  covariancesOfLast,
  type Kernel,
  kernelOf,
  type Regression,
  regress,
} from "./gaussianProcess";
import { createMatches, type Matches } from "./matches";

/** A prediction, normally distributed. */
export interface Normal {
  mean: number;
  deviation: number;
}

/** What is asked for or known: a vector, and whether it stays without a value (it was timed, but not trained). */
export interface Row {
  vector: readonly number[];
  valueless: boolean;
}

/** What the values so far say of any vector, given by its matches with the rows. */
export interface Prediction {
  mean(matches: Uint8Array): number;
  /** Its deviation is as if only the nearest row were known: an upper bound, at a fraction of the cost. */
  rough(matches: Uint8Array): Normal;
  exact(matches: Uint8Array): Normal;
  /** The value of a row, freed from its noise as far as the other rows tell. */
  smooth(index: number): number | undefined;
}

/** The model of one quantity over rows that mostly grow at the end. */
export interface Quantity {
  /** Only the first so many rows are still what they were. */
  truncate(count: number): void;
  /** @param values of the first rows, undefined for the valueless; later rows wait for theirs. */
  predict(rows: readonly Row[], matches: Matches, values: readonly (number | undefined)[]): Prediction;
}

/** Kernels are chosen anew whenever the values have doubled, from no more than the last so many. */
const LARGEST_FIT = 96;
export const FIRST_FIT = 8;
/** Variance of a missing value, over the amplitude. */
const MISSING = 1e9;

export function createQuantity(decisions: number): Quantity {
  const factor = createFactor();
  let kernel = kernelOf(decisions, 1.5, 0.15);
  let chosenFrom = 0;

  function chooseAnew(rows: readonly Row[], values: readonly (number | undefined)[], end: number): Kernel {
    const chosen = createMatches(decisions);
    const triangle: Uint8Array[] = [];
    const present: number[] = [];
    for (let i = Math.max(0, end - LARGEST_FIT); i < end; i++) {
      const value = values[i];
      const row = rows[i];
      if (value === undefined || !row) continue;
      chosen.push(row.vector);
      triangle.push(chosen.of(row.vector));
      present.push(value);
    }
    return chooseKernel(decisions, triangle, present);
  }

  return {
    truncate(count) {
      factor.rows = Math.min(factor.rows, count);
      if (count === 0) chosenFrom = 0;
    },
    predict(rows, matches, values) {
      let due = FIRST_FIT;
      while (due * 2 <= values.length) due *= 2;
      if (chosenFrom !== due) {
        kernel = chooseAnew(rows, values, due);
        chosenFrom = due;
        factor.rows = 0;
      }
      for (let i = factor.rows; i < rows.length; i++) {
        const { vector, valueless } = rows[i] as Row;
        const row = covariancesOfLast(kernel, matches.of(vector).subarray(0, i + 1));
        if (valueless && values[i] === undefined) row[i] = MISSING;
        appendRow(factor, row);
      }
      return predictionOf(kernel, regress(factor, values), values);
    },
  };

  function predictionOf(
    { byMatches, noise }: Kernel,
    { centre, amplitude, weights }: Regression,
    values: readonly (number | undefined)[],
  ): Prediction {
    const prior = byMatches[decisions] as number;

    function mean(matches: Uint8Array): number {
      let sum = centre;
      for (let i = 0; i < weights.length; i++)
        sum += (weights[i] as number) * (byMatches[matches[i] as number] as number);
      return sum;
    }
    const deviation = (explained: number) => Math.sqrt(amplitude * Math.max(0, prior - explained));

    return {
      mean,
      rough(matches) {
        let most = 0;
        for (let i = 0; i < matches.length; i++) most = Math.max(most, matches[i] as number);
        const nearest = byMatches[most] as number;
        return { mean: mean(matches), deviation: deviation((nearest * nearest) / (prior + noise)) };
      },
      exact(matches) {
        const row = covariances({ byMatches }, matches);
        return { mean: mean(matches), deviation: deviation(solveForward(factor, row, row.length)) };
      },
      smooth(index) {
        const value = values[index];
        return value === undefined ? undefined : value - noise * (weights[index] as number);
      },
    };
  }
}
