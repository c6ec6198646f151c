/** Functions of single numbers over arrays; counts are multiples of 4. */

/** x = max(x, 0). */
export function relu(x: usize, count: usize): void {
  const zero = f32x4.splat(0);
  const end = x + (count << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.pmax(v128.load(x), zero));
}

/** dy becomes zero where y, the result of `relu`, is not positive. */
export function reluBackward(y: usize, count: usize, dy: usize): void {
  const zero = f32x4.splat(0);
  const end = y + (count << 2);
  for (; y < end; y += 16, dy += 16) v128.store(dy, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)));
}

/** x = 1 / (1 + e^-x). */
export function sigmoid(x: usize, count: usize): void {
  const one = f32x4.splat(1);
  const end = x + (count << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(v128.load(x))))));
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
