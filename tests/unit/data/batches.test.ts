import { describe, expect, test } from "vitest";
import {
  type Batch,
  createBatches,
  createBuiltinDataset,
  type Dataset,
  prepare,
  validationBatches,
} from "../../../src/data";
import { stratifiedOrder } from "../../../src/data/stratify";

const builtin = createBuiltinDataset({ train: 300, validation: 100 });

/** Images of one grey pixel repeated: image i has the value i, so that a batch tells what it holds. */
function numbered(count: number, size = 8): Dataset {
  const pixels = Uint8Array.from({ length: count * size * size }, (_, i) => Math.floor(i / (size * size)));
  const images = { pixels, labels: Uint16Array.from({ length: count }, (_, i) => i % 3), count };
  return { name: "", hash: "", height: size, width: size, channels: 1, classes: 3, train: images, validation: images };
}

function numbersIn({ images, count }: Batch, { mean, deviation }: { mean: number[]; deviation: number[] }): number[] {
  const length = images.length / count;
  return Array.from({ length: count }, (_, i) =>
    Math.abs(Math.round((Number(images[i * length]) * Number(deviation[0]) + Number(mean[0])) * 255)),
  );
}

describe("training batches", () => {
  test("hold every image once an epoch, in a new order each", () => {
    const prepared = prepare(numbered(50), 8, 10);
    const batches = createBatches(prepared, 7, 1);
    const stream = Array.from({ length: 50 }, () => numbersIn(batches.next(), prepared)).flat();
    const epochs = Array.from({ length: 7 }, (_, e) => stream.slice(e * 50, (e + 1) * 50));
    for (const epoch of epochs)
      expect([...epoch].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(new Set(epochs.map(String)).size).toBe(epochs.length);
  });

  test("are larger than the data set where asked", () => {
    const prepared = prepare(numbered(5), 8, 5);
    const numbers = numbersIn(createBatches(prepared, 10, 1).next(), prepared);
    expect([...numbers].sort()).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  test("carry each image's own label", () => {
    const prepared = prepare(numbered(50), 8, 10);
    const batch = createBatches(prepared, 20, 3).next();
    expect([...batch.labels]).toEqual(numbersIn(batch, prepared).map((i) => i % 3));
  });

  test("come alike for a seed and differ between seeds", () => {
    const prepared = prepare(builtin, 32, 10);
    const first = (seed: number) => Array.from(createBatches(prepared, 8, seed).next().images);
    expect(first(5)).toEqual(first(5));
    expect(first(5)).not.toEqual(first(6));
  });

  test("are normalised: over an epoch each channel has mean 0 and deviation 1", () => {
    const batch = createBatches(prepare(builtin, 24, 10), 300, 1).next();
    for (let c = 0; c < 3; c++) {
      const values = batch.images.filter((_, i) => i % 3 === c);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
      expect(mean).toBeCloseTo(0, 4);
      expect(variance).toBeCloseTo(1, 4);
    }
  });

  test("stay finite where an image set has no contrast", () => {
    const dataset = numbered(20);
    dataset.train.pixels.fill(17);
    expect(
      createBatches(prepare(dataset, 8, 5), 4, 1)
        .next()
        .images.every(Number.isFinite),
    ).toBe(true);
  });
});

describe("validation batches", () => {
  test("hold each image once, in order, the last batch smaller", () => {
    const prepared = prepare(builtin, 32, 50);
    const labels: number[] = [];
    const counts: number[] = [];
    for (const batch of validationBatches(prepared, 16)) {
      expect(batch.images.length).toBe(batch.count * 32 * 32 * 3);
      labels.push(...batch.labels);
      counts.push(batch.count);
    }
    expect(counts).toEqual([16, 16, 16, 2]);
    expect(labels).toEqual([...prepared.validation.labels]);
  });

  test("are normalised by the training images, not by their own", () => {
    const dataset = numbered(20);
    dataset.validation = { ...dataset.validation, pixels: dataset.validation.pixels.slice().fill(255) };
    const prepared = prepare(dataset, 8, 5);
    const [batch] = [...validationBatches(prepared, 5)];
    expect(batch?.images[0]).toBeCloseTo((1 - Number(prepared.mean[0])) / Number(prepared.deviation[0]), 4);
  });
});

describe("stratified order", () => {
  test("has balanced classes in every beginning", () => {
    const prepared = prepare(builtin, 32, 37);
    const counts = new Array<number>(10).fill(0);
    for (const label of prepared.validation.labels) counts[label] = (counts[label] ?? 0) + 1;
    expect(prepared.validation.count).toBe(37);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  test("keeps the proportions of unequal classes, and every image", () => {
    const labels = Uint16Array.from({ length: 400 }, (_, i) => (i < 300 ? 0 : 1));
    const order = stratifiedOrder(labels, 2);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, i) => i));
    for (const n of [4, 40, 200]) {
      const second = order.subarray(0, n).filter((i) => labels[i] === 1).length;
      expect(Math.abs(second - n / 4)).toBeLessThanOrEqual(1);
    }
  });

  test("asks for no more images than there are", () => {
    expect(prepare(builtin, 32, 1_000_000).validation.count).toBe(100);
  });
});
