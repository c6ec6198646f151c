/**
 * Depthwise k x k convolutions, SAME padding, any stride: image by image, with a border of zeros around it. The gradient
 * by the source is one such convolution, with stride 1, for each of the stride x stride classes of places that see the
 * same taps of the kernel; so one set of tiles serves both directions.
 */
import { borderedBytes, borderedWidth, loadRawGradient } from "./border";
import { addWeightGradient } from "./depthwiseGradient";
import { convolveRows } from "./depthwiseTiles";
import { addMoments, beginMoments } from "./norm";
import { Layer } from "./records";
import { deliverImage, loadImage, rowsOfPiece } from "./source";

/** Pixels of zeros around the gradients of an image: as far as a place of the source sees beyond them. */
function gradientBorder(layer: Layer): usize {
  return (layer.kernel - 1) / layer.stride;
}

/** Bytes of scratch that either direction needs. */
export function depthwiseScratch(layer: Layer): usize {
  const border = gradientBorder(layer) << 1;
  const gradients = (layer.outHeight + border) * (layer.outWidth + border);
  const image = layer.source.height * layer.source.width;
  const taps = layer.kernel * layer.kernel;
  return borderedBytes(layer) + (((taps + gradients + image) * layer.source.channels) << 2);
}

/** norm.raw = source convolved with weights [k, k, channels], and the norm's moments while training. */
export function depthwise(layer: Layer, images: usize, training: bool, scratch: usize): void {
  const norm = layer.norm;
  const columns = borderedWidth(layer);
  const bytes = norm.channels << 2;
  const outRow = layer.outWidth * bytes;
  const pitch = columns * bytes;
  const kernel = layer.kernel;
  const piece = rowsOfPiece(outRow);
  const values = scratch;
  memory.fill(values, 0, borderedBytes(layer));
  let out = norm.raw;
  for (let image: usize = 0; image < images; image++) {
    loadImage(layer.source, image, values, columns, layer.top, layer.left);
    for (let row: usize = 0; row < layer.outHeight; row += piece) {
      const rows = min<usize>(piece, layer.outHeight - row);
      const from = values + row * layer.stride * pitch;
      const weights = layer.weights;
      convolveRows(from, pitch, layer.stride, weights, kernel, kernel, bytes, out, bytes, outRow, rows, layer.outWidth);
      if (training) {
        if (out === norm.raw) beginMoments(norm);
        addMoments(norm, out, rows * layer.outWidth);
      }
      out += rows * outRow;
    }
  }
}

/** From norm.gradient: the gradient of the weights, and that of the source, delivered. */
export function depthwiseBackward(layer: Layer, images: usize, scratch: usize): void {
  const source = layer.source;
  const bytes = source.channels << 2;
  const columns = borderedWidth(layer);
  const border = gradientBorder(layer);
  const valuesPitch = columns * bytes;
  const pitch = (layer.outWidth + 2 * border) * bytes;
  const gradientBytes = (layer.outHeight + 2 * border) * pitch;
  const values = scratch;
  const firstValue = values + layer.top * valuesPitch + layer.left * bytes;
  const gradients = values + borderedBytes(layer);
  const firstGradient = gradients + border * (pitch + bytes);
  const weights = gradients + gradientBytes;
  const found = weights + layer.kernel * layer.kernel * bytes;

  memory.fill(layer.weightGradient, 0, layer.kernel * layer.kernel * bytes);
  memory.fill(values, 0, borderedBytes(layer));
  memory.fill(gradients, 0, gradientBytes);
  for (let image: usize = 0; image < images; image++) {
    loadRawGradient(layer, image, firstGradient, pitch);
    loadImage(source, image, values, columns, layer.top, layer.left);
    addWeightGradient(layer, values, valuesPitch, firstGradient, pitch);
    if (!source.gradient) continue;
    let classWeights = weights;
    for (let y: usize = 0; y < layer.stride; y++) {
      for (let x: usize = 0; x < layer.stride; x++) {
        classWeights += convolveClass(layer, y, x, image === 0, firstGradient, pitch, classWeights, found);
      }
    }
    deliverImage(source, image, found, firstValue, valuesPitch);
  }
}

/**
 * The gradient at the places (y + i stride, x + j stride) of one image: a convolution with the taps that reach them,
 * mirrored, which are first gathered at `weights` when `gather` is set. Returns the bytes of these taps.
 */
function convolveClass(
  layer: Layer,
  y: usize,
  x: usize,
  gather: bool,
  firstGradient: usize,
  pitch: usize,
  weights: usize,
  found: usize,
): usize {
  const source = layer.source;
  const stride = layer.stride;
  const bytes = source.channels << 2;
  const firstRow = (y + layer.top) % stride;
  const firstColumn = (x + layer.left) % stride;
  const rows = (layer.kernel - firstRow + stride - 1) / stride;
  const columns = (layer.kernel - firstColumn + stride - 1) / stride;
  for (let tap: usize = 0; gather && tap < rows * columns; tap++) {
    const ky = firstRow + (rows - 1 - tap / columns) * stride;
    const kx = firstColumn + (columns - 1 - (tap % columns)) * stride;
    memory.copy(weights + tap * bytes, layer.weights + (ky * layer.kernel + kx) * bytes, bytes);
  }
  // The gradient under the first tap, which may lie in the border: what is negative wraps around, and back.
  const top = (y + layer.top - firstRow) / stride + 1 - rows;
  const left = (x + layer.left - firstColumn) / stride + 1 - columns;
  const from = firstGradient + top * pitch + left * bytes;
  const rowBytes = source.width * bytes;
  const to = found + y * rowBytes + x * bytes;
  const height = (source.height - y + stride - 1) / stride;
  const width = (source.width - x + stride - 1) / stride;
  convolveRows(from, pitch, 1, weights, rows, columns, bytes, to, stride * bytes, stride * rowBytes, height, width);
  return rows * columns * bytes;
}
