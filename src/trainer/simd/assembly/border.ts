import { addMoments, rawGradient } from "./norm";
import { Layer } from "./records";
import { rowsOfPiece } from "./source";

/** Columns of an image with its border: all that a row of windows sees. */
export function borderedWidth(layer: Layer): usize {
  return max<usize>(layer.left + layer.source.width, (layer.outWidth - 1) * layer.stride + layer.kernel);
}

/** Rows of an image with its border. */
export function borderedHeight(layer: Layer): usize {
  return max<usize>(layer.top + layer.source.height, (layer.outHeight - 1) * layer.stride + layer.kernel);
}

/** Bytes of one image of the source with its border, and of one more pixel: tiles may read past the end of a row. */
export function borderedBytes(layer: Layer): usize {
  return ((borderedHeight(layer) * borderedWidth(layer) + 1) * layer.source.channels) << 2;
}

/** Adds one image of a layer's output to the moments, piece by piece. */
export function addImageMoments(layer: Layer, image: usize): void {
  const rowBytes = (layer.outWidth * layer.norm.channels) << 2;
  const piece = rowsOfPiece(rowBytes);
  const from = layer.norm.raw + image * layer.outHeight * rowBytes;
  for (let row: usize = 0; row < layer.outHeight; row += piece) {
    const rows = min<usize>(piece, layer.outHeight - row);
    addMoments(layer.norm, from + row * rowBytes, rows * layer.outWidth);
  }
}

/** The gradient by one image of a layer's raw output, its rows `pitch` bytes apart from `to` on. */
export function loadRawGradient(layer: Layer, image: usize, to: usize, pitch: usize): void {
  const norm = layer.norm;
  const rowBytes = (layer.outWidth * norm.channels) << 2;
  const piece = rowsOfPiece(rowBytes);
  const at = image * layer.outHeight * rowBytes;
  for (let row: usize = 0; row < layer.outHeight; row += piece) {
    const rows = min<usize>(piece, layer.outHeight - row);
    const from = at + row * rowBytes;
    rawGradient(norm, norm.gradient + from, norm.raw + from, rows, layer.outWidth, to + row * pitch, pitch);
  }
}
