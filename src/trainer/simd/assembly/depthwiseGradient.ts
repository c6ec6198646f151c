/** Gradients of the weights of depthwise convolutions. */
import { addProduct } from "./gemm";
import { Layer } from "./records";

/**
 * weightGradient [k, k, channels] += values times gradients of one image, both with their border: rows are `pitch` and
 * `outPitch` bytes apart, and to the right of the gradients there are (k - 1) / stride columns of zeros.
 */
export function addWeightGradient(layer: Layer, values: usize, pitch: usize, gradients: usize, outPitch: usize): void {
  const bytes = layer.norm.channels << 2;
  const kernel = layer.kernel;
  const step = layer.stride * bytes;
  const width = layer.outWidth;
  for (let row: usize = 0; row < layer.outHeight; row++) {
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      const d = gradients + row * outPitch + channel;
      const from = values + row * layer.stride * pitch + channel;
      const to = layer.weightGradient + channel;
      if (step === bytes && kernel === 3) {
        taps3x3(width, from, pitch, bytes, d, to);
        continue;
      }
      for (let ky: usize = 0; ky < kernel; ky++) {
        const x = from + ky * pitch;
        const tap = to + ky * kernel * bytes;
        if (step === bytes && kernel === 5) taps5(width, x, bytes, d, tap);
        else if (kernel % 3 === 0)
          for (let kx: usize = 0; kx < kernel; kx += 3) taps3(width, x + kx * bytes, step, bytes, d, tap + kx * bytes);
        else for (let kx: usize = 0; kx < kernel; kx++) taps1(width, x + kx * bytes, step, bytes, d, tap + kx * bytes);
      }
    }
  }
}

/**
 * All nine taps, stride 1, along one row: a value is loaded once for the three gradients that it meets. The row of
 * gradients is entered and left through zeros.
 */
function taps3x3(width: usize, x: usize, pitch: usize, bytes: usize, d: usize, to: usize): void {
  let a00 = f32x4.splat(0);
  let a01 = a00;
  let a02 = a00;
  let a10 = a00;
  let a11 = a00;
  let a12 = a00;
  let a20 = a00;
  let a21 = a00;
  let a22 = a00;
  let d1 = a00;
  let d2 = a00;
  for (let left = width + 2; left > 0; left--) {
    const d0 = v128.load(d);
    let value = v128.load(x);
    a00 = addProduct(a00, value, d0);
    a01 = addProduct(a01, value, d1);
    a02 = addProduct(a02, value, d2);
    value = v128.load(x + pitch);
    a10 = addProduct(a10, value, d0);
    a11 = addProduct(a11, value, d1);
    a12 = addProduct(a12, value, d2);
    value = v128.load(x + 2 * pitch);
    a20 = addProduct(a20, value, d0);
    a21 = addProduct(a21, value, d1);
    a22 = addProduct(a22, value, d2);
    d2 = d1;
    d1 = d0;
    d += bytes;
    x += bytes;
  }
  addTo(to, a00);
  addTo(to + bytes, a01);
  addTo(to + 2 * bytes, a02);
  addTo(to + 3 * bytes, a10);
  addTo(to + 4 * bytes, a11);
  addTo(to + 5 * bytes, a12);
  addTo(to + 6 * bytes, a20);
  addTo(to + 7 * bytes, a21);
  addTo(to + 8 * bytes, a22);
}

/** The five taps of a kernel row, stride 1, as above. */
function taps5(width: usize, x: usize, bytes: usize, d: usize, to: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  let d1 = a0;
  let d2 = a0;
  let d3 = a0;
  let d4 = a0;
  for (let left = width + 4; left > 0; left--) {
    const d0 = v128.load(d);
    const value = v128.load(x);
    a0 = addProduct(a0, value, d0);
    a1 = addProduct(a1, value, d1);
    a2 = addProduct(a2, value, d2);
    a3 = addProduct(a3, value, d3);
    a4 = addProduct(a4, value, d4);
    d4 = d3;
    d3 = d2;
    d2 = d1;
    d1 = d0;
    d += bytes;
    x += bytes;
  }
  addTo(to, a0);
  addTo(to + bytes, a1);
  addTo(to + 2 * bytes, a2);
  addTo(to + 3 * bytes, a3);
  addTo(to + 4 * bytes, a4);
}

/** Three taps of a kernel row, any stride. */
function taps3(width: usize, x: usize, step: usize, bytes: usize, d: usize, to: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let x1 = x + bytes;
  let x2 = x1 + bytes;
  for (; width > 0; width--) {
    const gradient = v128.load(d);
    a = addProduct(a, v128.load(x), gradient);
    b = addProduct(b, v128.load(x1), gradient);
    c = addProduct(c, v128.load(x2), gradient);
    x += step;
    x1 += step;
    x2 += step;
    d += bytes;
  }
  addTo(to, a);
  addTo(to + bytes, b);
  addTo(to + 2 * bytes, c);
}

/** One tap, any stride. */
function taps1(width: usize, x: usize, step: usize, bytes: usize, d: usize, to: usize): void {
  let a = f32x4.splat(0);
  for (; width > 0; width--) {
    a = addProduct(a, v128.load(x), v128.load(d));
    x += step;
    d += bytes;
  }
  addTo(to, a);
}

function addTo(to: usize, x: v128): void {
  v128.store(to, f32x4.add(v128.load(to), x));
}
