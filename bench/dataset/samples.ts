import { writeFileSync } from "node:fs";
import { createBuiltinDataset, difficulties, sampleSheet } from "../../src/data";
import { pngOf } from "./png";

/** Of the four of a sheet. */
const rows = 2;

/** Writes two rows of samples of each difficulty as one PNG, the easiest on top. */
export function writeSamples(path: string): void {
  const sheets = difficulties.map((difficulty) => {
    const dataset = createBuiltinDataset({ difficulty, train: 200, validation: 0 });
    return { ...sampleSheet(dataset), top: rows * dataset.height };
  });
  const [{ width, top } = { width: 0, top: 0 }] = sheets;
  const pixels = new Uint8ClampedArray(4 * width * top * sheets.length);
  sheets.forEach((sheet, i) => {
    pixels.set(sheet.pixels.subarray(0, 4 * width * top), 4 * width * top * i);
  });
  writeFileSync(path, pngOf(pixels, width, top * sheets.length));
}
