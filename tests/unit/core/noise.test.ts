import { describe, expect, test } from "vitest";
import { accuracyInterval, createRandom, recipes, seedDeviation, seedNoise } from "../../../src/core";

const recipe = recipes.standard;

describe("the deviation between seeds", () => {
  const sets = seedNoise.map(({ lengths }) => lengths);

  test("is what was measured at a measured length, that of the noisier set, whatever the batch", () => {
    for (const { shown, deviation } of sets.flat()) {
      const found = seedDeviation({ steps: shown / 16, batchSize: 16 });
      expect(found).toBeGreaterThanOrEqual(deviation - 1e-12);
      expect(seedDeviation({ steps: shown / 32, batchSize: 32 })).toBeCloseTo(found, 12);
      expect(found).toBeLessThanOrEqual(Math.max(...sets.flat().map((point) => point.deviation)));
    }
  });

  test("between two lengths goes over from one to the other, beyond them stays", () => {
    const deviations = [1, 1e3, 1e4, 1e5, 1e6, 1e9].map((steps) => seedDeviation({ steps, batchSize: 1 }));
    const [shortest, longest] = [0, -1].map((i) => Math.max(...sets.map((points) => points.at(i)?.deviation ?? 0)));
    expect(deviations[0]).toBe(shortest);
    expect(deviations.at(-1)).toBe(longest);
    const ends = sets.flat().map(({ deviation }) => deviation);
    for (const deviation of deviations) {
      expect(deviation).toBeGreaterThanOrEqual(Math.min(...ends));
      expect(deviation).toBeLessThanOrEqual(Math.max(...ends));
    }
  });

  test("on measured images is theirs, and never above that of unknown ones", () => {
    for (const { hash, lengths } of seedNoise) {
      for (const { shown, deviation } of lengths) {
        const own = { steps: shown / 16, batchSize: 16 };
        expect(seedDeviation(own, hash)).toBeCloseTo(deviation, 12);
        expect(seedDeviation(own, hash)).toBeLessThanOrEqual(seedDeviation(own, "0000"));
      }
    }
  });

  test("lengths stand in ascending order", () => {
    for (const points of sets) {
      const lengths = points.map(({ shown }) => shown);
      expect(lengths).toEqual([...lengths].sort((x, y) => x - y));
    }
  });
});

describe("an accuracy's interval", () => {
  test.each([
    [0.85, 500],
    [0.85, 5000],
    [0.3, 200],
  ])("covers the truth %d on %i images in about 95 of 100 studies", (truth, images) => {
    const random = createRandom(images);
    const deviation = seedDeviation(recipe);
    let covered = 0;
    const runs = 2000;
    for (let run = 0; run < runs; run++) {
      const reached = truth + deviation * random.normal();
      let correct = 0;
      for (let i = 0; i < images; i++) if (random.uniform() < reached) correct++;
      const [low, high] = accuracyInterval({ accuracy: correct / images, images }, recipe);
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.935);
    expect(covered / runs).toBeLessThan(0.97);
  });

  test("stays within 0 and 1, holds the accuracy, and narrows with more images", () => {
    for (const accuracy of [0, 0.02, 0.5, 0.99, 1]) {
      const [low, high] = accuracyInterval({ accuracy, images: 100 }, recipe);
      const [closeLow, closeHigh] = accuracyInterval({ accuracy, images: 10_000 }, recipe);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(accuracy);
      expect(high).toBeGreaterThanOrEqual(accuracy);
      expect(closeHigh - closeLow).toBeLessThan(high - low);
    }
  });
});
