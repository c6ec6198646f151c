/**
 * Elementary functions from additions, multiplications, divisions and the bits of a number only. IEEE 754 fixes those to
 * the last bit, but not `Math.exp` and its like, which differ between JavaScript engines: a search and a data set made
 * with these are the same on every device. Relative error of exp, log, tanh and sigmoid is below 1e-15; sin and cos are
 * within 1e-15 for |x| up to 10,000; that of power grows with |y ln x|. The tests compare with `Math`.
 */

const LN2_HIGH = 0.6931471803691238; // ln 2 with its low bits cleared, so that k * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;
const TWO_TO_54 = 18014398509481984;

/** e^x. Overflows to Infinity, underflows to 0. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW; // |r| <= ln(2) / 2
  const value = expNearZero(r);
  // Two factors: 2^k alone leaves the range of normal numbers at both ends.
  const half = k >> 1;
  return value * powerOfTwo(half) * powerOfTwo(k - half);
}

/** Natural logarithm. -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const subnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, subnormal ? x * TWO_TO_54 : x);
  const high = bits.getInt32(0);
  let exponent = (high >>> 20) - 1023 - (subnormal ? 54 : 0);
  bits.setInt32(0, (high & 0xfffff) | (1023 << 20));
  let mantissa = bits.getFloat64(0); // x = mantissa * 2^exponent, mantissa in [1, 2)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  // ln m = 2 artanh((m - 1) / (m + 1))
  const s = (mantissa - 1) / (mantissa + 1);
  return exponent * LN2_HIGH + (2 * s * polynomial(ARTANH, s * s) + exponent * LN2_LOW);
}

/** Hyperbolic tangent; odd to the last bit. */
export function tanh(x: number): number {
  if (x > -0.5 && x < 0.5) return tanhNearZero(x); // 1 - e^-2x would cancel
  if (x < 0) return -tanh(-x);
  if (x > 20) return 1;
  const t = exp(-2 * x);
  return (1 - t) / (1 + t);
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** Sine; meant for |x| up to some thousands (plain reduction by pi/2). */
export function sin(x: number): number {
  const quadrant = Math.round(x / (Math.PI / 2));
  return sinOfQuadrant(reduce(x, quadrant), quadrant);
}

/** Cosine; meant for |x| up to some thousands. */
export function cos(x: number): number {
  const quadrant = Math.round(x / (Math.PI / 2));
  return sinOfQuadrant(reduce(x, quadrant), quadrant + 1);
}

/** x^y for x > 0. */
export function power(x: number, y: number): number {
  return exp(y * log(x));
}

/** e^r = 1 + 2r / (r coth(r/2) - r), with the series of r coth(r/2) (Bernoulli numbers); for |r| up to 0.35. */
function expNearZero(r: number): number {
  return 1 + (2 * r) / (polynomial(R_COTH_HALF, r * r) - r);
}

const R_COTH_HALF = [2, 1 / 6, -1 / 360, 1 / 15120, -1 / 604800, 1 / 23950080, -691 / 653837184000];

const ARTANH = [1, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17, 1 / 19, 1 / 21, 1 / 23];

/** Seventh convergent of Lambert's continued fraction. */
function tanhNearZero(x: number): number {
  const z = x * x;
  return (x * (135135 + z * (17325 + z * (378 + z)))) / (135135 + z * (62370 + z * (3150 + z * 28)));
}

const HALF_PI_HIGH = 1.5707963267341256; // pi/2 with its low bits cleared
const HALF_PI_LOW = 6.077100506506192e-11;

function reduce(x: number, quadrant: number): number {
  return x - quadrant * HALF_PI_HIGH - quadrant * HALF_PI_LOW;
}

/** sin(r + quadrant * pi/2) for |r| up to pi/4. */
function sinOfQuadrant(r: number, quadrant: number): number {
  const value = quadrant & 1 ? polynomial(COSINE, r * r) : r * polynomial(SINE, r * r);
  return quadrant & 2 ? -value : value;
}

const SINE = alternatingSeries(1);
const COSINE = alternatingSeries(0);

/** Coefficients of sin(r) / r (from 1!) or cos(r) (from 0!) as a polynomial in r^2. */
function alternatingSeries(first: number): number[] {
  let coefficient = 1;
  return Array.from({ length: 9 }, (_, i) => {
    const n = 2 * i + first;
    if (i > 0) coefficient /= -(n * (n - 1));
    return coefficient;
  });
}

/** Horner's scheme, lowest coefficient first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] as number);
  return sum;
}

const bits = new DataView(new ArrayBuffer(8));

/** 2^k for k from -1022 to 1023. */
function powerOfTwo(k: number): number {
  bits.setInt32(0, (k + 1023) << 20);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}
