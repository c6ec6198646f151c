/**
 * Depthwise k x k convolutions, SAME padding, any stride: image by image, with a border of zeros around it. The gradient
 * by the source is one such convolution, with stride 1, for each of the stride x stride classes of places that see the
 * same taps of the kernel; so one set of tiles serves both directions.
 */
import {
  borderedBytes,
  borderedWidth,
  deliverRows,
  loadRawGradient,
  loadRows,
  outRowsOfPiece,
  rowsComplete,
  rowsSeen,
} from "./border";
import { addWeightGradient } from "./depthwiseGradient";
import { convolveRows } from "./depthwiseTiles";
import { addMoments, beginMoments } from "./norm";
import { Layer } from "./records";
import { beginGateSums } from "./source";

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
  const bytes = norm.channels << 2;
  const outRow = layer.outWidth * bytes;
  const pitch = borderedWidth(layer) * bytes;
  const kernel = layer.kernel;
  const piece = outRowsOfPiece(layer);
  const values = scratch;
  const firstValue = values + layer.top * pitch + layer.left * bytes;
  memory.fill(values, 0, borderedBytes(layer));
  for (let i: usize = 0; i < images; i++) {
    const image = layer.reversed ? images - 1 - i : i;
    let out = norm.raw + image * layer.outHeight * outRow;
    let loaded: usize = 0;
    for (let row: usize = 0; row < layer.outHeight; row += piece) {
      const end = min<usize>(row + piece, layer.outHeight);
      const rows = end - row;
      const needed = rowsSeen(layer, end);
      loadRows(layer.source, image, loaded, needed, firstValue, pitch);
      loaded = needed;
      const from = values + row * layer.stride * pitch;
      const weights = layer.weights;
      convolveRows(from, pitch, layer.stride, weights, kernel, kernel, bytes, out, bytes, outRow, rows, layer.outWidth);
      if (training) {
        if (i + row === 0) beginMoments(norm, out);
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
  const border = gradientBorder(layer);
  const valuesPitch = borderedWidth(layer) * bytes;
  const pitch = (layer.outWidth + 2 * border) * bytes;
  const gradientBytes = (layer.outHeight + 2 * border) * pitch;
  const piece = outRowsOfPiece(layer);
  const values = scratch;
  const firstValue = values + layer.top * valuesPitch + layer.left * bytes;
  const gradients = values + borderedBytes(layer);
  const firstGradient = gradients + border * (pitch + bytes);
  const weights = gradients + gradientBytes;
  const found = weights + layer.kernel * layer.kernel * bytes;

  gatherClasses(layer, weights);
  memory.fill(layer.weightGradient, 0, layer.kernel * layer.kernel * bytes);
  memory.fill(values, 0, borderedBytes(layer));
  memory.fill(gradients, 0, gradientBytes);
  beginGateSums(source, images);
  for (let i: usize = 0; i < images; i++) {
    const image = layer.reversed ? i : images - 1 - i;
    let loaded: usize = 0;
    let delivered: usize = 0;
    for (let row: usize = 0; row < layer.outHeight; row += piece) {
      const end = min<usize>(row + piece, layer.outHeight);
      const needed = rowsSeen(layer, end);
      loadRows(source, image, loaded, needed, firstValue, valuesPitch);
      loaded = needed;
      loadRawGradient(layer, image, row, end, firstGradient, pitch);
      addWeightGradient(layer, row, end, values, valuesPitch, firstGradient, pitch);
      if (!source.gradient) continue;
      const complete = rowsComplete(layer, end);
      convolveClasses(layer, delivered, complete, firstGradient, pitch, weights, found);
      deliverRows(source, image, delivered, complete, found, firstValue, valuesPitch);
      delivered = complete;
    }
  }
}

/** Whole steps of `stride` from `start` that lie before `end`. */
function stepsBefore(end: usize, start: usize, stride: usize): usize {
  return end > start ? (end - start + stride - 1) / stride : 0;
}

/** The taps that reach the places (y + i stride, x + j stride) of the source, mirrored, one class after the other. */
function gatherClasses(layer: Layer, to: usize): void {
  const stride = layer.stride;
  const bytes = layer.source.channels << 2;
  for (let y: usize = 0; y < stride; y++) {
    for (let x: usize = 0; x < stride; x++) {
      const firstRow = (y + layer.top) % stride;
      const firstColumn = (x + layer.left) % stride;
      const rows = stepsBefore(layer.kernel, firstRow, stride);
      const columns = stepsBefore(layer.kernel, firstColumn, stride);
      for (let tap: usize = 0; tap < rows * columns; tap++) {
        const ky = firstRow + (rows - 1 - tap / columns) * stride;
        const kx = firstColumn + (columns - 1 - (tap % columns)) * stride;
        memory.copy(to, layer.weights + (ky * layer.kernel + kx) * bytes, bytes);
        to += bytes;
      }
    }
  }
}

/** The gradient by rows `first` to `end` of one image at `found` [height, width, channels], class by class. */
function convolveClasses(
  layer: Layer,
  first: usize,
  end: usize,
  firstGradient: usize,
  pitch: usize,
  weights: usize,
  found: usize,
): void {
  const source = layer.source;
  const stride = layer.stride;
  const bytes = source.channels << 2;
  const step = stride * bytes;
  const rowBytes = source.width * bytes;
  for (let y: usize = 0; y < stride; y++) {
    const begin = stepsBefore(first, y, stride);
    const height = stepsBefore(end, y, stride) - begin;
    const firstRow = (y + layer.top) % stride;
    const rows = stepsBefore(layer.kernel, firstRow, stride);
    for (let x: usize = 0; x < stride; x++) {
      const width = stepsBefore(source.width, x, stride);
      const firstColumn = (x + layer.left) % stride;
      const columns = stepsBefore(layer.kernel, firstColumn, stride);
      // The gradient under the first tap, which may lie in the border: what is negative wraps around, and back.
      const top = (y + layer.top - firstRow) / stride + 1 - rows + begin;
      const left = (x + layer.left - firstColumn) / stride + 1 - columns;
      const from = firstGradient + top * pitch + left * bytes;
      const to = found + (y + begin * stride) * rowBytes + x * bytes;
      convolveRows(from, pitch, 1, weights, rows, columns, bytes, to, step, stride * rowBytes, height, width);
      weights += rows * columns * bytes;
    }
  }
}
