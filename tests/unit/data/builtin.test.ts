import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { measuredSet } from "../../../src/core";
import { builtinDifficulty, createBuiltinDataset, difficulties, type Images, isBuiltin } from "../../../src/data";
import { distanceAt, outlineOf } from "../../../src/data/builtin/outlines";
import { extent, shapes } from "../../../src/data/builtin/shapes";
import { channelStatistics } from "../../../src/data/statistics";

const bytes = 32 * 32 * 3;
const whole = createBuiltinDataset();

describe("the built-in data set", () => {
  test("is pinned to the byte", () => {
    expect(whole.hash).toBe("7c0a9f9a53dec63a3443c0c4d8e77596fdc278daa523c5462ec3956d619ede8f");
    expect([whole.train.count, whole.validation.count]).toEqual([8000, 4000]);
    // Other images need their noise between seeds measured anew.
    expect(measuredSet(whole.hash)?.name).toContain("built-in");
  });

  test("hashes pixels, then labels of two bytes, training first", () => {
    const hash = createHash("sha256");
    for (const { pixels, labels } of [whole.train, whole.validation]) {
      hash.update(pixels);
      for (const label of labels) hash.update(Buffer.from([label % 256, Math.floor(label / 256)]));
    }
    expect(whole.hash).toBe(hash.digest("hex"));
  });

  test("draws image i alike for any number of images", () => {
    const few = createBuiltinDataset({ train: 13, validation: 7 });
    expect(few.train.pixels).toEqual(whole.train.pixels.slice(0, 13 * bytes));
    expect(few.validation.pixels).toEqual(whole.validation.pixels.slice(0, 7 * bytes));
  });

  test("has as many images of each class in both splits", () => {
    expect(histogram(whole.train)).toEqual(new Array(10).fill(800));
    expect(histogram(whole.validation)).toEqual(new Array(10).fill(400));
    expect(new Set(whole.classNames).size).toBe(10);
  });

  test("never draws the same image twice, in either split", () => {
    const seen = new Set<string>();
    for (const { pixels, count } of [whole.train, whole.validation]) {
      for (let i = 0; i < count; i++)
        seen.add(Buffer.from(pixels.subarray(i * bytes, (i + 1) * bytes)).toString("latin1"));
    }
    expect(seen.size).toBe(12_000);
  });

  test("is another one for another seed", () => {
    const other = createBuiltinDataset({ train: 10, validation: 10, seed: 2 });
    expect(other.train.pixels).not.toEqual(whole.train.pixels.slice(0, 10 * bytes));
  });

  test("tells its progress up to 1", () => {
    const shares: number[] = [];
    createBuiltinDataset({ train: 1000, validation: 250, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test("cannot be told from colours: means and deviations of the channels stay near chance", () => {
    expect(nearestStatisticsAccuracy(whole.train, whole.validation)).toBeLessThan(0.2);
  });

  test("is known by its name, as are the sets of earlier versions, which cannot be drawn any more", () => {
    for (const difficulty of difficulties) {
      const { name } = createBuiltinDataset({ difficulty, train: 1, validation: 1 });
      expect(builtinDifficulty(name)).toBe(difficulty);
      expect(isBuiltin(name)).toBe(true);
    }
    expect(builtinDifficulty(whole.name)).toBe("medium");
    expect(builtinDifficulty("Shapes (built in)")).toBeUndefined();
    expect(isBuiltin("Shapes (built in)")).toBe(true);
    expect(isBuiltin("train-images-idx3-ubyte")).toBe(false);
  });

  test.each(shapes)("draws $name from a grid that agrees with its outline", ({ distance }) => {
    const outline = outlineOf(distance);
    for (let x = -1.37; x < extent; x += 0.083) {
      for (let y = -1.37; y < extent; y += 0.083) {
        // In pixels of the largest shape: a tenth of one.
        expect(14 * Math.abs(distanceAt(outline, x, y) - distance(x, y))).toBeLessThan(0.3);
      }
    }
    expect(distanceAt(outline, 5, -5)).toBeGreaterThan(0);
  });

  test("keeps every shape within its extent", () => {
    for (const { distance } of shapes) {
      for (let degree = 0; degree < 360; degree++) {
        const angle = (degree / 180) * Math.PI;
        expect(distance(extent * Math.cos(angle), extent * Math.sin(angle))).toBeGreaterThan(0);
      }
    }
  });

  test.each(shapes)("$name covers about as much as the others", ({ distance }) => {
    let inside = 0;
    for (let x = -1.5; x < 1.5; x += 0.01) for (let y = -1.5; y < 1.5; y += 0.01) if (distance(x, y) < 0) inside++;
    expect(inside * 1e-4).toBeGreaterThan(1.8);
    expect(inside * 1e-4).toBeLessThan(2.5);
  });
});

function histogram({ labels }: Images): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Gaussian classifier (diagonal) on six numbers an image: the mean and deviation of each channel. */
function nearestStatisticsAccuracy(train: Images, held: Images): number {
  const features = ({ pixels }: Images, i: number) => {
    const { mean, deviation } = channelStatistics(pixels.subarray(i * bytes, (i + 1) * bytes), 3);
    return [...mean, ...deviation];
  };
  const models = Array.from({ length: 10 }, (_, label) => {
    const rows = Array.from({ length: train.count }, (_, i) => i).filter((i) => train.labels[i] === label);
    const table = rows.map((i) => features(train, i));
    return Array.from({ length: 6 }, (_, k) => {
      const centre = table.reduce((sum, row) => sum + Number(row[k]), 0) / table.length;
      const variance = table.reduce((sum, row) => sum + (Number(row[k]) - centre) ** 2, 0) / table.length;
      return { centre, variance };
    });
  });
  let correct = 0;
  for (let i = 0; i < held.count; i++) {
    const own = features(held, i);
    const costs = models.map((model) =>
      model.reduce(
        (sum, { centre, variance }, k) => sum + (Number(own[k]) - centre) ** 2 / variance + Math.log(variance),
        0,
      ),
    );
    if (costs.indexOf(Math.min(...costs)) === held.labels[i]) correct++;
  }
  return correct / held.count;
}
