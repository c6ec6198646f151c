/** Products of a transposed matrix: gradients of weights. */
import { addProduct, store4, store8 } from "./gemm";

/**
 * w [rows, columns] += aᵀ d, summed over `count` rows of a and d: the gradient of weights. columns is a multiple of 4;
 * rows may be any number, and up to three numbers past the end of a row of a are read and not used.
 */
export function addTransposedProduct(
  count: usize,
  a: usize,
  aPitch: usize,
  rows: usize,
  d: usize,
  dPitch: usize,
  columns: usize,
  w: usize,
): void {
  const wPitch = columns << 2;
  for (let row: usize = 0; row < rows; row += 4) {
    const left = rows - row;
    for (let column: usize = 0; column < columns; column += 8) {
      const to = w + row * wPitch + (column << 2);
      if (columns - column >= 8) {
        transposed8(count, a + (row << 2), aPitch, d + (column << 2), dPitch, to, wPitch, left);
      } else {
        transposed4(count, a + (row << 2), aPitch, d + (column << 2), dPitch, to, wPitch, left);
      }
    }
  }
}

function transposed8(
  count: usize,
  a: usize,
  aPitch: usize,
  d: usize,
  dPitch: usize,
  w: usize,
  wPitch: usize,
  left: usize,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (; count > 0; count--) {
    const d0 = v128.load(d);
    const d1 = v128.load(d, 16);
    let x = v128.load_splat<f32>(a);
    c00 = addProduct(c00, x, d0);
    c01 = addProduct(c01, x, d1);
    x = v128.load_splat<f32>(a, 4);
    c10 = addProduct(c10, x, d0);
    c11 = addProduct(c11, x, d1);
    x = v128.load_splat<f32>(a, 8);
    c20 = addProduct(c20, x, d0);
    c21 = addProduct(c21, x, d1);
    x = v128.load_splat<f32>(a, 12);
    c30 = addProduct(c30, x, d0);
    c31 = addProduct(c31, x, d1);
    a += aPitch;
    d += dPitch;
  }
  store8(w, c00, c01, true);
  if (left > 1) store8(w + wPitch, c10, c11, true);
  if (left > 2) store8(w + 2 * wPitch, c20, c21, true);
  if (left > 3) store8(w + 3 * wPitch, c30, c31, true);
}

function transposed4(
  count: usize,
  a: usize,
  aPitch: usize,
  d: usize,
  dPitch: usize,
  w: usize,
  wPitch: usize,
  left: usize,
): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  for (; count > 0; count--) {
    const d0 = v128.load(d);
    c0 = addProduct(c0, v128.load_splat<f32>(a), d0);
    c1 = addProduct(c1, v128.load_splat<f32>(a, 4), d0);
    c2 = addProduct(c2, v128.load_splat<f32>(a, 8), d0);
    c3 = addProduct(c3, v128.load_splat<f32>(a, 12), d0);
    a += aPitch;
    d += dPitch;
  }
  store4(w, c0, true);
  if (left > 1) store4(w + wPitch, c1, true);
  if (left > 2) store4(w + 2 * wPitch, c2, true);
  if (left > 3) store4(w + 3 * wPitch, c3, true);
}
