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
      if (layer.stride === 1 && kernel > 1) groupedTaps(kernel, width, from, pitch, bytes, d, to);
      else anyTaps(kernel, width, from, pitch, step, bytes, d, to);
    }
  }
}

/** All taps with stride 1 along one row, in groups of three or two rows by three or two columns: 5 is 3 and 2. */
function groupedTaps(kernel: usize, width: usize, from: usize, pitch: usize, bytes: usize, d: usize, to: usize): void {
  const toPitch = kernel * bytes;
  let ky: usize = 0;
  while (ky < kernel) {
    const rows = groupOf(kernel - ky);
    let kx: usize = 0;
    while (kx < kernel) {
      const columns = groupOf(kernel - kx);
      const x = from + ky * pitch + kx * bytes;
      const tap = to + ky * toPitch + kx * bytes;
      if (rows === 3 && columns === 3) taps3x3(width, x, pitch, bytes, d, tap, toPitch);
      else if (rows === 3) taps3x2(width, x, pitch, bytes, d, tap, toPitch);
      else if (columns === 3) taps2x3(width, x, pitch, bytes, d, tap, toPitch);
      else taps2x2(width, x, pitch, bytes, d, tap, toPitch);
      kx += columns;
    }
    ky += rows;
  }
}

/** Size of the first group of an odd or even number of taps. */
function groupOf(taps: usize): usize {
  return taps & 1 ? 3 : 2;
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
 * Nine taps along one row: a value is loaded once for the three gradients that it meets, which move on from name to
 * name. The row of gradients is entered and left through zeros.
 */
function taps3x3(width: usize, x: usize, pitch: usize, bytes: usize, d: usize, to: usize, toPitch: usize): void {
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
  to += toPitch;
  addTo(to, a10);
  addTo(to + bytes, a11);
  addTo(to + 2 * bytes, a12);
  to += toPitch;
  addTo(to, a20);
  addTo(to + bytes, a21);
  addTo(to + 2 * bytes, a22);
}

/** As `taps3x3`, of two columns. */
function taps3x2(width: usize, x: usize, pitch: usize, bytes: usize, d: usize, to: usize, toPitch: usize): void {
  let a00 = f32x4.splat(0);
  let a01 = a00;
  let a10 = a00;
  let a11 = a00;
  let a20 = a00;
  let a21 = a00;
  let d1 = a00;
  for (let left = width + 1; left > 0; left--) {
    const d0 = v128.load(d);
    let value = v128.load(x);
    a00 = addProduct(a00, value, d0);
    a01 = addProduct(a01, value, d1);
    value = v128.load(x + pitch);
    a10 = addProduct(a10, value, d0);
    a11 = addProduct(a11, value, d1);
    value = v128.load(x + 2 * pitch);
    a20 = addProduct(a20, value, d0);
    a21 = addProduct(a21, value, d1);
    d1 = d0;
    d += bytes;
    x += bytes;
  }
  addTo(to, a00);
  addTo(to + bytes, a01);
  to += toPitch;
  addTo(to, a10);
  addTo(to + bytes, a11);
  to += toPitch;
  addTo(to, a20);
  addTo(to + bytes, a21);
}

/** As `taps3x3`, of two rows. */
function taps2x3(width: usize, x: usize, pitch: usize, bytes: usize, d: usize, to: usize, toPitch: usize): void {
  let a00 = f32x4.splat(0);
  let a01 = a00;
  let a02 = a00;
  let a10 = a00;
  let a11 = a00;
  let a12 = a00;
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
    d2 = d1;
    d1 = d0;
    d += bytes;
    x += bytes;
  }
  addTo(to, a00);
  addTo(to + bytes, a01);
  addTo(to + 2 * bytes, a02);
  to += toPitch;
  addTo(to, a10);
  addTo(to + bytes, a11);
  addTo(to + 2 * bytes, a12);
}

/** As `taps3x3`, of two rows and two columns. */
function taps2x2(width: usize, x: usize, pitch: usize, bytes: usize, d: usize, to: usize, toPitch: usize): void {
  let a00 = f32x4.splat(0);
  let a01 = a00;
  let a10 = a00;
  let a11 = a00;
  let d1 = a00;
  for (let left = width + 1; left > 0; left--) {
    const d0 = v128.load(d);
    let value = v128.load(x);
    a00 = addProduct(a00, value, d0);
    a01 = addProduct(a01, value, d1);
    value = v128.load(x + pitch);
    a10 = addProduct(a10, value, d0);
    a11 = addProduct(a11, value, d1);
    d1 = d0;
    d += bytes;
    x += bytes;
  }
  addTo(to, a00);
  addTo(to + bytes, a01);
  to += toPitch;
  addTo(to, a10);
  addTo(to + bytes, a11);
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
