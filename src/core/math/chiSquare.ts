import { exp, log } from "./elementary";

/** Value that a chi-square variable of so many degrees of freedom (a whole number from 1) stays below with probability p. */
export function chiSquareQuantile(p: number, degrees: number): number {
  let low = 0;
  let high = degrees;
  while (chiSquareCumulative(high, degrees) < p) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (chiSquareCumulative(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * 95 % interval of the standard deviation of normal noise, of which `deviation` is an estimate with so many degrees of
 * freedom. From few it is wide: with 6 it reaches from 0.64 to 2.2 times the estimate.
 */
export function deviationInterval(deviation: number, degrees: number): [low: number, high: number] {
  const bound = (p: number) => deviation * Math.sqrt(degrees / chiSquareQuantile(p, degrees));
  return [bound(0.975), bound(0.025)];
}

/** Series of the regularized lower incomplete gamma function, a = degrees / 2, at x / 2. */
function chiSquareCumulative(x: number, degrees: number): number {
  const [a, y] = [degrees / 2, x / 2];
  if (y <= 0) return 0;
  let term = exp(a * log(y) - y - logGammaAfter(a));
  let sum = term;
  for (let n = 1; term > sum * 1e-16; n++) {
    term *= y / (a + n);
    sum += term;
  }
  return sum;
}

/** ln Gamma(a + 1) for a multiple of 1/2. */
function logGammaAfter(a: number): number {
  let value = Number.isInteger(a) ? 0 : log(Math.PI) / 2; // Gamma(1), Gamma(1/2)
  for (let factor = Number.isInteger(a) ? 1 : 0.5; factor <= a; factor++) value += log(factor);
  return value;
}
