import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, deriveSeed, mean, restoreRandom } from "../../../src/core";

const COUNT = 100_000;

function moments(draw: () => number) {
  const values = Array.from({ length: COUNT }, draw);
  const centre = mean(values);
  const moment = (power: number) => mean(values.map((value) => (value - centre) ** power));
  return { values, mean: centre, variance: moment(2), third: moment(3), fourth: moment(4) };
}

// Bounds are five standard errors of each statistic.
const standardErrors = (deviation: number) => (5 * deviation) / Math.sqrt(COUNT);

test("uniform: in [0, 1), mean 1/2, variance 1/12", () => {
  const random = createRandom(1);
  const { values, mean: centre, variance } = moments(() => random.uniform());
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(Math.abs(centre - 1 / 2)).toBeLessThan(standardErrors(Math.sqrt(1 / 12)));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(standardErrors(Math.sqrt(1 / 180)));
});

test("normal: mean 0, variance 1, no skew, kurtosis 3, tails as they should be", () => {
  const random = createRandom(2);
  const { values, mean: centre, variance, third, fourth } = moments(() => random.normal());
  expect(Math.abs(centre)).toBeLessThan(standardErrors(1));
  expect(Math.abs(variance - 1)).toBeLessThan(standardErrors(Math.sqrt(2)));
  expect(Math.abs(third)).toBeLessThan(standardErrors(Math.sqrt(15)));
  expect(Math.abs(fourth - 3)).toBeLessThan(standardErrors(Math.sqrt(96)));
  const beyond = values.filter((value) => Math.abs(value) > 1.959964).length / COUNT;
  expect(Math.abs(beyond - 0.05)).toBeLessThan(standardErrors(Math.sqrt(0.05 * 0.95)));
});

test("the first numbers of neighbouring seeds are as random as those of one seed", () => {
  for (const skip of [0, 1, 2]) {
    let seed = 0;
    const draw = () => {
      const random = createRandom(seed++);
      for (let i = 0; i < skip; i++) random.uniform();
      return random.uniform();
    };
    const { values, mean: centre, variance } = moments(draw);
    expect(Math.abs(centre - 1 / 2)).toBeLessThan(standardErrors(Math.sqrt(1 / 12)));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(standardErrors(Math.sqrt(1 / 180)));
    const products = values.slice(1).map((value, i) => (value - 0.5) * ((values[i] as number) - 0.5));
    expect(Math.abs(mean(products))).toBeLessThan(standardErrors(1 / 12));
  }
});

test("integer: every number of the range equally often", () => {
  const random = createRandom(3);
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < COUNT; i++) {
    const value = random.integer(7);
    counts[value] = (counts[value] as number) + 1;
  }
  expect(counts).toHaveLength(7);
  for (const count of counts) expect(Math.abs(count / COUNT - 1 / 7)).toBeLessThan(standardErrors(Math.sqrt(6 / 49)));
});

test("categorical: frequencies are the probabilities, zero means never", () => {
  const random = createRandom(4);
  const probabilities = [0.05, 0, 0.6, 0.1, 0.25, 0];
  const counts = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < COUNT; i++) {
    const value = random.categorical(Float64Array.from(probabilities));
    counts[value] = (counts[value] as number) + 1;
  }
  probabilities.forEach((p, i) => {
    expect(Math.abs((counts[i] as number) / COUNT - p)).toBeLessThanOrEqual(standardErrors(Math.sqrt(p * (1 - p))));
  });
  expect(random.categorical([1])).toBe(0);
});

test("shuffle: a permutation, and every one equally often", () => {
  const random = createRandom(5);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const key = random.shuffle(["a", "b", "c", "d"]).join("");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  for (const [key, count] of counts) {
    expect([...key].sort().join("")).toBe("abcd");
    expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
  }
});

test("a restored stream goes on where it was, the original undisturbed", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(200), (seed, skip) => {
      const original = createRandom(seed);
      for (let i = 0; i < skip; i++) original.uniform();
      const restored = restoreRandom(structuredClone(original.state()));
      const take = (random: typeof original) => Array.from({ length: 20 }, () => random.normal());
      expect(take(restored)).toEqual(take(original));
    }),
  );
});

test("derived seeds are unsigned 32-bit integers and differ by seed, label and order", () => {
  const seeds = new Set<number>();
  let count = 0;
  for (let seed = 0; seed < 100; seed++) {
    for (const label of ["weights", "controller", "data"]) {
      for (let trial = 0; trial < 20; trial++) {
        const derived = deriveSeed(seed, label, trial);
        expect(derived).toBe(derived >>> 0);
        seeds.add(derived);
        count++;
      }
    }
  }
  // 6,000 random 32-bit numbers have 0.004 pairs of equals on average.
  expect(seeds.size).toBeGreaterThanOrEqual(count - 1);
  expect(deriveSeed(1, "a", "b")).not.toBe(deriveSeed(1, "b", "a"));
  expect(deriveSeed(1, 23)).not.toBe(deriveSeed(12, 3));
});

test("derived seeds have balanced bits", () => {
  const count = 4000;
  for (let bit = 0; bit < 32; bit++) {
    let ones = 0;
    for (let seed = 0; seed < count; seed++) ones += (deriveSeed(seed, "x") >>> bit) & 1;
    expect(Math.abs(ones - count / 2)).toBeLessThan(5 * Math.sqrt(count / 4));
  }
});
