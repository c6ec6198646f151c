/** Functions of single numbers over arrays; counts are multiples of 4. */
import { clamp } from "./norm";

/** x = 1 / (1 + e^-x). */
export function sigmoid(x: usize, count: usize): void {
  const end = x + (count << 2);
  for (; x < end; x += 16) v128.store(x, logistic(v128.load(x)));
}

/** x = relu6(x + 3) / 6. */
export function hardSigmoid(x: usize, count: usize): void {
  const end = x + (count << 2);
  for (; x < end; x += 16) v128.store(x, hardGate(v128.load(x)));
}

export function logistic(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** The hard sigmoid of MobileNetV3 (arXiv 1905.02244, section 5.2). */
export function hardGate(x: v128): v128 {
  const six = f32x4.splat(6);
  return f32x4.div(clamp(f32x4.add(x, f32x4.splat(3)), f32x4.splat(0), six), six);
}

/**
 * e^x, relative error below 2e-7, for x from -87 to 88 (clamped): 2^n times the Taylor series of e^r to r^7, with
 * |r| <= ln(2) / 2. WebAssembly has no exponential of its own, and the host's differ.
 */
function exponential(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(<f32>Math.LOG2E)));
  // ln 2 in two parts: the product of n and the first is exact.
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  let e = f32x4.splat(1.0 / 5040.0);
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 720.0));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 120.0));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 24.0));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 6.0));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.5));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(e, power);
}
