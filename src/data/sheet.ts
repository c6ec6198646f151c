import type { Dataset } from "./dataset";

interface SampleSheet {
  /** RGBA bytes [height, width, 4]. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

const mostColumns = 10;
const rows = 4;

/** Training images side by side: one column a class (the first ten), four rows; transparent where a class has fewer. */
export function sampleSheet({ train, height, width, channels, classes }: Dataset): SampleSheet {
  const columns = Math.min(classes, mostColumns);
  const sheet = { width: columns * width, height: rows * height };
  const pixels = new Uint8ClampedArray(sheet.width * sheet.height * 4);
  const filled = new Array<number>(columns).fill(0);
  train.labels.forEach((label, index) => {
    const row = filled[label];
    if (row === undefined || row === rows) return;
    filled[label] = row + 1;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = ((index * height + y) * width + x) * channels;
        const to = ((row * height + y) * sheet.width + label * width + x) * 4;
        for (let c = 0; c < 3; c++) pixels[to + c] = train.pixels[from + (channels === 3 ? c : 0)] as number;
        pixels[to + 3] = 255;
      }
    }
  });
  return { pixels, ...sheet };
}
