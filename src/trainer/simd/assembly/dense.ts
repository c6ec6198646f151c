/** Fully connected layers, of a classifier or inside squeeze-and-excite: one row an image. */
import { packPanels, packTransposed, product } from "./gemm";
import { addTransposedProduct } from "./transposedGemm";

/** y [rows, outputs] = x [rows, inputs] kernel [inputs, outputs] + bias [outputs]; sizes are multiples of 4. */
export function dense(
  rows: usize,
  x: usize,
  inputs: usize,
  kernel: usize,
  bias: usize,
  outputs: usize,
  y: usize,
  scratch: usize,
): void {
  const pitch = outputs << 2;
  packPanels(kernel, inputs, outputs, scratch);
  for (let row: usize = 0; row < rows; row++) memory.copy(y + row * pitch, bias, pitch);
  product(rows, x, inputs << 2, 1, 0, inputs, scratch, outputs, y, pitch, true);
}

/** From dy [rows, outputs]: the gradients of kernel and bias, and dx [rows, inputs] unless that is 0. */
export function denseBackward(
  rows: usize,
  x: usize,
  inputs: usize,
  kernel: usize,
  outputs: usize,
  dy: usize,
  kernelGradient: usize,
  biasGradient: usize,
  dx: usize,
  scratch: usize,
): void {
  const pitch = outputs << 2;
  memory.fill(kernelGradient, 0, inputs * pitch);
  addTransposedProduct(rows, x, inputs << 2, inputs, dy, pitch, outputs, kernelGradient);
  for (let column: usize = 0; column < pitch; column += 16) {
    let sum = f32x4.splat(0);
    for (let row: usize = 0; row < rows; row++) sum = f32x4.add(sum, v128.load(dy + row * pitch + column));
    v128.store(biasGradient + column, sum);
  }
  if (!dx) return;
  packTransposed(kernel, inputs, outputs, scratch);
  product(rows, dy, pitch, 1, 0, outputs, scratch, inputs, dx, inputs << 2, false);
}
