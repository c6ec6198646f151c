/** Squeeze-and-excite (Hu et al. 2018): what touches the whole image. Its two small dense layers are in `dense.ts`. */
import { addProduct } from "./gemm";
import { addToSums, clamp } from "./norm";
import { Source } from "./records";
import { addGateSums, beginGateSums, deliverPixels, loadPixels, rowsOfPiece } from "./source";

/** means [images, channels] of the source's values over height and width; gates are not applied. */
export function squeeze(source: Source, images: usize, means: usize): void {
  const bytes = source.channels << 2;
  const pixels = source.height * source.width;
  const share = f32x4.splat(1 / <f32>pixels);
  const norm = source.norm;
  const piece = rowsOfPiece(bytes) * bytes;
  const imageBytes = pixels * bytes;
  memory.fill(means, 0, images * bytes);
  for (let at: usize = 0; at < images * imageBytes; ) {
    const inImage = at % imageBytes;
    const run = min<usize>(piece, imageBytes - inImage);
    const from = source.data + at;
    const end = from + run;
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      let sum = f32x4.splat(0);
      if (norm) {
        const scale = v128.load(norm.scale + channel);
        const shift = v128.load(norm.shift + channel);
        const low = f32x4.splat(norm.low);
        const high = f32x4.splat(norm.high);
        for (let at = from + channel; at < end; at += bytes) {
          sum = f32x4.add(sum, clamp(addProduct(shift, v128.load(at), scale), low, high));
        }
      } else {
        for (let at = from + channel; at < end; at += bytes) sum = f32x4.add(sum, v128.load(at));
      }
      const to = means + channel;
      v128.store(to, addProduct(v128.load(to), sum, share));
    }
    at += run;
    if (inImage + run === imageBytes) means += bytes;
  }
}

/** The sums of the gates, from `gradient` by the gated values: for consumers that do not find them on their way. */
export function sumForGates(source: Source, images: usize, gradient: usize, scratch: usize): void {
  const bytes = source.channels << 2;
  const piece = rowsOfPiece(bytes);
  const pixels = images * source.height * source.width;
  beginGateSums(source, images);
  for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
    const count = min<usize>(piece, pixels - pixel);
    addGateSums(source, pixel, count, gradient + pixel * bytes, loadPixels(source, pixel, count, scratch));
  }
}

/**
 * Through the sigmoid of the gates: sums *= 1 - gate. The sums are of gradient times value times gate, and the slope of
 * the sigmoid is gate (1 - gate).
 */
export function gateBackward(gates: usize, count: usize, sums: usize): void {
  const one = f32x4.splat(1);
  const end = gates + (count << 2);
  for (; gates < end; gates += 16, sums += 16) {
    v128.store(sums, f32x4.mul(v128.load(sums), f32x4.sub(one, v128.load(gates))));
  }
}

/** As `gateBackward`, through the hard sigmoid: its slope is 1/6 where the gate is neither 0 nor 1. */
export function hardGateBackward(gates: usize, count: usize, sums: usize): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const six = f32x4.splat(6);
  const end = gates + (count << 2);
  for (; gates < end; gates += 16, sums += 16) {
    const gate = v128.load(gates);
    const open = v128.and(f32x4.gt(gate, zero), f32x4.lt(gate, one));
    v128.store(sums, v128.and(f32x4.div(v128.load(sums), f32x4.mul(gate, six)), open));
  }
}

/** to = values of a source that is not raw, times gates [images, channels]. */
export function gateValues(source: Source, images: usize, gates: usize, to: usize): void {
  const bytes = source.channels << 2;
  const imageBytes = source.height * source.width * bytes;
  let from = source.data;
  for (let image: usize = 0; image < images; image++) {
    for (const imageEnd = from + imageBytes; from < imageEnd; ) {
      const gatesEnd = gates + bytes;
      for (let gate = gates; gate < gatesEnd; gate += 16, from += 16, to += 16) {
        v128.store(to, f32x4.mul(v128.load(from), v128.load(gate)));
      }
    }
    gates += bytes;
  }
}

/** A source that is not raw gets gradient * gate + dMean / pixels. Scratch for a piece. */
export function gateValuesBackward(
  source: Source,
  images: usize,
  gradient: usize,
  gates: usize,
  dMeans: usize,
  scratch: usize,
): void {
  const bytes = source.channels << 2;
  const pixels = source.height * source.width;
  const share = f32x4.splat(1 / <f32>pixels);
  const piece = rowsOfPiece(bytes);
  for (let image: usize = 0; image < images; image++) {
    for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
      const count = min<usize>(piece, pixels - pixel);
      const end = scratch + count * bytes;
      for (let channel: usize = 0; channel < bytes; channel += 16) {
        const gate = v128.load(gates + channel);
        const dMean = f32x4.mul(v128.load(dMeans + channel), share);
        let at = gradient + channel;
        for (let to = scratch + channel; to < end; to += bytes, at += bytes) {
          v128.store(to, addProduct(dMean, v128.load(at), gate));
        }
      }
      deliverPixels(source, image * pixels + pixel, count, scratch);
      gradient += count * bytes;
    }
    gates += bytes;
    dMeans += bytes;
  }
}

/**
 * The norm before the gates receives gradient * gate + dMean / pixels, as `receive` does. gates and dMeans are
 * [images, channels]; the result may take the place of `gradient`.
 */
export function squeezeBackward(source: Source, images: usize, gradient: usize, gates: usize, dMeans: usize): void {
  const norm = source.norm;
  if (!norm) return;
  const bytes = source.channels << 2;
  const imageBytes = source.height * source.width * bytes;
  const share = f32x4.splat(1 / <f32>(source.height * source.width));
  const low = f32x4.splat(norm.low);
  const high = f32x4.splat(norm.high);
  const fromRaw = gradient - source.data;
  const toRaw = source.gradient - source.data;
  const piece = rowsOfPiece(bytes) * bytes;
  for (let image: usize = 0; image < images; image++) {
    const imageEnd = source.data + (image + 1) * imageBytes;
    for (let start = imageEnd - imageBytes; start < imageEnd; start += piece) {
      const end = min<usize>(start + piece, imageEnd);
      for (let channel: usize = 0; channel < bytes; channel += 16) {
        const scale = v128.load(norm.scale + channel);
        const shift = v128.load(norm.shift + channel);
        const mean = v128.load(norm.mean + channel);
        const gate = v128.load(gates + channel);
        const dMean = f32x4.mul(v128.load(dMeans + channel), share);
        let s = f32x4.splat(0);
        let p = s;
        for (let at = start + channel; at < end; at += bytes) {
          const raw = v128.load(at);
          const z = addProduct(shift, raw, scale);
          const open = v128.and(f32x4.gt(z, low), f32x4.lt(z, high));
          const found = v128.and(addProduct(dMean, v128.load(at + fromRaw), gate), open);
          s = f32x4.add(s, found);
          p = addProduct(p, found, f32x4.sub(raw, mean));
          v128.store(at + toRaw, found);
        }
        const sums = norm.sums + (channel << 1);
        addToSums(sums, s);
        addToSums(sums + (norm.channels << 3), p);
      }
    }
    gates += bytes;
    dMeans += bytes;
  }
}
