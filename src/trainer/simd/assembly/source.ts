/** How layers read their source, and give it its gradient. */
import { normalise, receive, receiveByValues } from "./norm";
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
  } else storeOrAdd(source, first, rows * count, found);
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

/** What is worked on at once where an image is larger: a share of a small L1 cache, bytes. */
export const PIECE_BYTES: usize = 12288;

/** Rows of `rowBytes` bytes that make a piece; at least one. */
export function rowsOfPiece(rowBytes: usize): usize {
  return max<usize>(1, PIECE_BYTES / rowBytes);
}

/** One image's values with zeros around them: [rows, columns, channels], the image from row `top`, column `left` on. */
export function loadImage(source: Source, image: usize, to: usize, columns: usize, top: usize, left: usize): void {
  const bytes = source.channels << 2;
  const rowBytes = source.width * bytes;
  const pitch = columns * bytes;
  const norm = source.norm;
  const gates = source.gates ? source.gates + image * bytes : 0;
  let from = source.data + image * source.height * rowBytes;
  to += top * pitch + left * bytes;
  const piece = norm ? rowsOfPiece(rowBytes) : 1;
  for (let row: usize = 0; row < source.height; row += piece) {
    const rows = min<usize>(piece, source.height - row);
    if (norm) normalise(norm, from, rows, source.width, gates, to, pitch);
    else memory.copy(to, from, rowBytes);
    from += rows * rowBytes;
    to += rows * pitch;
  }
}

/**
 * Hands over one image's gradient [height, width, channels], piece by piece; `values` are those of the image's first
 * pixel as `loadImage` put them.
 */
export function deliverImage(source: Source, image: usize, found: usize, values: usize, pitch: usize): void {
  const rowBytes = (source.width * source.channels) << 2;
  const piece = rowsOfPiece(rowBytes);
  for (let row: usize = 0; row < source.height; row += piece) {
    const rows = min<usize>(piece, source.height - row);
    const first = (image * source.height + row) * source.width;
    deliverByValues(source, first, rows, source.width, found + row * rowBytes, values + row * pitch, pitch);
  }
}

/** Takes the border off an image that was found with one: to [height, width, channels]. */
export function cropImage(source: Source, from: usize, columns: usize, top: usize, left: usize, to: usize): void {
  const bytes = source.channels << 2;
  const rowBytes = source.width * bytes;
  from += (top * columns + left) * bytes;
  for (let row = source.height; row > 0; row--) {
    memory.copy(to, from, rowBytes);
    from += columns * bytes;
    to += rowBytes;
  }
}
