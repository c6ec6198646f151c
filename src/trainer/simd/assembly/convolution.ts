/**
 * k x k convolutions, SAME padding, any stride: image by image, with a border of zeros around it. In a row of the image
 * the k pixels under the kernel are one run of k * channels numbers, so a row of the output is a matrix product over k
 * such runs and nothing is gathered.
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
import { packPanels, packTransposed, product } from "./gemm";
import { addMoments, beginMoments } from "./norm";
import { Layer, Source } from "./records";
import { beginGateSums } from "./source";
import { addTransposedProduct } from "./transposedGemm";

/** Bytes of scratch that either direction needs. */
export function convolveScratch(layer: Layer): usize {
  const weights = layer.kernel * layer.kernel * layer.source.channels * layer.norm.channels;
  const output = layer.outHeight * layer.outWidth * layer.norm.channels;
  return ((weights + output) << 2) + 3 * borderedBytes(layer);
}

/** norm.raw = source convolved with weights [k, k, in, out], and the norm's moments while training. */
export function convolve(layer: Layer, images: usize, training: bool, scratch: usize): void {
  const norm = layer.norm;
  const bytes = layer.source.channels << 2;
  const run = layer.kernel * layer.source.channels;
  const depth = layer.kernel * run;
  const width = layer.outWidth;
  const outPitch = norm.channels << 2;
  const pitch = borderedWidth(layer) * bytes;
  const piece = outRowsOfPiece(layer);
  const panels = scratch;
  const values = panels + depth * outPitch;
  const firstValue = values + layer.top * pitch + layer.left * bytes;
  packPanels(layer.weights, depth, norm.channels, panels);
  memory.fill(values, 0, borderedBytes(layer));
  for (let i: usize = 0; i < images; i++) {
    const image = layer.reversed ? images - 1 - i : i;
    let out = norm.raw + image * layer.outHeight * layer.outWidth * outPitch;
    let loaded: usize = 0;
    for (let row: usize = 0; row < layer.outHeight; row += piece) {
      const end = min<usize>(row + piece, layer.outHeight);
      const needed = rowsSeen(layer, end);
      loadRows(layer.source, image, loaded, needed, firstValue, pitch);
      loaded = needed;
      const start = out;
      for (let y = row; y < end; y++) {
        const a = values + y * layer.stride * pitch;
        const step = layer.stride * bytes;
        product(width, a, step, layer.kernel, pitch, run, panels, norm.channels, out, outPitch, false);
        out += width * outPitch;
      }
      if (!training) continue;
      if (i + row === 0) beginMoments(norm, start);
      addMoments(norm, start, (end - row) * width);
    }
  }
}

/** From norm.gradient: the gradient of the weights, and that of the source, delivered. */
export function convolveBackward(layer: Layer, images: usize, scratch: usize): void {
  const source = layer.source;
  const norm = layer.norm;
  const bytes = source.channels << 2;
  const run = layer.kernel * source.channels;
  const outPitch = norm.channels << 2;
  const outRow = layer.outWidth * outPitch;
  const runBytes = run * outPitch;
  const weightBytes = layer.kernel * runBytes;
  const pitch = borderedWidth(layer) * bytes;
  const step = layer.stride * bytes;
  const bordered = borderedBytes(layer);
  const piece = outRowsOfPiece(layer);
  const origin = layer.top * pitch + layer.left * bytes;
  const panels = scratch;
  const gradients = panels + weightBytes;
  const values = gradients + layer.outHeight * outRow;
  const found = values + bordered;
  const cropped = found + bordered;

  for (let ky: usize = 0; ky < layer.kernel; ky++) {
    packTransposed(layer.weights + ky * runBytes, run, norm.channels, panels + ky * runBytes);
  }
  memory.fill(layer.weightGradient, 0, weightBytes);
  memory.fill(values, 0, bordered);
  beginGateSums(source, images);
  for (let i: usize = 0; i < images; i++) {
    const image = layer.reversed ? i : images - 1 - i;
    let loaded: usize = 0;
    let delivered: usize = 0;
    if (source.gradient) memory.fill(found, 0, bordered);
    for (let row: usize = 0; row < layer.outHeight; row += piece) {
      const end = min<usize>(row + piece, layer.outHeight);
      const needed = rowsSeen(layer, end);
      loadRows(source, image, loaded, needed, values + origin, pitch);
      loaded = needed;
      loadRawGradient(layer, image, row, end, gradients, outRow);
      for (let y = row; y < end; y++) {
        const d = gradients + y * outRow;
        for (let ky: usize = 0; ky < layer.kernel; ky++) {
          const at = (y * layer.stride + ky) * pitch;
          const w = layer.weightGradient + ky * runBytes;
          addTransposedProduct(layer.outWidth, values + at, step, run, d, outPitch, norm.channels, w);
          if (!source.gradient) continue;
          const b = panels + ky * runBytes;
          product(layer.outWidth, d, outPitch, 1, 0, norm.channels, b, run, found + at, step, true);
        }
      }
      if (!source.gradient) continue;
      const complete = rowsComplete(layer, end);
      cropRows(source, delivered, complete, found + origin, pitch, cropped);
      deliverRows(source, image, delivered, complete, cropped, values + origin, pitch);
      delivered = complete;
    }
  }
}

/** Takes the border off rows `first` to `end` of an image: to [height, width, channels]. */
function cropRows(source: Source, first: usize, end: usize, from: usize, pitch: usize, to: usize): void {
  const rowBytes = (source.width * source.channels) << 2;
  for (let row = first; row < end; row++) memory.copy(to + row * rowBytes, from + row * pitch, rowBytes);
}
