import { beforeAll, describe, expect, test } from "vitest";
import { type Architecture, deriveSeed, instantiate, type Network, type Recipe } from "../../../../src/core";
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

const architecture: Architecture = {
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

function networkOf(changes: Partial<Architecture>): Network {
  return instantiate({ ...architecture, ...changes }, { inputSize: 16, widthMultiplier: 1, classes: 10 });
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

async function countCorrect(trainee: Trainee, size: number): Promise<number> {
  let correct = 0;
  for (const batch of validationBatches(data, size)) correct += await trainee.countCorrect(batch);
  return correct;
}

const smoothed = (losses: number[], window: number) =>
  losses.slice(window - 1).map((_, i) => losses.slice(i, i + window).reduce((a, b) => a + b, 0) / window);

describe("a training run on the built-in images goes as on TensorFlow.js", () => {
  test("200 steps with Nesterov momentum: the curve of the loss", async () => {
    const network = networkOf({});
    const recipe = recipeOf({ steps: 200, batchSize: 16, learningRate: 0.1 });
    const simd = createSimdTrainee(kernels, network, recipe, SEED);
    const tfjs = createTrainee(network, recipe, SEED);
    const ours = await train(simd, recipe);
    const theirs = await train(tfjs, recipe);
    const gaps = ours.map((loss, i) => Math.abs(loss - theirs[i]!) / theirs[i]!);
    const sg = smoothed(ours, 20).map((l, i) => Math.abs(l - smoothed(theirs, 20)[i]!) / smoothed(theirs, 20)[i]!);
    if (process.env.SHOW) {
      console.log(
        gaps
          .filter((_, i) => i % 5 === 0 || i < 12)
          .map((g) => g.toExponential(1))
          .join(" "),
      );
      console.log(
        ours[0],
        ours[199],
        theirs[199],
        sg
          .filter((_, i) => i % 10 === 0)
          .map((g) => g.toExponential(1))
          .join(" "),
      );
    }
    const c = [await countCorrect(simd, 16), await countCorrect(tfjs, 100)];
    if (process.env.SHOW) console.log(c);
    tfjs.dispose();
  });

  test("30 steps of RMSProp with everything that a recipe has", async () => {
    const network = networkOf({ dropout: 0.2 });
    const recipe = recipeOf({
      ...{
        steps: 30,
        batchSize: 16,
        optimizer: "rmsprop",
        schedule: "one-cycle",
        learningRate: 0.01,
        weightDecay: 1e-3,
      },
      ...{ labelSmoothing: 0.1, gradientClip: 1, averageDecay: 0.9 },
      augmentation: { flip: true, shift: 2, cutout: 4 },
    });
    const simd = createSimdTrainee(kernels, network, recipe, SEED);
    const tfjs = createTrainee(network, recipe, SEED);
    const ours = await train(simd, recipe);
    const theirs = await train(tfjs, recipe);
    if (process.env.SHOW)
      console.log(
        ours.map((loss, i) => (Math.abs(loss - theirs[i]!) / theirs[i]!).toExponential(1)).join(" "),
        ours[29],
      );
    const expected = await tfjs.weights();
    const w = simd.weights();
    if (process.env.SHOW)
      console.log(
        [...expected].map(([n, v]) => n + " " + relativeError(w.get(n)!, v, 0.1).toExponential(1)).join("  "),
      );
    const c = [await countCorrect(simd, 16), await countCorrect(tfjs, 100)];
    if (process.env.SHOW) console.log(c);
    tfjs.dispose();
  });
});
