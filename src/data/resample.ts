import type { Images } from "./dataset";

/** Shape of every image of a set, px. */
export interface ImageShape {
  height: number;
  width: number;
  channels: number;
}

/** Which input pixels make one output pixel along one axis: from `start`, one weight each, summing to 1. */
interface Taps {
  start: number;
  weights: readonly number[];
}

/**
 * Scales every image to a square of `size` px, bytes [n, size, size, channels]. The centre square of an oblong image is
 * taken, so that the aspect ratio is kept and no pixel is invented. Shrinking averages over areas, enlarging
 * interpolates bilinearly between pixel centres. Images that fit already are returned as they are, not copied.
 */
export function resample(images: Images, shape: ImageShape, size: number): Images {
  const { height, width, channels } = shape;
  if (height === size && width === size) return images;
  const side = Math.min(height, width);
  const down = axisTaps(Math.floor((height - side) / 2), side, size);
  const across = axisTaps(Math.floor((width - side) / 2), side, size);
  const pixels = new Uint8Array(images.count * size * size * channels);
  const rows = new Float64Array(height * size * channels);
  for (let i = 0; i < images.count; i++) {
    const source = images.pixels.subarray(i * height * width * channels, (i + 1) * height * width * channels);
    const target = pixels.subarray(i * size * size * channels, (i + 1) * size * size * channels);
    scaleAcross(source, rows, shape, across);
    scaleDown(rows, target, size * channels, down);
  }
  return { pixels, labels: images.labels, count: images.count };
}

function axisTaps(offset: number, side: number, size: number): Taps[] {
  const taps = side > size ? areaTaps : bilinearTaps;
  return Array.from({ length: size }, (_, i) => {
    const { start, weights } = taps(i, side, size);
    return { start: start + offset, weights };
  });
}

/** Output pixel i covers the input from i * side / size to (i + 1) * side / size. */
function areaTaps(i: number, side: number, size: number): Taps {
  const start = Math.floor((i * side) / size);
  const end = Math.ceil(((i + 1) * side) / size);
  const weights: number[] = [];
  for (let j = start; j < end; j++) {
    // In units of 1 / size of an input pixel, where both ends are whole numbers.
    const overlap = Math.min((j + 1) * size, (i + 1) * side) - Math.max(j * size, i * side);
    weights.push(overlap / side);
  }
  return { start, weights };
}

function bilinearTaps(i: number, side: number, size: number): Taps {
  const centre = Math.min(Math.max(((i + 0.5) * side) / size - 0.5, 0), side - 1);
  const start = Math.min(Math.floor(centre), Math.max(side - 2, 0));
  const share = centre - start;
  return share === 0 ? { start, weights: [1] } : { start, weights: [1 - share, share] };
}

/** [height, width, channels] to [height, size, channels]. */
function scaleAcross(source: Uint8Array, rows: Float64Array, { height, width, channels }: ImageShape, taps: Taps[]) {
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (const { start, weights } of taps) {
      const from = (y * width + start) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) {
          sum += (source[from + k * channels + c] as number) * (weights[k] as number);
        }
        rows[at++] = sum;
      }
    }
  }
}

/** [height, row] to [size, row], rounded to bytes. */
function scaleDown(rows: Float64Array, target: Uint8Array, row: number, taps: Taps[]) {
  let at = 0;
  for (const { start, weights } of taps) {
    for (let x = 0; x < row; x++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) {
        sum += (rows[(start + k) * row + x] as number) * (weights[k] as number);
      }
      target[at++] = Math.floor(sum + 0.5);
    }
  }
}
