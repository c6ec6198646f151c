/** k x k maximum with SAME padding, places outside not counted, of finished values. */
import { start } from "./pooling";
import { Deliver, Layer } from "./records";

/** to [images, outHeight, outWidth, channels]. */
export function maxPool(layer: Layer, images: usize, to: usize): void {
  const source = layer.source;
  const bytes = source.channels << 2;
  const pitch = source.width * bytes;
  let from = source.data;
  for (let image: usize = 0; image < images; image++) {
    for (let y: usize = 0; y < layer.outHeight; y++) {
      const top = from + start(y * layer.stride, layer.top) * pitch;
      const bottom = from + min<usize>(y * layer.stride + layer.kernel - layer.top, source.height) * pitch;
      for (let x: usize = 0; x < layer.outWidth; x++) {
        const left = start(x * layer.stride, layer.left) * bytes;
        const right = min<usize>(x * layer.stride + layer.kernel - layer.left, source.width) * bytes;
        for (let channel: usize = 0; channel < bytes; channel += 16) {
          let largest = v128.load(top + left + channel);
          for (let row = top + channel; row < bottom; row += pitch) {
            for (let at = row + left; at < row + right; at += bytes) {
              largest = f32x4.pmax(largest, v128.load(at));
            }
          }
          v128.store(to + channel, largest);
        }
        to += bytes;
      }
    }
    from += source.height * pitch;
  }
}

/**
 * The gradient of a window, [images, outHeight, outWidth, channels], goes to its first largest place, row by row from the
 * top: which one that was is looked for again.
 */
export function maxPoolBackward(layer: Layer, images: usize, gradient: usize): void {
  const source = layer.source;
  const bytes = source.channels << 2;
  const pitch = source.width * bytes;
  const toGradient = source.gradient - source.data;
  let from = source.data;
  if (source.deliver === Deliver.STORE) memory.fill(source.gradient, 0, images * source.height * pitch);
  for (let image: usize = 0; image < images; image++) {
    for (let y: usize = 0; y < layer.outHeight; y++) {
      const top = from + start(y * layer.stride, layer.top) * pitch;
      const bottom = from + min<usize>(y * layer.stride + layer.kernel - layer.top, source.height) * pitch;
      for (let x: usize = 0; x < layer.outWidth; x++) {
        const left = start(x * layer.stride, layer.left) * bytes;
        const right = min<usize>(x * layer.stride + layer.kernel - layer.left, source.width) * bytes;
        for (let channel: usize = 0; channel < bytes; channel += 16) {
          let largest = v128.load(top + left + channel);
          let places = i32x4.splat(<i32>(top + left + channel));
          for (let row = top + channel; row < bottom; row += pitch) {
            for (let at = row + left; at < row + right; at += bytes) {
              const value = v128.load(at);
              const larger = f32x4.gt(value, largest);
              largest = v128.bitselect(value, largest, larger);
              places = v128.bitselect(i32x4.splat(<i32>at), places, larger);
            }
          }
          const slope = gradient + channel;
          addTo(<usize>i32x4.extract_lane(places, 0) + toGradient, load<f32>(slope));
          addTo(<usize>i32x4.extract_lane(places, 1) + toGradient + 4, load<f32>(slope, 4));
          addTo(<usize>i32x4.extract_lane(places, 2) + toGradient + 8, load<f32>(slope, 8));
          addTo(<usize>i32x4.extract_lane(places, 3) + toGradient + 12, load<f32>(slope, 12));
        }
        gradient += bytes;
      }
    }
    from += source.height * pitch;
  }
}

function addTo(at: usize, value: f32): void {
  store<f32>(at, load<f32>(at) + value);
}
