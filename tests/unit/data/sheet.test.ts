import { expect, test } from "vitest";
import { createBuiltinDataset, type Dataset, sampleSheet } from "../../../src/data";

test("shows one column a class and four rows", () => {
  const dataset = createBuiltinDataset({ train: 100, validation: 10 });
  const { pixels, width, height } = sampleSheet(dataset);
  expect([width, height, pixels.length]).toEqual([320, 128, 320 * 128 * 4]);
  // Row 2, column 7 is the third image of class 7: number 27.
  for (const [x, y] of [
    [0, 0],
    [31, 31],
    [5, 20],
  ] as const) {
    const from = ((27 * 32 + y) * 32 + x) * 3;
    const to = ((2 * 32 + y) * width + 7 * 32 + x) * 4;
    expect([...pixels.subarray(to, to + 4)]).toEqual([...dataset.train.pixels.subarray(from, from + 3), 255]);
  }
});

test("shows grey images grey and leaves missing ones transparent", () => {
  const images = { pixels: new Uint8Array(2 * 64).fill(90), labels: Uint16Array.of(1, 12), count: 2 };
  const shape = { height: 8, width: 8, channels: 1, classes: 13 } as const;
  const dataset: Dataset = { name: "", hash: "", ...shape, train: images, validation: images };
  const { pixels, width, height } = sampleSheet(dataset);
  expect([width, height]).toEqual([80, 32]);
  expect([...pixels.subarray(8 * 4, 9 * 4)]).toEqual([90, 90, 90, 255]);
  expect([...pixels.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
});
