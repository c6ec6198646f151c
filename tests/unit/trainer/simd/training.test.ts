import { beforeAll, describe, expect, test } from "vitest";
import { type BlockArchitecture, deriveSeed, instantiate, mean, type Network, type Recipe } from "../../../../src/core";
import {
  createBatches,
  createBuiltinDataset,
  type PreparedDataset,
  prepare,
  validationBatches,
} from "../../../../src/data";
import type { Trainee } from "../../../../src/trainer/run";
import { learningRateAt, statisticsShare } from "../../../../src/trainer/schedule";
import { type Kernels, loadKernels } from "../../../../src/trainer/simd/kernels";
import { createSimdTrainee } from "../../../../src/trainer/simd/trainee";
import { loadBackend } from "../../../../src/trainer/tfjs/backends";
import { createTrainee } from "../../../../src/trainer/tfjs/trainee";
import { relativeError, wasmPath } from "../support";
import { recipeOf } from "./support/passes";

const SEED = 7;
let kernels: Kernels;
let data: PreparedDataset;

beforeAll(async () => {
  await loadBackend("wasm", { wasmPath });
  kernels = await loadKernels();
  data = prepare(createBuiltinDataset({ train: 400, validation: 150 }), 16, 150);
});

const architecture: BlockArchitecture = {
  stem: { filters: 8, stride: 1 },
  blocks: [
    { operation: "mbconv", expansion: 3, kernel: 3, seRatio: 0, skip: "identity", filters: 8, layers: 2, stride: 2 },
    { operation: "mbconv", expansion: 3, kernel: 5, seRatio: 0.25, skip: "pool", filters: 12, layers: 2, stride: 2 },
  ],
  head: { filters: 32, scaling: "always" },
  activation: "relu6",
  dropout: 0,
  divisor: 4,
};

function networkOf(changes: Partial<BlockArchitecture>): Network {
  return instantiate({ ...architecture, ...changes }, { inputSize: 16, widthMultiplier: 1, classes: 10 });
}

/**
 * The same network with no activation that bends. Where a value stands within rounding of a bend, two engines take
 * different slopes there; such runs part within ten steps and stay two different samples of the same training (so do
 * the truth and either engine). Without bends, rounding stays rounding.
 */
function smooth(network: Network): Network {
  const nodes = network.nodes.map((node) =>
    node.kind === "conv" || node.kind === "depthwise" ? { ...node, activation: "none" as const } : node,
  );
  return { ...network, nodes };
}

/** Trains a network in both engines. */
async function race(network: Network, recipe: Recipe) {
  const simd = createSimdTrainee(kernels, network, recipe, SEED);
  const tfjs = createTrainee(network, recipe, SEED);
  const ours = { losses: await train(simd, recipe), weights: simd.weights(), correct: await countCorrect(simd) };
  const theirs = {
    losses: await train(tfjs, recipe),
    weights: await tfjs.weights(),
    correct: await countCorrect(tfjs),
  };
  tfjs.dispose();
  return { ours, theirs };
}

async function train(trainee: Trainee, recipe: Recipe): Promise<number[]> {
  const batches = createBatches(data, recipe.batchSize, deriveSeed(SEED, "batches"), recipe.augmentation);
  const losses: number[] = [];
  for (let step = 0; step < recipe.steps; step++) {
    const rates = { learningRate: learningRateAt(step, recipe), statisticsShare: statisticsShare(step) };
    losses.push(await trainee.step(batches.next(), rates));
  }
  trainee.finish();
  return losses;
}

async function countCorrect(trainee: Trainee): Promise<number> {
  let correct = 0;
  for (const batch of validationBatches(data, trainee.validationBatch)) correct += (await trainee.score(batch)).correct;
  return correct;
}

/** Largest relative gap between two curves. */
function gap(ours: readonly number[], theirs: readonly number[]): number {
  return Math.max(...theirs.map((loss, step) => Math.abs((ours[step] as number) - loss) / loss));
}

/** Means over windows of 50 steps. */
function smoothed(losses: readonly number[]): number[] {
  return losses.slice(49).map((_, start) => losses.slice(start, start + 50).reduce((sum, loss) => sum + loss, 0) / 50);
}

type Race = Awaited<ReturnType<typeof race>>;

/** Measured on three seeds: losses to 1e-6, weights to 8e-6, as many images right. */
function expectSameRun({ ours, theirs }: Race): void {
  expect(gap(ours.losses, theirs.losses)).toBeLessThan(1e-5);
  expect([...ours.weights.keys()].sort()).toEqual([...theirs.weights.keys()].sort());
  for (const [name, values] of theirs.weights) {
    expect(relativeError(ours.weights.get(name) ?? [], values, 0.1), name).toBeLessThan(1e-4);
  }
  expect(ours.correct).toBe(theirs.correct);
}

const nesterov = recipeOf({ steps: 200, batchSize: 24, learningRate: 0.02 });

describe("a training run on the built-in images goes as on TensorFlow.js", () => {
  test("200 steps with Nesterov momentum, step for step where no activation bends", async () => {
    const run = await race(smooth(networkOf({})), { ...nesterov, batchSize: 12 });
    expectSameRun(run);
    // It learns: single batches of 12 images differ by more than that.
    expect(mean(run.ours.losses.slice(-50))).toBeLessThan(0.97 * mean(run.ours.losses.slice(0, 10)));
  });

  test("200 steps with Nesterov momentum: the curve of the loss with ReLU6", async () => {
    const { ours, theirs } = await race(networkOf({}), nesterov);
    expect(gap(ours.losses.slice(0, 5), theirs.losses.slice(0, 5))).toBeLessThan(1e-3);
    // Over 31 seeds the last window was at most 5 % off, to either side (mean 0.3 %, standard error 0.5 %).
    expect(gap(smoothed(ours.losses), smoothed(theirs.losses))).toBeLessThan(0.1);
    expect(ours.losses[199]).toBeLessThan(0.9 * (ours.losses[0] as number));
  });

  test("RMSProp with clipping, averaging, augmentation, dropout and smoothed labels", async () => {
    const recipe = recipeOf({
      ...{ steps: 40, batchSize: 32, optimizer: "rmsprop", schedule: "one-cycle", learningRate: 0.01 },
      ...{ weightDecay: 1e-3, labelSmoothing: 0.1, gradientClip: 1, averageDecay: 0.9 },
      augmentation: { flip: true, shift: 2, cutout: 4 },
    });
    expectSameRun(await race(smooth(networkOf({ dropout: 0.2 })), recipe));
  });
});
