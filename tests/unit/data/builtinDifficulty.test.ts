import { describe, expect, test } from "vitest";
import { linearAccuracy } from "../../../bench/support/softmax";
import { defaultSettings, instantiate, spaces } from "../../../src/core";
import { createBuiltinDataset, type Dataset, difficulties, type Images } from "../../../src/data";
import { createEngine } from "../../../src/trainer";

const bytes = 32 * 32 * 3;
const softmax = { classes: 10, epochs: 3, learningRate: 3e-4 };
const sets = difficulties.map((difficulty) => createBuiltinDataset({ difficulty, train: 4000, validation: 1000 }));
const [easy = 0, medium = 0, hard = 0] = sets.map(({ train, validation }) =>
  linearAccuracy(firstImages(train, 2000), validation, softmax),
);

describe("the difficulty of the built-in images", () => {
  test.each([
    ["easy", "37e507b84b01b3d7dd373a189150a744cbb2baebb5ab64cd6d32abce6816a456"],
    ["medium", "f3972280c32f447de514289f4d2b99d7364088f7009189ced7287f1aa221f5bf"],
    ["hard", "ff6fea9068da8822831a1d96d27a967536044c6420aeae037c9ee845f6c3679b"],
  ] as const)("%s: is pinned to the byte", (difficulty, hash) => {
    expect(createBuiltinDataset({ difficulty, train: 1000, validation: 500 }).hash).toBe(hash);
  });

  test("grows from step to step for a linear classifier on pixels, which is lost on hard ones", () => {
    expect(easy).toBeGreaterThan(medium + 0.05);
    expect(medium).toBeGreaterThan(hard + 0.05);
    expect(easy).toBeLessThan(0.7);
    expect(hard).toBeLessThan(0.4);
  });

  test("is not of a linear kind: a small convolutional network is far ahead", async () => {
    const dataset = sets[1] as Dataset;
    const engine = await createEngine("simd");
    // The smallest of the default space: depthwise convolutions of 3x3, the fewest filters and layers.
    const network = instantiate(smallest(), defaultSettings.proxy);
    const recipe = { ...defaultSettings.recipe, steps: 500, learningRate: 0.1, validationImages: 1000 };
    const { accuracy } = await engine.train({ network, dataset, recipe, seed: 1, onStep: async () => {} });
    engine.dispose();
    expect(accuracy).toBeGreaterThan(medium + 0.15);
  }, 60_000);

  test("is told by a classifier that works: it learns what a line can tell apart", () => {
    const marked = firstImages((sets[1] as Dataset).train, 1000);
    marked.labels.forEach((label, i) => {
      marked.pixels.fill(0, i * bytes, i * bytes + 300).fill(255, i * bytes + label * 30, i * bytes + label * 30 + 30);
    });
    expect(linearAccuracy(marked, marked, { ...softmax, learningRate: 3e-3 })).toBeGreaterThan(0.9);
  });
});

function firstImages({ pixels, labels }: Images, count: number): Images {
  return { pixels: pixels.slice(0, count * bytes), labels: labels.slice(0, count), count };
}

function smallest() {
  const space = spaces["factorized-browser"];
  const wanted = ["dconv", 3, 0, "none", 0.75, -1];
  return space.decode(space.decisions.map(({ choices }, i) => choices.indexOf(wanted[i % 6] as string | number)));
}
