/** Batch norm (Ioffe and Szegedy 2015) and activation, in pieces that other kernels run on what is still in cache. */
import { addProduct } from "./gemm";
import { Norm } from "./records";

/** Variance of f32 sums loses digits where the mean is far from zero: all is summed relative to a first pixel. */
export function beginMoments(norm: Norm, pixel: usize): void {
  memory.copy(norm.mean, pixel, norm.channels << 2);
  memory.fill(norm.sums, 0, norm.channels << 4);
}

/** Adds `count` pixels at `from`, [count, channels], to the sums and sums of squares. Channels outside, pixels inside. */
export function addMoments(norm: Norm, from: usize, count: usize): void {
  const bytes = norm.channels << 2;
  const end = from + count * bytes;
  const pairsEnd = from + (count & ~1) * bytes;
  const squares = norm.channels << 3;
  for (let channel: usize = 0; channel < bytes; channel += 16) {
    const pivot = v128.load(norm.mean + channel);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let q0 = s0;
    let q1 = s0;
    let at = from;
    while (at < pairsEnd) {
      const x = f32x4.sub(v128.load(at + channel), pivot);
      s0 = f32x4.add(s0, x);
      q0 = addProduct(q0, x, x);
      at += bytes;
      const y = f32x4.sub(v128.load(at + channel), pivot);
      s1 = f32x4.add(s1, y);
      q1 = addProduct(q1, y, y);
      at += bytes;
    }
    if (at < end) {
      const x = f32x4.sub(v128.load(at + channel), pivot);
      s0 = f32x4.add(s0, x);
      q0 = addProduct(q0, x, x);
    }
    const sums = norm.sums + (channel << 1);
    addToSums(sums, f32x4.add(s0, s1));
    addToSums(sums + squares, f32x4.add(q0, q1));
  }
}

/** f64 [4] += f32 [4]. */
export function addToSums(sums: usize, values: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(values, values, 2, 3, 2, 3));
  v128.store(sums, f64x2.add(v128.load(sums, 16), high), 16);
}

/** From the sums over `count` pixels: mean, scale and shift; `share` of them goes into the moving statistics. */
export function finishMoments(norm: Norm, count: usize, epsilon: f32, share: f32): void {
  const n = <f64>count;
  for (let i: usize = 0; i < norm.channels; i++) {
    const at = i << 2;
    const sum = load<f64>(norm.sums + (i << 3)) / n;
    const square = load<f64>(norm.sums + ((norm.channels + i) << 3)) / n;
    const mean = <f32>(<f64>load<f32>(norm.mean + at) + sum);
    const variance = <f32>max<f64>(square - sum * sum, 0);
    setScale(norm, at, mean, variance, epsilon);
    blend(norm.movingMean + at, mean, share);
    blend(norm.movingVariance + at, variance, share);
  }
}

/** For inference: scale and shift from the moving statistics. */
export function loadMovingStatistics(norm: Norm, epsilon: f32): void {
  const bytes = norm.channels << 2;
  for (let at: usize = 0; at < bytes; at += 4) {
    setScale(norm, at, load<f32>(norm.movingMean + at), load<f32>(norm.movingVariance + at), epsilon);
  }
}

function setScale(norm: Norm, at: usize, mean: f32, variance: f32, epsilon: f32): void {
  const inverse: f32 = <f32>(1.0 / sqrt<f64>(<f64>variance + <f64>epsilon));
  const scale = load<f32>(norm.gamma + at) * inverse;
  store<f32>(norm.mean + at, mean);
  store<f32>(norm.inverse + at, inverse);
  store<f32>(norm.scale + at, scale);
  store<f32>(norm.shift + at, load<f32>(norm.beta + at) - mean * scale);
}

function blend(at: usize, value: f32, share: f32): void {
  store<f32>(at, load<f32>(at) * (1 - share) + value * share);
}

/**
 * `rows` rows of `count` pixels of raw values, [rows, count, channels], become clamp(raw * scale + shift), times a gate
 * per channel where there are some; rows of the result are `pitch` bytes apart. Eight or four channels after the other,
 * so that their scale and shift stay in registers: best for what fits into L1.
 */
export function normalise(
  norm: Norm,
  from: usize,
  rows: usize,
  count: usize,
  gates: usize,
  to: usize,
  pitch: usize,
): void {
  const bytes = norm.channels << 2;
  for (let channel: usize = 0; channel < bytes; channel += 32) {
    const at = from + channel;
    const out = to + channel;
    if (gates) normaliseGated(norm, channel, at, rows, count, gates + channel, out, pitch);
    else if (bytes - channel >= 32) normalise8(norm, channel, at, rows, count, out, pitch);
    else normalise4(norm, channel, at, rows, count, out, pitch);
  }
}

/** Eight channels of `normalise`. */
function normalise8(norm: Norm, channel: usize, at: usize, rows: usize, count: usize, to: usize, pitch: usize): void {
  const bytes = norm.channels << 2;
  const low = f32x4.splat(norm.low);
  const high = f32x4.splat(norm.high);
  const scale0 = v128.load(norm.scale + channel);
  const shift0 = v128.load(norm.shift + channel);
  const scale1 = v128.load(norm.scale + channel, 16);
  const shift1 = v128.load(norm.shift + channel, 16);
  for (; rows > 0; rows--, to += pitch) {
    let out = to;
    for (const end = at + count * bytes; at < end; at += bytes, out += bytes) {
      v128.store(out, clamp(addProduct(shift0, v128.load(at), scale0), low, high));
      v128.store(out, clamp(addProduct(shift1, v128.load(at, 16), scale1), low, high), 16);
    }
  }
}

/** The last four channels of `normalise`, where their number is 4 mod 8. */
function normalise4(norm: Norm, channel: usize, at: usize, rows: usize, count: usize, to: usize, pitch: usize): void {
  const bytes = norm.channels << 2;
  const low = f32x4.splat(norm.low);
  const high = f32x4.splat(norm.high);
  const scale = v128.load(norm.scale + channel);
  const shift = v128.load(norm.shift + channel);
  for (; rows > 0; rows--, to += pitch) {
    let out = to;
    for (const end = at + count * bytes; at < end; at += bytes, out += bytes) {
      v128.store(out, clamp(addProduct(shift, v128.load(at), scale), low, high));
    }
  }
}

/** Eight or the last four channels of `normalise` with gates. */
function normaliseGated(
  norm: Norm,
  channel: usize,
  at: usize,
  rows: usize,
  count: usize,
  gates: usize,
  to: usize,
  pitch: usize,
): void {
  const bytes = norm.channels << 2;
  const low = f32x4.splat(norm.low);
  const high = f32x4.splat(norm.high);
  const end = at + min<usize>(32, bytes - channel);
  for (; at < end; at += 16, to += 16, gates += 16, channel += 16) {
    const scale = v128.load(norm.scale + channel);
    const shift = v128.load(norm.shift + channel);
    const gate = v128.load(gates);
    let pixel = at;
    let start = to;
    for (let row = rows; row > 0; row--, start += pitch) {
      let out = start;
      for (const rowEnd = pixel + count * bytes; pixel < rowEnd; pixel += bytes, out += bytes) {
        v128.store(out, f32x4.mul(clamp(addProduct(shift, v128.load(pixel), scale), low, high), gate));
      }
    }
  }
}

/** In this order of operands one machine instruction each, and NaN stays NaN. */
export function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}
