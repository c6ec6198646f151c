/**
 * k x k convolutions, SAME padding, any stride: image by image, with a border of zeros around it. In a row of the image
 * the k pixels under the kernel are one run of k * channels numbers, so a row of the output is a matrix product over k
 * such runs and nothing is gathered.
 */
import { addImageMoments, borderedBytes, borderedWidth, loadRawGradient } from "./border";
import { addTransposedProduct, packPanels, packTransposed, product } from "./gemm";
import { beginMoments } from "./norm";
import { Layer } from "./records";
import { cropImage, deliverImage, loadImage } from "./source";

/** Bytes of scratch that either direction needs. */
export function convolveScratch(layer: Layer): usize {
  const weights = layer.kernel * layer.kernel * layer.source.channels * layer.norm.channels;
  const output = layer.outHeight * layer.outWidth * layer.norm.channels;
  return ((weights + output) << 2) + 3 * borderedBytes(layer);
}

/** norm.raw = source convolved with weights [k, k, in, out], and the norm's moments while training. */
export function convolve(layer: Layer, images: usize, training: bool, scratch: usize): void {
  const norm = layer.norm;
  const run = layer.kernel * layer.source.channels;
  const depth = layer.kernel * run;
  const outPitch = norm.channels << 2;
  const columns = borderedWidth(layer);
  const rowPitch = (columns * layer.source.channels) << 2;
  const pixelPitch = (layer.stride * layer.source.channels) << 2;
  const panels = scratch;
  const values = panels + depth * outPitch;
  packPanels(layer.weights, depth, norm.channels, panels);
  memory.fill(values, 0, borderedBytes(layer));
  let out = norm.raw;
  for (let image: usize = 0; image < images; image++) {
    loadImage(layer.source, image, values, columns, layer.top, layer.left);
    for (let row: usize = 0; row < layer.outHeight; row++) {
      const a = values + row * layer.stride * rowPitch;
      const width = layer.outWidth;
      product(width, a, pixelPitch, layer.kernel, rowPitch, run, panels, norm.channels, out, outPitch, false);
      out += width * outPitch;
    }
    if (!training) continue;
    if (image === 0) beginMoments(norm);
    addImageMoments(layer, image);
  }
}

/** From norm.gradient: the gradient of the weights, and that of the source, delivered. */
export function convolveBackward(layer: Layer, images: usize, scratch: usize): void {
  const source = layer.source;
  const norm = layer.norm;
  const run = layer.kernel * source.channels;
  const outPitch = norm.channels << 2;
  const outRow = layer.outWidth * outPitch;
  const weightBytes = layer.kernel * run * outPitch;
  const runBytes = run * outPitch;
  const columns = borderedWidth(layer);
  const rowPitch = (columns * source.channels) << 2;
  const pixelPitch = (layer.stride * source.channels) << 2;
  const bordered = borderedBytes(layer);
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
  for (let image: usize = 0; image < images; image++) {
    loadRawGradient(layer, image, gradients, outRow);
    loadImage(source, image, values, columns, layer.top, layer.left);
    for (let row: usize = 0; row < layer.outHeight; row++) {
      const d = gradients + row * outRow;
      for (let ky: usize = 0; ky < layer.kernel; ky++) {
        const a = values + (row * layer.stride + ky) * rowPitch;
        const w = layer.weightGradient + ky * runBytes;
        addTransposedProduct(layer.outWidth, a, pixelPitch, run, d, outPitch, norm.channels, w);
      }
    }
    if (!source.gradient) continue;
    memory.fill(found, 0, bordered);
    for (let row: usize = 0; row < layer.outHeight; row++) {
      const d = gradients + row * outRow;
      for (let ky: usize = 0; ky < layer.kernel; ky++) {
        const c = found + (row * layer.stride + ky) * rowPitch;
        const b = panels + ky * runBytes;
        product(layer.outWidth, d, outPitch, 1, outPitch, norm.channels, b, run, c, pixelPitch, true);
      }
    }
    cropImage(source, found, columns, layer.top, layer.left, cropped);
    deliverImage(
      source,
      image,
      cropped,
      values + layer.top * rowPitch + ((layer.left * source.channels) << 2),
      rowPitch,
    );
  }
}
