/**
 * Images with a border of zeros, row by row. Layers that look through a window work on some rows at a time, so that what
 * was just loaded is still in cache when it is used, and the next rows are under way meanwhile.
 */
import { normalise } from "./norm";
import { rawGradient } from "./normGradient";
import { Layer, Source } from "./records";
import { deliverByValues, rowsOfPiece } from "./source";

/** Rows that a window reaches over: its taps and the places between them. */
function windowHeight(layer: Layer): usize {
  return (layer.kernel - 1) * layer.dilation + 1;
}

function windowWidth(layer: Layer): usize {
  return (layer.columns - 1) * layer.dilation + 1;
}

/** Columns of an image with its border: all that a row of windows sees. */
export function borderedWidth(layer: Layer): usize {
  return max<usize>(layer.left + layer.source.width, (layer.outWidth - 1) * layer.stride + windowWidth(layer));
}

/** Bytes of one image of the source with its border, and of one more pixel: tiles may read past the end of a row. */
export function borderedBytes(layer: Layer): usize {
  const height = max<usize>(
    layer.top + layer.source.height,
    (layer.outHeight - 1) * layer.stride + windowHeight(layer),
  );
  return ((height * borderedWidth(layer) + 1) * layer.source.channels) << 2;
}

/** Rows of the output that make a piece. */
export function outRowsOfPiece(layer: Layer): usize {
  return rowsOfPiece((layer.outWidth * layer.norm.channels) << 2);
}

/** Rows of the source that the first `outRows` rows of the output see. */
export function rowsSeen(layer: Layer, outRows: usize): usize {
  return min<usize>(layer.source.height, (outRows - 1) * layer.stride + windowHeight(layer) - layer.top);
}

/** Rows of the source whose gradient is complete when that of the first `outRows` rows of the output is known. */
export function rowsComplete(layer: Layer, outRows: usize): usize {
  if (outRows === layer.outHeight) return layer.source.height;
  const known = outRows * layer.stride;
  return known > layer.top ? known - layer.top : 0;
}

/** Loads the values of rows `first` to `end` of an image; its first pixel belongs at `to`, rows `pitch` bytes apart. */
export function loadRows(source: Source, image: usize, first: usize, end: usize, to: usize, pitch: usize): void {
  if (first >= end) return;
  const bytes = source.channels << 2;
  const rowBytes = source.width * bytes;
  const norm = source.norm;
  const gates = source.gates ? source.gates + image * bytes : 0;
  const from = source.data + (image * source.height + first) * rowBytes;
  to += first * pitch;
  if (norm) normalise(norm, from, end - first, source.width, gates, to, pitch);
  else
    for (let row: usize = 0; row < end - first; row++) memory.copy(to + row * pitch, from + row * rowBytes, rowBytes);
}

/** Loads the gradient by rows `first` to `end` of a layer's raw output, as `loadRows` does. */
export function loadRawGradient(layer: Layer, image: usize, first: usize, end: usize, to: usize, pitch: usize): void {
  const norm = layer.norm;
  const at = ((image * layer.outHeight + first) * layer.outWidth * norm.channels) << 2;
  const gradient = norm.gradient + at;
  to += first * pitch;
  if (norm.coefficients) {
    rawGradient(norm, gradient, norm.raw + at, end - first, layer.outWidth, to, pitch);
    return;
  }
  const rowBytes = (layer.outWidth * norm.channels) << 2;
  for (let row: usize = 0; row < end - first; row++) memory.copy(to + row * pitch, gradient + row * rowBytes, rowBytes);
}

/**
 * Hands over the gradient of rows `first` to `end` of an image, which is [height, width, channels] at `found`; `values`
 * are where `loadRows` put the image's first pixel.
 */
export function deliverRows(
  source: Source,
  image: usize,
  first: usize,
  end: usize,
  found: usize,
  values: usize,
  pitch: usize,
): void {
  if (first >= end) return;
  const at = found + ((first * source.width * source.channels) << 2);
  const pixel = (image * source.height + first) * source.width;
  deliverByValues(source, pixel, end - first, source.width, at, values + first * pitch, pitch);
}
