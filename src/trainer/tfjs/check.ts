import { type Architecture, type Clock, createRandom, instantiate, type Recipe } from "../../core";
import type { Batch } from "../../data";
import { createTrainee } from "./trainee";

/** Every kind of layer of the default space once, as wide as a small candidate's. */
const architecture: Architecture = {
  stem: { filters: 8, stride: 2 },
  blocks: [
    { operation: "mbconv", expansion: 6, kernel: 3, seRatio: 0.25, skip: "pool", filters: 8, layers: 1, stride: 2 },
  ],
  head: { filters: 64, scaling: "always" },
  activation: "relu6",
  dropout: 0,
  divisor: 4,
};

/** Losses of the first steps, as TensorFlow.js's plain JavaScript backend gives them (checked in the tests). */
export const referenceLosses: readonly number[] = [2.397822, 2.22928, 2.106921, 2.023275];

/** Relative. Sound backends come within a tenth of it; even exchanging two gradients of batch norm costs twice it. */
const TOLERANCE = 0.0002;
/** Fixed here, because the reference losses belong to it. */
const recipe: Recipe = {
  steps: referenceLosses.length,
  batchSize: 16,
  optimizer: "sgd",
  schedule: "cosine",
  learningRate: 0.2,
  momentum: 0.9,
  weightDecay: 1e-4,
  labelSmoothing: 0.1,
  gradientClip: 0,
  averageDecay: 0,
  augmentation: { flip: false, shift: 0, cutout: 0 },
  validationImages: 0,
  timeLimitSeconds: Number.POSITIVE_INFINITY,
};
/** A backend whose reference steps take longer than this is given up, s. */
const PATIENCE = 20;

/**
 * Trains a small network for a few steps on the current backend.
 * @throws Error where its losses are not the reference's (broken drivers are known for it), or it gives no answer in 20 s.
 */
export async function checkBackend(clock: Clock): Promise<void> {
  const losses = await orGiveUp(runReferenceSteps(clock));
  const wrong = losses.findIndex((loss, step) => !agrees(loss, referenceLosses[step] as number));
  if (wrong >= 0) throw new Error(`its loss is ${losses[wrong]} instead of ${referenceLosses[wrong]}`);
}

/** Losses of a training on noise. @throws Error when its steps take too long. */
export async function runReferenceSteps(clock: Clock): Promise<number[]> {
  const network = instantiate(architecture, { inputSize: 32, widthMultiplier: 1, classes: 10 });
  const trainee = createTrainee(network, recipe, 1);
  try {
    const batch = noise();
    const losses: number[] = [];
    const start = clock();
    while (losses.length < recipe.steps) {
      losses.push(await trainee.step(batch, { learningRate: recipe.learningRate, statisticsShare: 1 }));
      if (clock() - start > PATIENCE) {
        throw new Error(`a small network took over ${PATIENCE} s for ${losses.length} of ${recipe.steps} steps`);
      }
    }
    return losses;
  } finally {
    trainee.dispose();
  }
}

/** A context whose fences never signal (Safari has had such) would keep the first read waiting for ever. */
async function orGiveUp<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} s`)), 1000 * PATIENCE);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

function noise(): Batch {
  const random = createRandom(1);
  const images = Float32Array.from({ length: recipe.batchSize * 32 * 32 * 3 }, () => 2 * random.uniform() - 1);
  const labels = Uint16Array.from({ length: recipe.batchSize }, () => random.integer(10));
  return { images, labels, count: recipe.batchSize };
}

function agrees(loss: number, reference: number): boolean {
  return Math.abs(loss - reference) <= TOLERANCE * reference;
}
