import { type Architecture, type Cell, createRandom, defaultSettings, instantiate } from "../../../src/core";
import type { Images } from "../../../src/data";
import type { TrainingJob } from "../../../src/trainer";

const blocks: Architecture = {
  stem: { filters: 4, stride: 2 },
  blocks: [
    { operation: "mbconv", expansion: 3, kernel: 3, seRatio: 0.25, skip: "pool", filters: 4, layers: 1, stride: 2 },
    { operation: "conv", expansion: 1, kernel: 3, seRatio: 0, skip: "none", filters: 8, layers: 1, stride: 1 },
  ],
  head: { filters: 16, scaling: "always" },
  activation: "relu6",
  dropout: 0,
  divisor: 4,
};

const cell: Cell = {
  steps: [
    { left: 0, leftOperation: "max-3x3", right: 1, rightOperation: "dilated-3x3", combination: "concat" },
    { left: 2, leftOperation: "separable-3x3", right: 0, rightOperation: "conv-1x3-3x1", combination: "add" },
  ],
  output: [3],
};
const cells: Architecture = {
  stem: { filters: 4, stride: 1, reductions: 1 },
  cells: { normal: cell, reduction: cell },
  groups: 1,
  repeats: 0,
  filters: 4,
  dropout: 0,
  divisor: 4,
};

/** Three steps of a tiny network on noise: the numbers must come out alike on every backend. */
export function probeJob(network: "blocks" | "cells"): TrainingJob {
  return {
    network: instantiate({ blocks, cells }[network], { inputSize: 9, widthMultiplier: 1, classes: 4 }),
    dataset: {
      name: "noise",
      hash: "noise",
      height: 9,
      width: 9,
      channels: 3,
      classes: 4,
      train: noise(32, 1),
      validation: noise(20, 2),
    },
    recipe: {
      ...defaultSettings.recipe,
      // What the engine's own check of a backend (plain gradient descent) leaves out.
      optimizer: "rmsprop",
      gradientClip: 1,
      averageDecay: 0.9,
      augmentation: { flip: true, shift: 1, cutout: 3 },
      steps: 3,
      batchSize: 8,
      validationImages: 20,
    },
    seed: 3,
    onStep: async () => {},
  };
}

function noise(count: number, seed: number): Images {
  const random = createRandom(seed);
  const pixels = Uint8Array.from({ length: count * 9 * 9 * 3 }, () => random.integer(256));
  return { pixels, labels: Uint16Array.from({ length: count }, (_, i) => i % 4), count };
}
