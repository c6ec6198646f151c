/** Channels of several values side by side. They need not come in fours, so most pixels are not aligned. */
import { Source } from "./records";
import { deliverPixels, loadPixels, rowsOfPiece } from "./source";

/** The first `channels` channels of the source's pixels go to `to`, where pixels are `pitch` bytes apart. */
export function joinChannels(
  source: Source,
  channels: usize,
  images: usize,
  to: usize,
  pitch: usize,
  scratch: usize,
): void {
  const bytes = source.channels << 2;
  const piece = rowsOfPiece(bytes);
  const pixels = images * source.height * source.width;
  for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
    const count = min<usize>(piece, pixels - pixel);
    copyPixels(loadPixels(source, pixel, count, scratch), bytes, count, channels, to, pitch);
    to += count * pitch;
  }
}

/** Hands the gradient by `joinChannels`' pixels, which are `pitch` bytes apart, over to the source. Scratch for a piece. */
export function splitChannels(
  source: Source,
  channels: usize,
  images: usize,
  gradient: usize,
  pitch: usize,
  scratch: usize,
): void {
  const bytes = source.channels << 2;
  const piece = rowsOfPiece(bytes);
  const pixels = images * source.height * source.width;
  memory.fill(scratch, 0, min<usize>(piece, pixels) * bytes);
  for (let pixel: usize = 0; pixel < pixels; pixel += piece) {
    const count = min<usize>(piece, pixels - pixel);
    copyPixels(gradient, pitch, count, channels, scratch, bytes);
    deliverPixels(source, pixel, count, scratch);
    gradient += count * pitch;
  }
}

function copyPixels(from: usize, fromPitch: usize, count: usize, channels: usize, to: usize, toPitch: usize): void {
  const whole = (channels & ~3) << 2;
  const end = channels << 2;
  for (; count > 0; count--) {
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < end; at += 4) store<f32>(to + at, load<f32>(from + at));
    from += fromPitch;
    to += toPitch;
  }
}
