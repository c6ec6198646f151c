/**
 * Convolutions of any window, SAME padding, any stride: image by image, with a border of zeros around it. In a row of the
 * image the pixels under a row of the kernel are one run of columns * channels numbers, so a row of the output is a matrix
 * product over such runs and nothing is gathered. Under a dilated kernel every tap is a run of its own.
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

/** Runs of neighbouring numbers under a row of the kernel. */
function runsOfRow(layer: Layer): usize {
  return layer.dilation > 1 ? layer.columns : 1;
}

/** Numbers of a run. */
function runLength(layer: Layer): usize {
  return layer.dilation > 1 ? layer.source.channels : layer.columns * layer.source.channels;
}

/** Bytes of scratch that either direction needs. */
export function convolveScratch(layer: Layer): usize {
  const weights = layer.kernel * layer.columns * layer.source.channels * layer.norm.channels;
  const output = layer.outHeight * layer.outWidth * layer.norm.channels;
  return ((weights + output) << 2) + 3 * borderedBytes(layer);
}

/** norm.raw = source convolved with weights [kernel, columns, in, out], and the norm's moments while training. */
export function convolve(layer: Layer, images: usize, training: bool, scratch: usize): void {
  const norm = layer.norm;
  const bytes = layer.source.channels << 2;
  const width = layer.outWidth;
  const outPitch = norm.channels << 2;
  const pitch = borderedWidth(layer) * bytes;
  const piece = outRowsOfPiece(layer);
  const panels = scratch;
  const values = panels + layer.kernel * layer.columns * layer.source.channels * outPitch;
  const firstValue = values + layer.top * pitch + layer.left * bytes;
  packKernel(layer, panels);
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
        convolveRow(layer, values + y * layer.stride * pitch, pitch, panels, out);
        out += width * outPitch;
      }
      if (!training) continue;
      if (i + row === 0) beginMoments(norm, start);
      addMoments(norm, start, (end - row) * width);
    }
  }
}

/** Panels of the whole kernel, or of each of its rows where it is dilated. */
function packKernel(layer: Layer, panels: usize): void {
  const columns = layer.norm.channels;
  const depth = layer.columns * layer.source.channels;
  if (layer.dilation === 1) {
    packPanels(layer.weights, layer.kernel * depth, columns, panels);
    return;
  }
  const rowBytes = (depth * columns) << 2;
  for (let ky: usize = 0; ky < layer.kernel; ky++) {
    packPanels(layer.weights + ky * rowBytes, depth, columns, panels + ky * rowBytes);
  }
}

/** A row of the output from the bordered rows that begin at `a`. */
function convolveRow(layer: Layer, a: usize, pitch: usize, panels: usize, out: usize): void {
  const bytes = layer.source.channels << 2;
  const width = layer.outWidth;
  const columns = layer.norm.channels;
  const outPitch = columns << 2;
  const step = layer.stride * bytes;
  const run = runLength(layer);
  if (layer.dilation === 1) {
    product(width, a, step, layer.kernel, pitch, run, panels, columns, out, outPitch, false);
    return;
  }
  const jump = layer.dilation * bytes;
  for (let ky: usize = 0; ky < layer.kernel; ky++) {
    product(width, a, step, layer.columns, jump, run, panels, columns, out, outPitch, ky > 0);
    a += layer.dilation * pitch;
    panels += layer.columns * run * outPitch;
  }
}

/** From norm.gradient: the gradient of the weights, and that of the source, delivered. */
export function convolveBackward(layer: Layer, images: usize, scratch: usize): void {
  const source = layer.source;
  const norm = layer.norm;
  const bytes = source.channels << 2;
  const runs = runsOfRow(layer);
  const run = runLength(layer);
  const outPitch = norm.channels << 2;
  const outRow = layer.outWidth * outPitch;
  const runBytes = run * outPitch;
  const weightBytes = layer.kernel * runs * runBytes;
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

  for (let at: usize = 0; at < weightBytes; at += runBytes) {
    packTransposed(layer.weights + at, run, norm.channels, panels + at);
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
        for (let k: usize = 0; k < layer.kernel * runs; k++) {
          const at = (y * layer.stride + (k / runs) * layer.dilation) * pitch + (k % runs) * layer.dilation * bytes;
          const w = layer.weightGradient + k * runBytes;
          addTransposedProduct(layer.outWidth, values + at, step, run, d, outPitch, norm.channels, w);
          if (!source.gradient) continue;
          const b = panels + k * runBytes;
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
