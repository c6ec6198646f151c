/** The way back through batch norm and activation, in pieces as in `norm.ts`. */
import { addProduct } from "./gemm";
import { addToSums } from "./norm";
import { Norm } from "./records";

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
