/** Squeeze-and-excite (Hu et al. 2018): what touches the whole image. Its two small dense layers are in `dense.ts`. */
import { addProduct } from "./gemm";
import { receive } from "./norm";
import { Source } from "./records";
import { loadPixels, rowsOfPiece } from "./source";

/** means [images, channels] of the source's values over height and width. */
export function squeeze(source: Source, images: usize, means: usize, scratch: usize): void {
  const bytes = source.channels << 2;
  const pixels = source.height * source.width;
  const piece = rowsOfPiece(bytes);
  const share = f32x4.splat(1 / <f32>pixels);
  memory.fill(means, 0, images * bytes);
  for (let image: usize = 0; image < images; image++) {
    for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
      const count = min<usize>(piece, pixels - pixel);
      const values = loadPixels(source, image * pixels + pixel, count, scratch);
      for (let channel: usize = 0; channel < bytes; channel += 16) {
        let sum = f32x4.splat(0);
        const end = values + count * bytes;
        for (let at = values + channel; at < end; at += bytes) sum = f32x4.add(sum, v128.load(at));
        const to = means + channel;
        v128.store(to, addProduct(v128.load(to), sum, share));
      }
    }
    means += bytes;
  }
}

/**
 * dGates [images, channels]: the sum over an image of values times `gradient`, the gradient by the gated values. The
 * source has no gates here.
 */
export function gateGradient(source: Source, images: usize, gradient: usize, dGates: usize, scratch: usize): void {
  const bytes = source.channels << 2;
  const pixels = source.height * source.width;
  const piece = rowsOfPiece(bytes);
  memory.fill(dGates, 0, images * bytes);
  for (let image: usize = 0; image < images; image++) {
    for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
      const count = min<usize>(piece, pixels - pixel);
      const values = loadPixels(source, image * pixels + pixel, count, scratch);
      const toGradient = gradient - values;
      for (let channel: usize = 0; channel < bytes; channel += 16) {
        let sum = f32x4.splat(0);
        const end = values + count * bytes;
        for (let at = values + channel; at < end; at += bytes) {
          sum = addProduct(sum, v128.load(at), v128.load(at + toGradient));
        }
        v128.store(dGates + channel, f32x4.add(v128.load(dGates + channel), sum));
      }
      gradient += count * bytes;
    }
    dGates += bytes;
  }
}

/**
 * The norm before the gates receives gradient * gate + dMean / pixels. gates and dMeans are [images, channels]; the
 * result may take the place of `gradient`.
 */
export function squeezeBackward(
  source: Source,
  images: usize,
  gradient: usize,
  gates: usize,
  dMeans: usize,
  scratch: usize,
): void {
  const norm = source.norm;
  if (!norm) return;
  const bytes = source.channels << 2;
  const pixels = source.height * source.width;
  const piece = rowsOfPiece(bytes);
  const share = f32x4.splat(1 / <f32>pixels);
  for (let image: usize = 0; image < images; image++) {
    for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
      const count = min<usize>(piece, pixels - pixel);
      const at = (image * pixels + pixel) * bytes;
      const toScratch = scratch - (gradient + at);
      for (let channel: usize = 0; channel < bytes; channel += 16) {
        const gate = v128.load(gates + channel);
        const mean = f32x4.mul(v128.load(dMeans + channel), share);
        const end = gradient + at + count * bytes;
        for (let from = gradient + at + channel; from < end; from += bytes) {
          v128.store(from + toScratch, addProduct(mean, v128.load(from), gate));
        }
      }
      receive(norm, scratch, source.data + at, count, source.gradient + at);
    }
    gates += bytes;
    dMeans += bytes;
  }
}
