/** Pooling and sums of two branches. */
import { Deliver, Layer, Source } from "./records";
import { deliverPixels, loadPixels, rowsOfPiece } from "./source";

/** The source gets dMeans [images, channels] / pixels at each of its places. */
export function globalPoolBackward(source: Source, images: usize, dMeans: usize, scratch: usize): void {
  const bytes = source.channels << 2;
  const pixels = source.height * source.width;
  const piece = rowsOfPiece(bytes);
  const share = f32x4.splat(1 / <f32>pixels);
  for (let image: usize = 0; image < images; image++) {
    const count = min<usize>(piece, pixels);
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      const mean = f32x4.mul(v128.load(dMeans + channel), share);
      const end = scratch + count * bytes;
      for (let to = scratch + channel; to < end; to += bytes) v128.store(to, mean);
    }
    for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
      deliverPixels(source, image * pixels + pixel, min<usize>(piece, pixels - pixel), scratch);
    }
    dMeans += bytes;
  }
}

/** to = values of a + values of b, both [images, height, width, channels]. */
export function addSources(a: Source, b: Source, images: usize, to: usize, scratch: usize): void {
  const bytes = a.channels << 2;
  const piece = rowsOfPiece(bytes);
  const pixels = images * a.height * a.width;
  for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
    const count = min<usize>(piece, pixels - pixel);
    let x = loadPixels(a, pixel, count, scratch);
    let y = loadPixels(b, pixel, count, scratch + piece * bytes);
    const end = to + count * bytes;
    for (; to < end; to += 16) {
      v128.store(to, f32x4.add(v128.load(x), v128.load(y)));
      x += 16;
      y += 16;
    }
  }
}

/** to = values of the source: for what cannot normalise while it loads. */
export function storeValues(source: Source, images: usize, to: usize): void {
  const bytes = source.channels << 2;
  const piece = rowsOfPiece(bytes);
  const pixels = images * source.height * source.width;
  for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
    loadPixels(source, pixel, min<usize>(piece, pixels - pixel), to + pixel * bytes);
  }
}

/** Hands `gradient` [images, height, width, channels] over to the source. */
export function deliverGradient(source: Source, images: usize, gradient: usize): void {
  const bytes = source.channels << 2;
  const piece = rowsOfPiece(bytes);
  const pixels = images * source.height * source.width;
  for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
    deliverPixels(source, pixel, min<usize>(piece, pixels - pixel), gradient + pixel * bytes);
  }
}

/**
 * k x k average with SAME padding, places outside not counted (as in TensorFlow), of finished values:
 * to [images, outHeight, outWidth, channels].
 */
export function averagePool(layer: Layer, images: usize, to: usize): void {
  const source = layer.source;
  const bytes = source.channels << 2;
  const pitch = source.width * bytes;
  let from = source.data;
  for (let image: usize = 0; image < images; image++) {
    for (let y: usize = 0; y < layer.outHeight; y++) {
      const firstRow = start(y * layer.stride, layer.top);
      const endRow = min<usize>(y * layer.stride + layer.kernel - layer.top, source.height);
      for (let x: usize = 0; x < layer.outWidth; x++) {
        const firstColumn = start(x * layer.stride, layer.left);
        const endColumn = min<usize>(x * layer.stride + layer.kernel - layer.left, source.width);
        const share = f32x4.splat(1 / <f32>((endRow - firstRow) * (endColumn - firstColumn)));
        for (let channel: usize = 0; channel < bytes; channel += 16) {
          let sum = f32x4.splat(0);
          for (let row = firstRow; row < endRow; row++) {
            for (let column = firstColumn; column < endColumn; column++) {
              sum = f32x4.add(sum, v128.load(from + row * pitch + column * bytes + channel));
            }
          }
          v128.store(to + channel, f32x4.mul(sum, share));
        }
        to += bytes;
      }
    }
    from += source.height * pitch;
  }
}

/** Spreads `gradient` [images, outHeight, outWidth, channels] over the places of the source. */
export function averagePoolBackward(layer: Layer, images: usize, gradient: usize): void {
  const source = layer.source;
  const bytes = source.channels << 2;
  const pitch = source.width * bytes;
  let to = source.gradient;
  if (source.deliver === Deliver.STORE) memory.fill(to, 0, images * source.height * pitch);
  for (let image: usize = 0; image < images; image++) {
    for (let y: usize = 0; y < layer.outHeight; y++) {
      const firstRow = start(y * layer.stride, layer.top);
      const endRow = min<usize>(y * layer.stride + layer.kernel - layer.top, source.height);
      for (let x: usize = 0; x < layer.outWidth; x++) {
        const firstColumn = start(x * layer.stride, layer.left);
        const endColumn = min<usize>(x * layer.stride + layer.kernel - layer.left, source.width);
        const share = f32x4.splat(1 / <f32>((endRow - firstRow) * (endColumn - firstColumn)));
        for (let channel: usize = 0; channel < bytes; channel += 16) {
          const part = f32x4.mul(v128.load(gradient + channel), share);
          for (let row = firstRow; row < endRow; row++) {
            for (let column = firstColumn; column < endColumn; column++) {
              const at = to + row * pitch + column * bytes + channel;
              v128.store(at, f32x4.add(v128.load(at), part));
            }
          }
        }
        gradient += bytes;
      }
    }
    to += source.height * pitch;
  }
}

/** First place of a window in the image. */
export function start(at: usize, border: usize): usize {
  return at > border ? at - border : 0;
}
