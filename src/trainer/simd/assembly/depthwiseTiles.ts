/**
 * Tiles of depthwise convolutions: their results stay in registers while the loops run over the kernel. Kernels of 3 and
 * 5 columns have tiles of eight pixels that load every value once a row; the others take any kernel and stride.
 */
import { addProduct } from "./gemm";

/**
 * Rows of an image, [.., .., channels] with rows `pitch` bytes apart, convolved as they are with weights
 * [kernelRows, kernelColumns, channels]; a pixel has `bytes` bytes. The result is `height` x `width` pixels, `step` bytes
 * apart, its rows `outPitch`.
 */
export function convolveRows(
  values: usize,
  pitch: usize,
  stride: usize,
  weights: usize,
  kernelRows: usize,
  kernelColumns: usize,
  bytes: usize,
  out: usize,
  step: usize,
  outPitch: usize,
  height: usize,
  width: usize,
): void {
  const run = kernelColumns * bytes;
  const wide = stride === 1 && width >= 8 && (kernelColumns === 3 || kernelColumns === 5);
  const tile: usize = wide ? 8 : width >= 4 ? 4 : 1;
  for (let row: usize = 0; row < height; row++) {
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      const from = values + row * stride * pitch + channel;
      const to = out + row * outPitch + channel;
      const weight = weights + channel;
      for (let x: usize = 0; x < width; x += tile) {
        // The last tile starts so early that it ends with the row; what overlaps is computed twice.
        const first = min<usize>(x, width - tile);
        const at = from + first * stride * bytes;
        const place = to + first * step;
        if (wide && kernelColumns === 3) row8x3(at, pitch, weight, kernelRows, bytes, place, step);
        else if (wide) row8x5(at, pitch, weight, kernelRows, bytes, place, step);
        else if (tile === 4) row4(at, stride * bytes, pitch, weight, kernelRows, run, bytes, place, step);
        else row1(at, pitch, weight, kernelRows, run, bytes, place);
      }
    }
  }
}

/** Eight pixels side by side of four channels, 3 taps a kernel row, stride 1: every value is loaded once a row. */
function row8x3(from: usize, pitch: usize, weight: usize, rows: usize, bytes: usize, to: usize, step: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  let a5 = a0;
  let a6 = a0;
  let a7 = a0;
  for (; rows > 0; rows--) {
    let at = from;
    const w0 = v128.load(weight);
    const w1 = v128.load(weight + bytes);
    const w2 = v128.load(weight + 2 * bytes);
    let x = v128.load(at);
    a0 = addProduct(a0, x, w0);
    at += bytes;
    x = v128.load(at);
    a0 = addProduct(a0, x, w1);
    a1 = addProduct(a1, x, w0);
    at += bytes;
    x = v128.load(at);
    a0 = addProduct(a0, x, w2);
    a1 = addProduct(a1, x, w1);
    a2 = addProduct(a2, x, w0);
    at += bytes;
    x = v128.load(at);
    a1 = addProduct(a1, x, w2);
    a2 = addProduct(a2, x, w1);
    a3 = addProduct(a3, x, w0);
    at += bytes;
    x = v128.load(at);
    a2 = addProduct(a2, x, w2);
    a3 = addProduct(a3, x, w1);
    a4 = addProduct(a4, x, w0);
    at += bytes;
    x = v128.load(at);
    a3 = addProduct(a3, x, w2);
    a4 = addProduct(a4, x, w1);
    a5 = addProduct(a5, x, w0);
    at += bytes;
    x = v128.load(at);
    a4 = addProduct(a4, x, w2);
    a5 = addProduct(a5, x, w1);
    a6 = addProduct(a6, x, w0);
    at += bytes;
    x = v128.load(at);
    a5 = addProduct(a5, x, w2);
    a6 = addProduct(a6, x, w1);
    a7 = addProduct(a7, x, w0);
    at += bytes;
    x = v128.load(at);
    a6 = addProduct(a6, x, w2);
    a7 = addProduct(a7, x, w1);
    at += bytes;
    x = v128.load(at);
    a7 = addProduct(a7, x, w2);
    weight += 3 * bytes;
    from += pitch;
  }
  v128.store(to, a0);
  to += step;
  v128.store(to, a1);
  to += step;
  v128.store(to, a2);
  to += step;
  v128.store(to, a3);
  to += step;
  v128.store(to, a4);
  to += step;
  v128.store(to, a5);
  to += step;
  v128.store(to, a6);
  to += step;
  v128.store(to, a7);
}

/** Eight pixels side by side of four channels, 5 taps a kernel row, stride 1: every value is loaded once a row. */
function row8x5(from: usize, pitch: usize, weight: usize, rows: usize, bytes: usize, to: usize, step: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  let a5 = a0;
  let a6 = a0;
  let a7 = a0;
  for (; rows > 0; rows--) {
    let at = from;
    const w0 = v128.load(weight);
    const w1 = v128.load(weight + bytes);
    const w2 = v128.load(weight + 2 * bytes);
    const w3 = v128.load(weight + 3 * bytes);
    const w4 = v128.load(weight + 4 * bytes);
    let x = v128.load(at);
    a0 = addProduct(a0, x, w0);
    at += bytes;
    x = v128.load(at);
    a0 = addProduct(a0, x, w1);
    a1 = addProduct(a1, x, w0);
    at += bytes;
    x = v128.load(at);
    a0 = addProduct(a0, x, w2);
    a1 = addProduct(a1, x, w1);
    a2 = addProduct(a2, x, w0);
    at += bytes;
    x = v128.load(at);
    a0 = addProduct(a0, x, w3);
    a1 = addProduct(a1, x, w2);
    a2 = addProduct(a2, x, w1);
    a3 = addProduct(a3, x, w0);
    at += bytes;
    x = v128.load(at);
    a0 = addProduct(a0, x, w4);
    a1 = addProduct(a1, x, w3);
    a2 = addProduct(a2, x, w2);
    a3 = addProduct(a3, x, w1);
    a4 = addProduct(a4, x, w0);
    at += bytes;
    x = v128.load(at);
    a1 = addProduct(a1, x, w4);
    a2 = addProduct(a2, x, w3);
    a3 = addProduct(a3, x, w2);
    a4 = addProduct(a4, x, w1);
    a5 = addProduct(a5, x, w0);
    at += bytes;
    x = v128.load(at);
    a2 = addProduct(a2, x, w4);
    a3 = addProduct(a3, x, w3);
    a4 = addProduct(a4, x, w2);
    a5 = addProduct(a5, x, w1);
    a6 = addProduct(a6, x, w0);
    at += bytes;
    x = v128.load(at);
    a3 = addProduct(a3, x, w4);
    a4 = addProduct(a4, x, w3);
    a5 = addProduct(a5, x, w2);
    a6 = addProduct(a6, x, w1);
    a7 = addProduct(a7, x, w0);
    at += bytes;
    x = v128.load(at);
    a4 = addProduct(a4, x, w4);
    a5 = addProduct(a5, x, w3);
    a6 = addProduct(a6, x, w2);
    a7 = addProduct(a7, x, w1);
    at += bytes;
    x = v128.load(at);
    a5 = addProduct(a5, x, w4);
    a6 = addProduct(a6, x, w3);
    a7 = addProduct(a7, x, w2);
    at += bytes;
    x = v128.load(at);
    a6 = addProduct(a6, x, w4);
    a7 = addProduct(a7, x, w3);
    at += bytes;
    x = v128.load(at);
    a7 = addProduct(a7, x, w4);
    weight += 5 * bytes;
    from += pitch;
  }
  v128.store(to, a0);
  to += step;
  v128.store(to, a1);
  to += step;
  v128.store(to, a2);
  to += step;
  v128.store(to, a3);
  to += step;
  v128.store(to, a4);
  to += step;
  v128.store(to, a5);
  to += step;
  v128.store(to, a6);
  to += step;
  v128.store(to, a7);
}

/** Four pixels of four channels, any kernel and stride: their windows are `window` bytes apart. */
function row4(
  from: usize,
  window: usize,
  pitch: usize,
  weight: usize,
  rows: usize,
  run: usize,
  bytes: usize,
  to: usize,
  step: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  for (; rows > 0; rows--) {
    let x1 = from + window;
    let x2 = x1 + window;
    let x3 = x2 + window;
    const end = from + run;
    for (let x0 = from; x0 < end; x0 += bytes) {
      const w = v128.load(weight);
      a0 = addProduct(a0, v128.load(x0), w);
      a1 = addProduct(a1, v128.load(x1), w);
      a2 = addProduct(a2, v128.load(x2), w);
      a3 = addProduct(a3, v128.load(x3), w);
      x1 += bytes;
      x2 += bytes;
      x3 += bytes;
      weight += bytes;
    }
    from += pitch;
  }
  v128.store(to, a0);
  to += step;
  v128.store(to, a1);
  to += step;
  v128.store(to, a2);
  to += step;
  v128.store(to, a3);
}

/** One pixel of four channels, for images less than four pixels wide. */
function row1(from: usize, pitch: usize, weight: usize, rows: usize, run: usize, bytes: usize, to: usize): void {
  let a = f32x4.splat(0);
  for (; rows > 0; rows--) {
    const end = from + run;
    for (let x = from; x < end; x += bytes) {
      a = addProduct(a, v128.load(x), v128.load(weight));
      weight += bytes;
    }
    from += pitch;
  }
  v128.store(to, a);
}
