import { exp } from "./elementary";

const SQRT_2PI = 2.5066282746310002;

/** Density of the standard normal distribution. */
function normalDensity(z: number): number {
  return exp((-z * z) / 2) / SQRT_2PI;
}

/** Probability that a standard normal number is at most z, within 1e-14 of it: Taylor's series, or beyond 5 a continued fraction. */
export function normalProbability(z: number): number {
  if (z > 5) return 1 - normalDensity(z) * tailRatio(z);
  if (z < -5) return normalDensity(z) * tailRatio(-z);
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + sum * normalDensity(z);
}

/**
 * Mean of what a normal number exceeds a threshold by, where it exceeds it; 0 elsewhere. With a reward's prediction and the
 * best reward so far this is the expected improvement.
 */
export function expectedExcess(mean: number, deviation: number, threshold: number): number {
  if (!(deviation > 0)) return Math.max(0, mean - threshold);
  const z = (mean - threshold) / deviation;
  return Math.max(0, deviation * (z * normalProbability(z) + normalDensity(z)));
}

/** (1 - probability) / density at z > 0: Laplace's continued fraction. */
function tailRatio(z: number): number {
  let fraction = z;
  for (let k = 40; k > 0; k--) fraction = z + k / fraction;
  return 1 / fraction;
}
