/** 1 x 1 convolutions with stride 1: matrix products over all pixels of a batch, in chunks that stay in L1. */
import { packPanels, packTransposed, product } from "./gemm";
import { addMoments, beginMoments } from "./norm";
import { rawGradient } from "./normGradient";
import { Layer } from "./records";
import { beginGateSums, deliverByValues, loadPixels } from "./source";
import { addTransposedProduct } from "./transposedGemm";

/** What the two sides of a chunk may take together: half of a small L1 cache, bytes. */
const CHUNK_BYTES: usize = 24576;

/** Pixels of a chunk, a multiple of 8 from 16 to 512. */
function chunkSize(channels: usize): usize {
  return max<usize>(16, min<usize>(512, (CHUNK_BYTES / (channels << 2)) & ~7));
}

/** Bytes of scratch that either direction needs. */
export function pointwiseScratch(layer: Layer): usize {
  const depth = layer.source.channels;
  const width = layer.norm.channels;
  const chunk = max<usize>(chunkSize(depth + width), chunkSize(2 * depth + width));
  return (depth * width + chunk * (2 * depth + width)) << 2;
}

/** norm.raw = values of the source times weights, and the norm's moments while training. */
export function pointwise(layer: Layer, images: usize, training: bool, scratch: usize): void {
  const source = layer.source;
  const norm = layer.norm;
  const depth = source.channels;
  const pitch = depth << 2;
  const outPitch = norm.channels << 2;
  const panels = scratch;
  const values = panels + depth * outPitch;
  packPanels(layer.weights, depth, norm.channels, panels);
  const chunk = chunkSize(depth + norm.channels);
  const pixels = images * source.height * source.width;
  const chunks = (pixels + chunk - 1) / chunk;
  for (let i: usize = 0; i < chunks; i++) {
    const first = (layer.reversed ? chunks - 1 - i : i) * chunk;
    const count = min<usize>(chunk, pixels - first);
    const a = loadPixels(source, first, count, values);
    const out = norm.raw + first * outPitch;
    product(count, a, pitch, 1, pitch, depth, panels, norm.channels, out, outPitch, false);
    if (!training) continue;
    if (i === 0) beginMoments(norm, out);
    addMoments(norm, out, count);
  }
}

/** From norm.gradient: the gradient of the weights, and that of the source, delivered. */
export function pointwiseBackward(layer: Layer, images: usize, scratch: usize): void {
  const source = layer.source;
  const norm = layer.norm;
  const depth = source.channels;
  const pitch = depth << 2;
  const outPitch = norm.channels << 2;
  const chunk = chunkSize(2 * depth + norm.channels);
  const panels = scratch;
  const values = panels + depth * outPitch;
  const gradients = values + chunk * pitch;
  const found = gradients + chunk * outPitch;
  packTransposed(layer.weights, depth, norm.channels, panels);
  memory.fill(layer.weightGradient, 0, depth * outPitch);
  const pixels = images * source.height * source.width;
  const chunks = (pixels + chunk - 1) / chunk;
  beginGateSums(source, images);
  for (let i: usize = 0; i < chunks; i++) {
    const first = (layer.reversed ? i : chunks - 1 - i) * chunk;
    const count = min<usize>(chunk, pixels - first);
    const at = first * outPitch;
    rawGradient(norm, norm.gradient + at, norm.raw + at, 1, count, gradients, 0);
    const a = loadPixels(source, first, count, values);
    addTransposedProduct(count, a, pitch, depth, gradients, outPitch, norm.channels, layer.weightGradient);
    if (!source.gradient) continue;
    product(count, gradients, outPitch, 1, outPitch, norm.channels, panels, depth, found, pitch, false);
    deliverByValues(source, first, 1, count, found, a, 0);
  }
}
