/** How layers read pixels of their source, and give it its gradient. */
import { addProduct } from "./gemm";
import { normalise } from "./norm";
import { receive, receiveByValues } from "./normGradient";
import { Deliver, Source } from "./records";

/** Address of the values of `count` pixels from pixel `first` of the batch on: `scratch`, or where they are already. */
export function loadPixels(source: Source, first: usize, count: usize, scratch: usize): usize {
  const bytes = source.channels << 2;
  const norm = source.norm;
  if (!norm) return source.data + first * bytes;
  const pixels = source.height * source.width;
  let to = scratch;
  while (count > 0) {
    const image = first / pixels;
    // Gates differ from image to image.
    const run = source.gates ? min<usize>(count, (image + 1) * pixels - first) : count;
    const gates = source.gates ? source.gates + image * bytes : 0;
    normalise(norm, source.data + first * bytes, 1, run, gates, to, 0);
    to += run * bytes;
    first += run;
    count -= run;
  }
  return scratch;
}

/** Hands over the gradient by `count` pixels' values, [count, channels] at `found`. */
export function deliverPixels(source: Source, first: usize, count: usize, found: usize): void {
  const bytes = source.channels << 2;
  const norm = source.norm;
  if (source.deliver === Deliver.RECEIVE && norm) {
    receive(norm, found, source.data + first * bytes, count, source.gradient + first * bytes);
  } else storeOrAdd(source, first, count, found);
}

/** As `deliverPixels`, with the values that were loaded: [rows, count, channels], rows `pitch` bytes apart. */
export function deliverByValues(
  source: Source,
  first: usize,
  rows: usize,
  count: usize,
  found: usize,
  values: usize,
  pitch: usize,
): void {
  const bytes = source.channels << 2;
  const norm = source.norm;
  if (source.deliver === Deliver.RECEIVE && norm) {
    const to = source.gradient + first * bytes;
    receiveByValues(norm, found, source.data + first * bytes, values, rows, count, pitch, to);
    return;
  }
  if (source.gateSums) {
    for (let row: usize = 0; row < rows; row++) {
      addGateSums(source, first + row * count, count, found + row * count * bytes, values + row * pitch);
    }
  }
  storeOrAdd(source, first, rows * count, found);
}

/** gateSums += gradient times gated values of `count` pixels from pixel `first` of the batch on, image by image. */
export function addGateSums(source: Source, first: usize, count: usize, gradient: usize, values: usize): void {
  const bytes = source.channels << 2;
  const pixels = source.height * source.width;
  while (count > 0) {
    const image = first / pixels;
    const run = min<usize>(count, (image + 1) * pixels - first);
    const to = source.gateSums + image * bytes;
    const end = values + run * bytes;
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      let sum = f32x4.splat(0);
      let d = gradient + channel;
      for (let at = values + channel; at < end; at += bytes, d += bytes) {
        sum = addProduct(sum, v128.load(at), v128.load(d));
      }
      v128.store(to + channel, f32x4.add(v128.load(to + channel), sum));
    }
    gradient += run * bytes;
    values += run * bytes;
    first += run;
    count -= run;
  }
}

/** Before the gradients of a source with gates are delivered. */
export function beginGateSums(source: Source, images: usize): void {
  if (source.gateSums) memory.fill(source.gateSums, 0, (images * source.channels) << 2);
}

function storeOrAdd(source: Source, first: usize, count: usize, found: usize): void {
  const bytes = source.channels << 2;
  const to = source.gradient + first * bytes;
  if (source.deliver !== Deliver.ADD) {
    memory.copy(to, found, count * bytes);
    return;
  }
  const end = to + count * bytes;
  for (let at = to; at < end; at += 16) {
    v128.store(at, f32x4.add(v128.load(at), v128.load(found)));
    found += 16;
  }
}

/** What is worked on at once where an activation is larger: a share of a small L1 cache, bytes. */
export const PIECE_BYTES: usize = 12288;

/** Rows (or pixels) of `rowBytes` bytes that make a piece; at least one. */
export function rowsOfPiece(rowBytes: usize): usize {
  return max<usize>(1, PIECE_BYTES / rowBytes);
}
