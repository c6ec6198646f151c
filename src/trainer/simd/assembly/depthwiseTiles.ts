/**
 * Tiles of depthwise convolutions: their results stay in registers while the loops run over the kernel. Kernels of 3 and
 * 5 columns have tiles of eight pixels that load every value once a row; the others take any kernel and stride. The last
 * tile of a row starts so early that it ends with the row: what overlaps is computed twice.
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
  const window = stride * bytes;
  const wide = stride === 1 && width >= 8;
  for (let row: usize = 0; row < height; row++) {
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      const from = values + row * stride * pitch + channel;
      const to = out + row * outPitch + channel;
      const weight = weights + channel;
      if (wide && kernelColumns === 3) row8x3(from, pitch, weight, kernelRows, bytes, to, step, width);
      else if (wide && kernelColumns === 5) row8x5(from, pitch, weight, kernelRows, bytes, to, step, width);
      else if (width >= 8) row8(from, window, pitch, weight, kernelRows, run, bytes, to, step, width);
      else if (width >= 4) row4(from, window, pitch, weight, kernelRows, run, bytes, to, step, width);
      else row1(from, window, pitch, weight, kernelRows, run, bytes, to, step, width);
    }
  }
}

/** A row, eight pixels of four channels at a time, 3 taps a kernel row, stride 1: every value is loaded once a row. */
function row8x3(
  values: usize,
  pitch: usize,
  weights: usize,
  kernelRows: usize,
  bytes: usize,
  out: usize,
  step: usize,
  width: usize,
): void {
  for (let x: usize = 0; x < width; x += 8) {
    const first = min<usize>(x, width - 8);
    let from = values + first * bytes;
    let weight = weights;
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let a4 = a0;
    let a5 = a0;
    let a6 = a0;
    let a7 = a0;
    for (let ky = kernelRows; ky > 0; ky--) {
      let at = from;
      const w0 = v128.load(weight);
      const w1 = v128.load(weight + bytes);
      const w2 = v128.load(weight + 2 * bytes);
      let value = v128.load(at);
      a0 = addProduct(a0, value, w0);
      at += bytes;
      value = v128.load(at);
      a0 = addProduct(a0, value, w1);
      a1 = addProduct(a1, value, w0);
      at += bytes;
      value = v128.load(at);
      a0 = addProduct(a0, value, w2);
      a1 = addProduct(a1, value, w1);
      a2 = addProduct(a2, value, w0);
      at += bytes;
      value = v128.load(at);
      a1 = addProduct(a1, value, w2);
      a2 = addProduct(a2, value, w1);
      a3 = addProduct(a3, value, w0);
      at += bytes;
      value = v128.load(at);
      a2 = addProduct(a2, value, w2);
      a3 = addProduct(a3, value, w1);
      a4 = addProduct(a4, value, w0);
      at += bytes;
      value = v128.load(at);
      a3 = addProduct(a3, value, w2);
      a4 = addProduct(a4, value, w1);
      a5 = addProduct(a5, value, w0);
      at += bytes;
      value = v128.load(at);
      a4 = addProduct(a4, value, w2);
      a5 = addProduct(a5, value, w1);
      a6 = addProduct(a6, value, w0);
      at += bytes;
      value = v128.load(at);
      a5 = addProduct(a5, value, w2);
      a6 = addProduct(a6, value, w1);
      a7 = addProduct(a7, value, w0);
      at += bytes;
      value = v128.load(at);
      a6 = addProduct(a6, value, w2);
      a7 = addProduct(a7, value, w1);
      at += bytes;
      value = v128.load(at);
      a7 = addProduct(a7, value, w2);
      weight += 3 * bytes;
      from += pitch;
    }
    let to = out + first * step;
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
}

/** A row, eight pixels of four channels at a time, 5 taps a kernel row, stride 1: every value is loaded once a row. */
function row8x5(
  values: usize,
  pitch: usize,
  weights: usize,
  kernelRows: usize,
  bytes: usize,
  out: usize,
  step: usize,
  width: usize,
): void {
  for (let x: usize = 0; x < width; x += 8) {
    const first = min<usize>(x, width - 8);
    let from = values + first * bytes;
    let weight = weights;
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let a4 = a0;
    let a5 = a0;
    let a6 = a0;
    let a7 = a0;
    for (let ky = kernelRows; ky > 0; ky--) {
      let at = from;
      const w0 = v128.load(weight);
      const w1 = v128.load(weight + bytes);
      const w2 = v128.load(weight + 2 * bytes);
      const w3 = v128.load(weight + 3 * bytes);
      const w4 = v128.load(weight + 4 * bytes);
      let value = v128.load(at);
      a0 = addProduct(a0, value, w0);
      at += bytes;
      value = v128.load(at);
      a0 = addProduct(a0, value, w1);
      a1 = addProduct(a1, value, w0);
      at += bytes;
      value = v128.load(at);
      a0 = addProduct(a0, value, w2);
      a1 = addProduct(a1, value, w1);
      a2 = addProduct(a2, value, w0);
      at += bytes;
      value = v128.load(at);
      a0 = addProduct(a0, value, w3);
      a1 = addProduct(a1, value, w2);
      a2 = addProduct(a2, value, w1);
      a3 = addProduct(a3, value, w0);
      at += bytes;
      value = v128.load(at);
      a0 = addProduct(a0, value, w4);
      a1 = addProduct(a1, value, w3);
      a2 = addProduct(a2, value, w2);
      a3 = addProduct(a3, value, w1);
      a4 = addProduct(a4, value, w0);
      at += bytes;
      value = v128.load(at);
      a1 = addProduct(a1, value, w4);
      a2 = addProduct(a2, value, w3);
      a3 = addProduct(a3, value, w2);
      a4 = addProduct(a4, value, w1);
      a5 = addProduct(a5, value, w0);
      at += bytes;
      value = v128.load(at);
      a2 = addProduct(a2, value, w4);
      a3 = addProduct(a3, value, w3);
      a4 = addProduct(a4, value, w2);
      a5 = addProduct(a5, value, w1);
      a6 = addProduct(a6, value, w0);
      at += bytes;
      value = v128.load(at);
      a3 = addProduct(a3, value, w4);
      a4 = addProduct(a4, value, w3);
      a5 = addProduct(a5, value, w2);
      a6 = addProduct(a6, value, w1);
      a7 = addProduct(a7, value, w0);
      at += bytes;
      value = v128.load(at);
      a4 = addProduct(a4, value, w4);
      a5 = addProduct(a5, value, w3);
      a6 = addProduct(a6, value, w2);
      a7 = addProduct(a7, value, w1);
      at += bytes;
      value = v128.load(at);
      a5 = addProduct(a5, value, w4);
      a6 = addProduct(a6, value, w3);
      a7 = addProduct(a7, value, w2);
      at += bytes;
      value = v128.load(at);
      a6 = addProduct(a6, value, w4);
      a7 = addProduct(a7, value, w3);
      at += bytes;
      value = v128.load(at);
      a7 = addProduct(a7, value, w4);
      weight += 5 * bytes;
      from += pitch;
    }
    let to = out + first * step;
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
}

/** A row, eight pixels of four channels at a time, any kernel and stride: windows are `window` bytes apart. */
function row8(
  values: usize,
  window: usize,
  pitch: usize,
  weights: usize,
  kernelRows: usize,
  run: usize,
  bytes: usize,
  out: usize,
  step: usize,
  width: usize,
): void {
  for (let x: usize = 0; x < width; x += 8) {
    const first = min<usize>(x, width - 8);
    let from = values + first * window;
    let weight = weights;
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let a4 = a0;
    let a5 = a0;
    let a6 = a0;
    let a7 = a0;
    for (let ky = kernelRows; ky > 0; ky--) {
      const end = from + run;
      for (let start = from; start < end; start += bytes) {
        const w = v128.load(weight);
        let at = start;
        a0 = addProduct(a0, v128.load(at), w);
        at += window;
        a1 = addProduct(a1, v128.load(at), w);
        at += window;
        a2 = addProduct(a2, v128.load(at), w);
        at += window;
        a3 = addProduct(a3, v128.load(at), w);
        at += window;
        a4 = addProduct(a4, v128.load(at), w);
        at += window;
        a5 = addProduct(a5, v128.load(at), w);
        at += window;
        a6 = addProduct(a6, v128.load(at), w);
        at += window;
        a7 = addProduct(a7, v128.load(at), w);
        weight += bytes;
      }
      from += pitch;
    }
    let to = out + first * step;
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
}

/** As `row8`, four pixels at a time. */
function row4(
  values: usize,
  window: usize,
  pitch: usize,
  weights: usize,
  kernelRows: usize,
  run: usize,
  bytes: usize,
  out: usize,
  step: usize,
  width: usize,
): void {
  for (let x: usize = 0; x < width; x += 4) {
    const first = min<usize>(x, width - 4);
    let from = values + first * window;
    let weight = weights;
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    for (let ky = kernelRows; ky > 0; ky--) {
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
    let to = out + first * step;
    v128.store(to, a0);
    to += step;
    v128.store(to, a1);
    to += step;
    v128.store(to, a2);
    to += step;
    v128.store(to, a3);
  }
}

/** A row pixel by pixel, for images less than four pixels wide. */
function row1(
  values: usize,
  window: usize,
  pitch: usize,
  weights: usize,
  kernelRows: usize,
  run: usize,
  bytes: usize,
  out: usize,
  step: usize,
  width: usize,
): void {
  for (; width > 0; width--) {
    let from = values;
    let weight = weights;
    let a = f32x4.splat(0);
    for (let ky = kernelRows; ky > 0; ky--) {
      const end = from + run;
      for (let x = from; x < end; x += bytes) {
        a = addProduct(a, v128.load(x), v128.load(weight));
        weight += bytes;
      }
      from += pitch;
    }
    v128.store(out, a);
    values += window;
    out += step;
  }
}
