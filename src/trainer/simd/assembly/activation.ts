/** Activations that no convolution fuses: of arrays, and of a whole source; counts are multiples of 4. */
import { hardGate, logistic } from "./elementwise";
import { clamp } from "./norm";
import { Source } from "./records";
import { deliverPixels, loadPixels, rowsOfPiece } from "./source";

/** What the planner names an activation by. */
namespace Kind {
  export const RELU: usize = 0;
  export const RELU6: usize = 1;
  export const SWISH: usize = 2;
}

/** y = f(x); y may be x. */
export function activate(kind: usize, x: usize, count: usize, y: usize): void {
  const end = x + (count << 2);
  const zero = f32x4.splat(0);
  if (kind === Kind.RELU) {
    for (; x < end; x += 16, y += 16) v128.store(y, f32x4.pmax(v128.load(x), zero));
  } else if (kind === Kind.RELU6) {
    for (; x < end; x += 16, y += 16) v128.store(y, clamp(v128.load(x), zero, f32x4.splat(6)));
  } else if (kind === Kind.SWISH) {
    for (; x < end; x += 16, y += 16) v128.store(y, f32x4.mul(v128.load(x), logistic(v128.load(x))));
  } else {
    for (; x < end; x += 16, y += 16) v128.store(y, f32x4.mul(v128.load(x), hardGate(v128.load(x))));
  }
}

/** dx = dy f'(x), zero where f bends; dx may be dy, and for ReLU and ReLU6 x may be f(x). */
export function activateBackward(kind: usize, x: usize, count: usize, dy: usize, dx: usize): void {
  const end = x + (count << 2);
  if (kind === Kind.RELU || kind === Kind.RELU6) {
    const zero = f32x4.splat(0);
    const high = f32x4.splat(kind === Kind.RELU ? Infinity : 6);
    for (; x < end; x += 16, dy += 16, dx += 16) {
      const value = v128.load(x);
      const open = v128.and(f32x4.gt(value, zero), f32x4.lt(value, high));
      v128.store(dx, v128.and(v128.load(dy), open));
    }
  } else if (kind === Kind.SWISH) {
    for (; x < end; x += 16, dy += 16, dx += 16) v128.store(dx, f32x4.mul(v128.load(dy), swishSlope(v128.load(x))));
  } else {
    for (; x < end; x += 16, dy += 16, dx += 16) v128.store(dx, f32x4.mul(v128.load(dy), hardSwishSlope(v128.load(x))));
  }
}

/** s + x s (1 - s), with s the sigmoid of x. */
function swishSlope(x: v128): v128 {
  const s = logistic(x);
  return f32x4.add(s, f32x4.mul(f32x4.mul(x, s), f32x4.sub(f32x4.splat(1), s)));
}

/** 0 below -3, 1 above 3, and x / 3 + 1/2 between them. */
function hardSwishSlope(x: v128): v128 {
  const three = f32x4.splat(3);
  const inside = v128.and(f32x4.gt(x, f32x4.neg(three)), f32x4.lt(x, three));
  return f32x4.add(hardGate(x), v128.and(f32x4.mul(x, f32x4.splat(1.0 / 6.0)), inside));
}

/** to = f(values of the source), [images, height, width, channels]. */
export function activateSource(kind: usize, source: Source, images: usize, to: usize, scratch: usize): void {
  const channels = source.channels;
  const piece = rowsOfPiece(channels << 2);
  const pixels = images * source.height * source.width;
  for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
    const count = min<usize>(piece, pixels - pixel);
    const x = loadPixels(source, pixel, count, scratch);
    activate(kind, x, count * channels, to + ((pixel * channels) << 2));
  }
}

/** Hands `gradient` by the activated values over to the source. Scratch for two pieces. */
export function activateSourceBackward(
  kind: usize,
  source: Source,
  images: usize,
  gradient: usize,
  scratch: usize,
): void {
  const channels = source.channels;
  const piece = rowsOfPiece(channels << 2);
  const pixels = images * source.height * source.width;
  const found = scratch + ((piece * channels) << 2);
  for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
    const count = min<usize>(piece, pixels - pixel);
    const x = loadPixels(source, pixel, count, scratch);
    activateBackward(kind, x, count * channels, gradient + ((pixel * channels) << 2), found);
    deliverPixels(source, pixel, count, found);
  }
}
