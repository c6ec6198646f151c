import { appendRow, createFactor, type Factor, logDeterminant, solveBackward, solveForward } from "../math/cholesky";
import { exp, log } from "../math/elementary";
import { mean } from "../math/statistics";

/**
 * Gaussian process regression (Rasmussen and Williams, Algorithm 2.1) over vectors of choices, with the exponential kernel
 * of their Hamming distance: exp(-reach x share of decisions that differ). In powers of the distance that is a sum over
 * decisions, over pairs of them, and so on; a small reach weighs the sums over single decisions most.
 */
export interface Kernel {
  /** Covariance, over the amplitude, of vectors by the number of decisions they share. */
  byMatches: Float64Array;
  /** Variance of the noise over the amplitude. */
  noise: number;
}

const REACHES = [0.25, 0.7, 1.5, 3, 6];
/** Of the variance between vectors that differ in six of ten decisions, as random ones of two or three choices do. */
const NOISES = [1e-4, 3e-3, 0.03, 0.15, 0.6];
const TYPICAL_DISTANCE = 0.6;

/** @param noise over the variance between typical vectors. */
export function kernelOf(decisions: number, reach: number, noise: number): Kernel {
  const byMatches = Float64Array.from({ length: decisions + 1 }, (_, m) => exp(-reach * (1 - m / decisions)));
  return { byMatches, noise: noise * (1 - exp(-reach * TYPICAL_DISTANCE)) };
}

/**
 * The kernel of largest marginal likelihood on a grid, with amplitude and mean as the values have them.
 *
 * @param matches of each vector with the earlier ones and itself.
 */
export function chooseKernel(decisions: number, matches: readonly Uint8Array[], values: readonly number[]): Kernel {
  let best = kernelOf(decisions, 1.5, 0.15);
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const reach of REACHES) {
    for (const noise of NOISES) {
      const kernel = kernelOf(decisions, reach, noise);
      const factor = createFactor();
      for (const row of matches) appendRow(factor, covariancesOfLast(kernel, row));
      const { amplitude } = regress(factor, values);
      const score = -values.length * log(amplitude) - logDeterminant(factor);
      if (score > bestScore) [best, bestScore] = [kernel, score];
    }
  }
  return best;
}

/** A vector's covariances with those that it has these matches with. */
export function covariances({ byMatches }: Pick<Kernel, "byMatches">, matches: Uint8Array): Float64Array {
  const row = new Float64Array(matches.length);
  for (let i = 0; i < row.length; i++) row[i] = byMatches[matches[i] as number] as number;
  return row;
}

/** The same of a list's last vector: with itself it has its variance, noise included. */
export function covariancesOfLast(kernel: Kernel, matches: Uint8Array): Float64Array {
  const row = covariances(kernel, matches);
  row[row.length - 1] = (row[row.length - 1] as number) + kernel.noise;
  return row;
}

export interface Regression {
  /** Prior mean. */
  centre: number;
  /** Variance of the prior. */
  amplitude: number;
  /** A prediction is the centre plus the covariances' product with these. */
  weights: Float64Array;
}

/**
 * Values of the factor's first vectors, explained: the prior's mean is their weighted mean, its amplitude the likeliest.
 * Where a value is undefined the factor must know its variance as huge.
 */
export function regress(factor: Factor, values: readonly (number | undefined)[]): Regression {
  const present = values.filter((value) => value !== undefined);
  const n = values.length;
  const shift = mean(present);
  const ones = new Float64Array(n).fill(1);
  const whitened = Float64Array.from(values, (value) => (value ?? shift) - shift);
  const norm = solveForward(factor, ones, n);
  solveForward(factor, whitened, n);
  const centre = whitened.reduce((sum, value, i) => sum + value * (ones[i] as number), 0) / norm;
  const residual = whitened.map((value, i) => value - centre * (ones[i] as number));
  const amplitude = residual.reduce((sum, value) => sum + value * value, 0) / present.length;
  solveBackward(factor, residual, n);
  return { centre: shift + centre, amplitude: Math.max(amplitude, SMALLEST_AMPLITUDE), weights: residual };
}

const SMALLEST_AMPLITUDE = 1e-12;
