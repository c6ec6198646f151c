/** Gradients of the weights of depthwise convolutions. */
import { addProduct } from "./gemm";
import { Layer } from "./records";

/**
 * weightGradient [k, k, channels] += values times gradients of the output rows `first` to `end` of one image, both with
 * their border: rows are `pitch` and `outPitch` bytes apart, and to the right of the gradients there are (k - 1) / stride columns of zeros.
 */
export function addWeightGradient(
  layer: Layer,
  first: usize,
  end: usize,
  values: usize,
  pitch: usize,
  gradients: usize,
  outPitch: usize,
): void {
  const bytes = layer.norm.channels << 2;
  const kernel = layer.kernel;
  const step = layer.stride * bytes;
  const width = layer.outWidth;
  for (let row = first; row < end; row++) {
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      const d = gradients + row * outPitch + channel;
      const from = values + row * layer.stride * pitch + channel;
      const to = layer.weightGradient + channel;
      if (step === bytes && kernel === 3) taps3x3(width, from, pitch, bytes, d, to);
      else if (step === bytes && kernel === 5) {
        taps2x5(width, from, pitch, bytes, d, to);
        taps2x5(width, from + 2 * pitch, pitch, bytes, d, to + 10 * bytes);
        taps5(width, from + 4 * pitch, bytes, d, to + 20 * bytes);
      } else anyTaps(kernel, width, from, pitch, step, bytes, d, to);
    }
  }
}

/** All taps of any kernel with any stride, along one row; three at a time where the kernel allows it. */
function anyTaps(
  kernel: usize,
  width: usize,
  from: usize,
  pitch: usize,
  step: usize,
  bytes: usize,
  d: usize,
  to: usize,
): void {
  for (let ky: usize = 0; ky < kernel; ky++) {
    let kx: usize = 0;
    for (; kx + 3 <= kernel; kx += 3) taps3(width, from + kx * bytes, step, bytes, d, to + kx * bytes);
    for (; kx < kernel; kx++) taps1(width, from + kx * bytes, step, bytes, d, to + kx * bytes);
    from += pitch;
    to += kernel * bytes;
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

/**
 * Two kernel rows of five taps, stride 1, as above; to the left of the gradients, too, there are four columns of zeros.
 */
function taps2x5(width: usize, x: usize, pitch: usize, bytes: usize, d: usize, to: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  let b4 = a0;
  for (let left = width + 4; left > 0; left--) {
    const value = v128.load(x);
    const below = v128.load(x + pitch);
    let gradient = v128.load(d);
    a0 = addProduct(a0, value, gradient);
    b0 = addProduct(b0, below, gradient);
    gradient = v128.load(d - bytes);
    a1 = addProduct(a1, value, gradient);
    b1 = addProduct(b1, below, gradient);
    gradient = v128.load(d - 2 * bytes);
    a2 = addProduct(a2, value, gradient);
    b2 = addProduct(b2, below, gradient);
    gradient = v128.load(d - 3 * bytes);
    a3 = addProduct(a3, value, gradient);
    b3 = addProduct(b3, below, gradient);
    gradient = v128.load(d - 4 * bytes);
    a4 = addProduct(a4, value, gradient);
    b4 = addProduct(b4, below, gradient);
    d += bytes;
    x += bytes;
  }
  addTo(to, a0);
  addTo(to + bytes, a1);
  addTo(to + 2 * bytes, a2);
  addTo(to + 3 * bytes, a3);
  addTo(to + 4 * bytes, a4);
  addTo(to + 5 * bytes, b0);
  addTo(to + 6 * bytes, b1);
  addTo(to + 7 * bytes, b2);
  addTo(to + 8 * bytes, b3);
  addTo(to + 9 * bytes, b4);
}

/** The last kernel row of five taps. */
function taps5(width: usize, x: usize, bytes: usize, d: usize, to: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  for (let left = width + 4; left > 0; left--) {
    const value = v128.load(x);
    a0 = addProduct(a0, value, v128.load(d));
    a1 = addProduct(a1, value, v128.load(d - bytes));
    a2 = addProduct(a2, value, v128.load(d - 2 * bytes));
    a3 = addProduct(a3, value, v128.load(d - 3 * bytes));
    a4 = addProduct(a4, value, v128.load(d - 4 * bytes));
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
