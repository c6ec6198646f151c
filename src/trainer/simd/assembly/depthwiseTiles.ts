/**
 * Tiles of depthwise convolutions: their results stay in registers while the loops run over the kernel. The last tile of
 * a row starts so early that it ends with the row: what overlaps is computed twice.
 */
import { row8x3, row8x5 } from "./depthwiseWide";
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
