/** Tiles of depthwise convolutions for kernels of 3 and 5 columns with stride 1: they load every value once a row. */
import { addProduct } from "./gemm";

/** A row, eight pixels of four channels at a time, 3 taps a kernel row, stride 1: every value is loaded once a row. */
export function row8x3(
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
export function row8x5(
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
