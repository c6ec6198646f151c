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

/** Before the gradients of a step are received. */
export function beginReceive(norm: Norm): void {
  memory.fill(norm.sums, 0, norm.channels << 4);
}

/**
 * Takes the gradient by the activation's output, [count, channels], for the pixels whose raw values are at `raw`: where
 * the activation is flat it becomes zero; sums of it, and of it times (raw - mean), go to the norm's sums. `to` may be
 * `from`.
 */
export function receive(norm: Norm, from: usize, raw: usize, count: usize, to: usize): void {
  const bytes = norm.channels << 2;
  for (let channel: usize = 0; channel < bytes; channel += 16) receiveBlock(norm, channel, from, raw, count, to);
}

/** Four channels of `receive`. */
function receiveBlock(norm: Norm, channel: usize, from: usize, raw: usize, count: usize, to: usize): void {
  if (to === from && norm.low === -Infinity && norm.high === Infinity) {
    sumInPlace(norm, channel, from, raw, count);
    return;
  }
  const bytes = norm.channels << 2;
  const end = raw + count * bytes;
  const low = f32x4.splat(norm.low);
  const high = f32x4.splat(norm.high);
  const scale = v128.load(norm.scale + channel);
  const shift = v128.load(norm.shift + channel);
  const mean = v128.load(norm.mean + channel);
  let s = f32x4.splat(0);
  let p = s;
  let at = from + channel;
  let out = to + channel;
  for (let x = raw + channel; x < end; x += bytes) {
    const value = v128.load(x);
    const z = addProduct(shift, value, scale);
    const open = v128.and(f32x4.gt(z, low), f32x4.lt(z, high));
    const gradient = v128.and(v128.load(at), open);
    s = f32x4.add(s, gradient);
    p = addProduct(p, gradient, f32x4.sub(value, mean));
    v128.store(out, gradient);
    at += bytes;
    out += bytes;
  }
  const sums = norm.sums + (channel << 1);
  addToSums(sums, s);
  addToSums(sums + (norm.channels << 3), p);
}

/** `receive` where there is no activation and the gradient stays where it is: the sums alone. */
function sumInPlace(norm: Norm, channel: usize, gradient: usize, raw: usize, count: usize): void {
  const bytes = norm.channels << 2;
  const mean = v128.load(norm.mean + channel);
  let s = f32x4.splat(0);
  let p = s;
  let at = gradient + channel;
  for (const end = at + count * bytes, toRaw = raw - gradient; at < end; at += bytes) {
    const value = v128.load(at);
    s = f32x4.add(s, value);
    p = addProduct(p, value, f32x4.sub(v128.load(at + toRaw), mean));
  }
  const sums = norm.sums + (channel << 1);
  addToSums(sums, s);
  addToSums(sums + (norm.channels << 3), p);
}

/**
 * As `receive`, where the values themselves are at hand, [rows, count, channels] with rows `pitch` bytes apart: they tell
 * where the activation is flat, and inside it the gradient times them gives the second sum, so the raw values need not
 * be read again. Channels whose shift by beta is much larger than gamma would lose digits: they take the other way.
 */
export function receiveByValues(
  norm: Norm,
  from: usize,
  raw: usize,
  values: usize,
  rows: usize,
  count: usize,
  pitch: usize,
  to: usize,
): void {
  const bytes = norm.channels << 2;
  const rowBytes = count * bytes;
  const products = norm.channels << 3;
  const low = f32x4.splat(norm.low);
  const high = f32x4.splat(norm.high);
  for (let channel: usize = 0; channel < bytes; channel += 16) {
    const gamma = v128.load(norm.gamma + channel);
    const beta = v128.load(norm.beta + channel);
    const bound = f32x4.mul(f32x4.abs(gamma), f32x4.splat(8));
    if (!i32x4.all_true(f32x4.lt(f32x4.abs(beta), bound))) {
      receiveBlock(norm, channel, from, raw, rows * count, to);
      continue;
    }
    let s = f32x4.splat(0);
    let p = s;
    const toOut = to - from;
    let row = values + channel;
    const end = from + rows * rowBytes;
    for (let at = from + channel; at < end; row += pitch) {
      let x = row;
      for (const rowEnd = at + rowBytes; at < rowEnd; at += bytes) {
        const value = v128.load(x);
        const open = v128.and(f32x4.gt(value, low), f32x4.lt(value, high));
        const gradient = v128.and(v128.load(at), open);
        s = f32x4.add(s, gradient);
        p = addProduct(p, gradient, value);
        v128.store(at + toOut, gradient);
        x += bytes;
      }
    }
    const sums = norm.sums + (channel << 1);
    addToSums(sums, s);
    // value = (raw - mean) * scale + beta, and the norm's second sum is that of gradient * (raw - mean).
    const centred = f32x4.sub(p, f32x4.mul(s, beta));
    addToSums(sums + products, f32x4.div(centred, v128.load(norm.scale + channel)));
  }
}

/** From the received sums over `count` pixels: gradients of gamma and beta, and the coefficients of `rawGradient`. */
export function finishReceive(norm: Norm, count: usize): void {
  const bytes = norm.channels << 2;
  const n = <f64>count;
  for (let i: usize = 0; i < norm.channels; i++) {
    const at = i << 2;
    const inverse = <f64>load<f32>(norm.inverse + at);
    const sum = load<f64>(norm.sums + (i << 3));
    const product = load<f64>(norm.sums + ((norm.channels + i) << 3)) * inverse;
    store<f32>(norm.betaGradient + at, <f32>sum);
    store<f32>(norm.gammaGradient + at, <f32>product);
    const a = <f64>load<f32>(norm.gamma + at) * inverse;
    const b = (-a * inverse * product) / n;
    const to = norm.coefficients + at;
    store<f32>(to, <f32>a);
    store<f32>(to + bytes, <f32>b);
    store<f32>(to + 2 * bytes, <f32>((-a * sum) / n - b * <f64>load<f32>(norm.mean + at)));
  }
}

/**
 * The gradient by the raw values, for rows of pixels whose gradients and raw values are at the addresses, both
 * [rows, count, channels]; rows of the result are `pitch` bytes apart.
 */
export function rawGradient(
  norm: Norm,
  gradient: usize,
  raw: usize,
  rows: usize,
  count: usize,
  to: usize,
  pitch: usize,
): void {
  const bytes = norm.channels << 2;
  const rowBytes = count * bytes;
  const end = raw + rows * rowBytes;
  const toGradient = gradient - raw;
  let channel: usize = 0;
  for (; channel + 32 <= bytes; channel += 32) {
    const coefficients = norm.coefficients + channel;
    const a0 = v128.load(coefficients);
    const b0 = v128.load(coefficients + bytes);
    const c0 = v128.load(coefficients + 2 * bytes);
    const a1 = v128.load(coefficients, 16);
    const b1 = v128.load(coefficients + bytes, 16);
    const c1 = v128.load(coefficients + 2 * bytes, 16);
    let row = to + channel;
    for (let at = raw + channel; at < end; row += pitch) {
      const rowEnd = at + rowBytes;
      for (let out = row; at < rowEnd; at += bytes, out += bytes) {
        v128.store(out, addProduct(addProduct(c0, b0, v128.load(at)), a0, v128.load(at + toGradient)));
        v128.store(out, addProduct(addProduct(c1, b1, v128.load(at, 16)), a1, v128.load(at + toGradient, 16)), 16);
      }
    }
  }
  for (; channel < bytes; channel += 16) {
    const coefficients = norm.coefficients + channel;
    const a = v128.load(coefficients);
    const b = v128.load(coefficients + bytes);
    const c = v128.load(coefficients + 2 * bytes);
    let row = to + channel;
    for (let at = raw + channel; at < end; row += pitch) {
      const rowEnd = at + rowBytes;
      for (let out = row; at < rowEnd; at += bytes, out += bytes) {
        v128.store(out, addProduct(addProduct(c, b, v128.load(at)), a, v128.load(at + toGradient)));
      }
    }
  }
}
