import { describe, expect, test } from "vitest";
import type { Augmentation } from "../../../src/core";
import { createBatches, createBuiltinDataset, type PreparedDataset, prepare } from "../../../src/data";
import { createAugmenter } from "../../../src/data/augment";

const none: Augmentation = { flip: false, shift: 0, cutout: 0 };

/** `count` images whose every number is another and none is 0: what comes out tells where it came from. */
function distinct(count: number, size: number, channels: number): Float32Array {
  return Float32Array.from({ length: count * size * size * channels }, (_, i) => i + 1);
}

function augmented(changes: Partial<Augmentation>, size: number, channels: number, seed = 1, count = 64) {
  const before = distinct(count, size, channels);
  const after = before.slice();
  createAugmenter({ ...none, ...changes }, { inputSize: size, channels }, seed)(after, count);
  const length = size * size * channels;
  return Array.from({ length: count }, (_, i) => ({
    before: before.subarray(i * length, (i + 1) * length),
    after: after.subarray(i * length, (i + 1) * length),
  }));
}

type Pixels = (x: number, y: number, c: number) => number;

/** An image from the number at each place; outside of the image there are zeros. */
function render(size: number, channels: number, at: Pixels): number[] {
  return Array.from({ length: size * size * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return at(pixel % size, Math.floor(pixel / size), i % channels);
  });
}

function pixelsOf(image: Float32Array, size: number, channels: number): Pixels {
  return (x, y, c) => (x < 0 || y < 0 || x >= size || y >= size ? 0 : (image[(y * size + x) * channels + c] as number));
}

/** The shift of an image whose numbers are all different, told from any number that is still there. */
function shiftOf(before: Float32Array, after: Float32Array, size: number, channels: number) {
  const to = after.findIndex((value) => value !== 0);
  const from = before.indexOf(after[to] as number);
  const x = (index: number) => Math.floor(index / channels) % size;
  const y = (index: number) => Math.floor(index / channels / size);
  return { right: x(to) - x(from), down: y(to) - y(from) };
}

describe.each([
  [6, 3],
  [7, 1],
])("of images of side %d with %d channels", (size, channels) => {
  test("flipping mirrors about half of them, left to right", () => {
    const pairs = augmented({ flip: true }, size, channels, 1, 400);
    let mirrored = 0;
    for (const { before, after } of pairs) {
      if (after.every((value, i) => value === before[i])) continue;
      const pixels = pixelsOf(before, size, channels);
      expect([...after]).toEqual(render(size, channels, (x, y, c) => pixels(size - 1 - x, y, c)));
      mirrored++;
    }
    expect(Math.abs(mirrored - 200)).toBeLessThan(50); // five deviations of 400 throws of a coin
  });

  test("flipping twice alike gives back what was", () => {
    const before = distinct(20, size, channels);
    const images = before.slice();
    for (let time = 0; time < 2; time++) {
      createAugmenter({ ...none, flip: true }, { inputSize: size, channels }, 5)(images, 20);
    }
    expect(images).toEqual(before);
  });

  test("shifting moves the content by whole pixels and lets zeros in", () => {
    for (const { before, after } of augmented({ shift: 2 }, size, channels)) {
      const { right, down } = shiftOf(before, after, size, channels);
      const pixels = pixelsOf(before, size, channels);
      expect([...after]).toEqual(render(size, channels, (x, y, c) => pixels(x - right, y - down, c)));
    }
  });

  test("cutting out clears a square, clipped at the border, and nothing else", () => {
    for (const { before, after } of augmented({ cutout: 3 }, size, channels)) {
      const cleared = [...after].flatMap((value, i) => (value === 0 ? [Math.floor(i / channels)] : []));
      const xs = cleared.map((pixel) => pixel % size);
      const ys = cleared.map((pixel) => Math.floor(pixel / size));
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      for (const [first, last] of [
        [left, right],
        [top, bottom],
      ] as const) {
        // The centre is in the image: less than the whole side only at a border.
        const side = last - first + 1;
        expect(side === 3 || (side === 2 && (first === 0 || last === size - 1))).toBe(true);
      }
      const pixels = pixelsOf(before, size, channels);
      const inside = (x: number, y: number) => x >= left && x <= right && y >= top && y <= bottom;
      expect([...after]).toEqual(render(size, channels, (x, y, c) => (inside(x, y) ? 0 : pixels(x, y, c))));
    }
  });
});

test("shifts are alike along both sides: each of the whole numbers from -shift to shift as often", () => {
  const shift = 2;
  const counts = new Map<string, number>();
  for (const { before, after } of augmented({ shift }, 8, 1, 3, 2500)) {
    const { right, down } = shiftOf(before, after, 8, 1);
    counts.set(`${right},${down}`, (counts.get(`${right},${down}`) ?? 0) + 1);
  }
  expect(counts.size).toBe(25);
  expect(chiSquare([...counts.values()], 100)).toBeLessThan(60); // 24 degrees of freedom: passed once in 10,000
});

test("the centre of what is cut out is anywhere in the image, each pixel as often", () => {
  const counts = new Array<number>(25).fill(0);
  for (const { after } of augmented({ cutout: 1 }, 5, 1, 3, 2500)) {
    const cleared = [...after].flatMap((value, pixel) => (value === 0 ? [pixel] : []));
    expect(cleared).toHaveLength(1);
    const [pixel] = cleared as [number];
    counts[pixel] = (counts[pixel] as number) + 1;
  }
  expect(chiSquare(counts, 100)).toBeLessThan(60);
});

test("a square of even side lies about its centre, and covers the area that it should", () => {
  const size = 8;
  const areas = augmented({ cutout: 4 }, size, 1, 3, 4000).map(({ after }) => after.filter((v) => v === 0).length);
  // Along one side: centre 0 to 7 covers centre - 2 to centre + 1, so 2, 3, 4, 4, 4, 4, 4, 3 px.
  const along = [2, 3, 4, 4, 4, 4, 4, 3];
  const mean = along.reduce((sum, px) => sum + px, 0) / size;
  expect(areas.reduce((sum, area) => sum + area, 0) / areas.length).toBeCloseTo(mean * mean, 0);
  expect(new Set(areas)).toEqual(new Set([4, 6, 8, 9, 12, 16]));
});

test("shifts and squares larger than the image do no harm", () => {
  for (const { after } of augmented({ shift: 32 }, 4, 3, 1, 200)) {
    expect(after.every((value) => Number.isInteger(value))).toBe(true);
  }
  for (const { after } of augmented({ cutout: 64 }, 4, 3)) expect(after.every((value) => value === 0)).toBe(true);
});

test("images beyond the count are left as they are, and images never leak into each other", () => {
  const before = distinct(6, 5, 3);
  const after = before.slice();
  createAugmenter({ flip: true, shift: 3, cutout: 2 }, { inputSize: 5, channels: 3 }, 1)(after, 4);
  expect(after.subarray(300)).toEqual(before.subarray(300));
  for (let i = 0; i < 4; i++) {
    const own = new Set([0, ...before.subarray(i * 75, (i + 1) * 75)]);
    expect([...after.subarray(i * 75, (i + 1) * 75)].every((value) => own.has(value))).toBe(true);
  }
});

describe("training batches with augmentation", () => {
  const prepared = prepare(createBuiltinDataset({ train: 40, validation: 10 }), 16, 10);
  const all: Augmentation = { flip: true, shift: 2, cutout: 4 };

  function stream(augmentation: Augmentation | undefined, seed = 9, data: PreparedDataset = prepared) {
    const batches = createBatches(data, 12, seed, augmentation);
    return Array.from({ length: 10 }, () => {
      const { images, labels } = batches.next();
      return { images: [...images], labels: [...labels] };
    });
  }

  test("come alike for a seed and differ between seeds", () => {
    expect(stream(all)).toEqual(stream(all));
    expect(stream(all)).not.toEqual(stream(all, 10));
  });

  test("are those without where all is off", () => {
    expect(stream(none)).toEqual(stream(undefined));
  });

  test("show the images in the same order as without", () => {
    // Images of one colour each, another for every image: one pixel that is not cleared tells which it is.
    const pixels = Uint8Array.from({ length: 40 * 16 * 16 * 3 }, (_, i) => 5 * Math.floor(i / (16 * 16 * 3)));
    const coloured = { ...prepared, train: { ...prepared.train, pixels } };
    const colours = (augmentation: Augmentation) =>
      stream(augmentation, 9, coloured).map(({ images, labels }) => [
        labels,
        Array.from({ length: 12 }, (_, i) => images.slice(i * 768, (i + 1) * 768).find((value) => value !== 0)),
      ]);
    expect(colours(all)).toEqual(colours(none));
  });

  test("vary an image anew each time it is used", () => {
    const single = { ...prepared, train: { ...prepared.train, count: 1 } };
    const [batch] = stream(all, 9, single);
    const images = Array.from({ length: 12 }, (_, i) => String(batch?.images.slice(i * 768, (i + 1) * 768)));
    expect(new Set(images).size).toBeGreaterThan(10);
  });
});

function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
