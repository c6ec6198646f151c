import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import {
  type Architecture,
  type BlockArchitecture,
  type Cell,
  type CellArchitecture,
  type CellOperation,
  type CellStep,
  createRandom,
  defaultSettings,
  instantiate,
  type Recipe,
} from "../../src/core";
import { type Dataset, prepare } from "../../src/data";
import type { Images } from "../../src/data/dataset";
import { runTraining } from "../../src/trainer/run";
import { loadKernels } from "../../src/trainer/simd/kernels";
import { createSimdTrainee } from "../../src/trainer/simd/trainee";
import type { Weights } from "../../src/trainer/weights";

/** What a run leaves behind, as text and numbers that cross into a page and back. */
export interface Trace {
  /** SHA-256 of all weights, hex. */
  weights: string;
  trainingLoss: number;
  correct: number;
}

/** Every kind of layer of the default space, on sides that are odd. */
const blocks: BlockArchitecture = {
  stem: { filters: 8, stride: 2 },
  blocks: [
    { operation: "mbconv", expansion: 3, kernel: 5, seRatio: 0.25, skip: "pool", filters: 8, layers: 2, stride: 2 },
    { operation: "conv", expansion: 1, kernel: 5, seRatio: 0, skip: "none", filters: 12, layers: 1, stride: 2 },
    { operation: "dconv", expansion: 1, kernel: 3, seRatio: 0.5, skip: "identity", filters: 12, layers: 2, stride: 1 },
  ],
  head: { filters: 16, scaling: "always" },
  activation: "relu6",
  dropout: 0.2,
  divisor: 4,
};

/** What else presets have: smooth activations, gates of the kind that goes with each, a hidden layer. */
const smooth = (activation: "swish" | "hswish"): BlockArchitecture => ({
  stem: { filters: 8, stride: 2 },
  blocks: [
    { operation: "mbconv", expansion: 2, kernel: 3, seRatio: 0.25, skip: "identity", filters: 8, layers: 2, stride: 2 },
  ],
  head: { filters: 12, scaling: "always", ...(activation === "hswish" && { hidden: 16 }) },
  activation,
  squeezeExcite:
    activation === "swish"
      ? { from: "input", rounded: false, activation: "swish", gate: "sigmoid" }
      : { from: "expanded", rounded: true, activation: "relu", gate: "hsigmoid" },
  dropout: 0.2,
  divisor: 4,
});

const operations: readonly [CellOperation, CellOperation][] = [
  ["identity", "conv-1x1"],
  ["conv-1x3-3x1", "conv-1x7-7x1"],
  ["dilated-3x3", "conv-3x3"],
  ["average-3x3", "max-3x3"],
  ["max-5x5", "max-7x7"],
  ["separable-3x3", "separable-5x5"],
  ["separable-7x7", "identity"],
];

/** Every operation and both combinations; `statesOf` says what a step reads. */
function cellOf(statesOf: (step: number) => [left: number, right: number], output: readonly number[]): Cell {
  const steps = operations.map(([leftOperation, rightOperation], step): CellStep => {
    const [left, right] = statesOf(step);
    return { left, leftOperation, right, rightOperation, combination: step % 3 === 2 ? "concat" : "add" };
  });
  return { steps, output };
}

/** A reduction cell whose every operation strides, then a normal one whose every step reads the one before it. */
const cells: CellArchitecture = {
  stem: { filters: 8, stride: 2, reductions: 1 },
  cells: {
    normal: cellOf((step) => [step, step + 1], [1, 4, 8]),
    reduction: cellOf(() => [0, 1], [2, 3, 4, 5, 6, 7, 8]),
  },
  groups: 1,
  repeats: 1,
  filters: 8,
  dropout: 0,
  divisor: 4,
};

export const validationImages = 60;

const common = { ...defaultSettings.recipe, steps: 100, batchSize: 16, validationImages, labelSmoothing: 0.1 };

/** Both optimisers and schedules, with and without what else a recipe may ask for. */
const sgd: Recipe = {
  ...common,
  optimizer: "sgd",
  schedule: "cosine",
  learningRate: 0.05,
  gradientClip: 1,
  averageDecay: 0.95,
  augmentation: { flip: true, shift: 2, cutout: 5 },
};
const rmsprop: Recipe = {
  ...common,
  optimizer: "rmsprop",
  schedule: "one-cycle",
  learningRate: 0.002,
  averageDecay: 0,
};

/** For networks that are slow to learn. */
const faster: Recipe = { ...sgd, learningRate: 0.2 };

const runs: Record<string, { architecture: Architecture; recipe: Recipe }> = {
  sgd: { architecture: blocks, recipe: sgd },
  rmsprop: { architecture: { ...blocks, activation: "relu" }, recipe: rmsprop },
  cells: { architecture: cells, recipe: { ...sgd, steps: 50 } },
  swish: { architecture: smooth("swish"), recipe: faster },
  hswish: { architecture: smooth("hswish"), recipe: faster },
};

const side = 24;
/** Each class is a band of its own, brighter than the noise around it: easy enough for 100 steps. */
export const classes = 6;

const bands: Dataset = {
  name: "bands",
  hash: "",
  height: side,
  width: side,
  channels: 3,
  classes,
  train: drawBands(240, 1),
  validation: drawBands(validationImages, 2),
};

function drawBands(count: number, seed: number): Images {
  const random = createRandom(seed);
  const labels = Uint16Array.from({ length: count }, (_, i) => i % classes);
  const rowLength = side * 3;
  const pixels = Uint8Array.from({ length: count * side * rowLength }, (_, at) => {
    const row = Math.floor(at / rowLength);
    const band = Math.floor(((row % side) * classes) / side);
    return random.integer(128) + (band === labels[Math.floor(row / side)] ? 127 : 0);
  });
  return { pixels, labels, count };
}

/** Trains each of the runs with the SIMD engine, wherever this is called. */
export async function probe(seed: number): Promise<Record<string, Trace>> {
  const kernels = await loadKernels();
  const scale = { inputSize: 27, widthMultiplier: 1, classes, channels: 3 };
  const traces: Record<string, Trace> = {};
  for (const [name, { architecture, recipe }] of Object.entries(runs)) {
    const trainee = createSimdTrainee(kernels, instantiate(architecture, scale), recipe, seed);
    const prepared = prepare(bands, scale.inputSize, recipe.validationImages);
    const report = await runTraining({ trainee, prepared, recipe, seed, onStep: async () => {}, clock: () => 0 });
    traces[name] = {
      weights: hashOf(trainee.weights()),
      trainingLoss: report.trainingLoss,
      correct: report.correct,
    };
  }
  return traces;
}

function hashOf(weights: Weights): string {
  const hash = sha256.create();
  for (const [name, values] of weights) {
    hash.update(new TextEncoder().encode(name));
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return bytesToHex(hash.digest());
}
