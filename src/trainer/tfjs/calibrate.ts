import { type Architecture, createRandom, defaultSettings, instantiate, median, type Recipe } from "../../core";
import type { Batch } from "../../data";
import type { BackendMeasurement, Calibration } from "../engine";
import { type BackendName, loadBackend, unloadBackend } from "./backends";
import type { TfjsOptions } from "./engine";
import { createTrainee } from "./trainee";

/** Every kind of layer once, as wide as a small candidate's. */
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
  learningRate: 0.2,
  momentum: 0.9,
  weightDecay: 1e-4,
  labelSmoothing: 0.1,
  validationImages: 0,
  timeLimitSeconds: Number.POSITIVE_INFINITY,
};
const STEPS_OF_A_RUN = defaultSettings.recipe.steps;
/** A backend whose trial steps take longer than this is given up, s. */
const PATIENCE = 20;

/**
 * Tries the backends on a few steps of a small network and takes the fastest. Refuses those that cannot be had, compute
 * something else than the reference (broken drivers do), or are hopelessly slow. Plain JavaScript is the last resort.
 */
export async function calibrateTfjs(options: TfjsOptions): Promise<Calibration> {
  const measured: BackendMeasurement[] = [];
  for (const backend of ["wasm", "webgl"] as const) measured.push(await measure(backend, options));
  if (measured.every(({ stepMs }) => stepMs === undefined)) measured.push(await measure("cpu", options));

  const [fastest, ...others] = measured
    .filter((entry): entry is Required<BackendMeasurement> => entry.stepMs !== undefined)
    .sort((a, b) => a.stepMs - b.stepMs);
  if (!fastest) throw new Error(`No backend can train on this device: ${measured.map(inWords).join("; ")}.`);
  const rest = [...others, ...measured.filter(({ stepMs }) => stepMs === undefined)];
  const reason = `${inWords(fastest)}${rest.length > 0 ? `, against ${rest.map(inWords).join(" and ")}` : ""}.`;
  return { engine: "tfjs", backend: fastest.backend, reason, measured };
}

function inWords({ backend, stepMs, refusal }: BackendMeasurement): string {
  return stepMs === undefined
    ? `${backend} refused: ${refusal}`
    : `${backend} takes ${stepMs.toPrecision(3)} ms a step`;
}

async function measure(backend: BackendName, options: TfjsOptions): Promise<BackendMeasurement> {
  try {
    await loadBackend(backend, options);
    const { losses, seconds } = await orGiveUp(runTrialSteps(referenceLosses.length, options));
    const wrong = losses.findIndex((loss, step) => !agrees(loss, referenceLosses[step] as number));
    if (wrong >= 0) return { backend, refusal: `its loss is ${losses[wrong]} instead of ${referenceLosses[wrong]}` };
    // Every candidate brings new shapes, so every run pays its first step's compilation again.
    const [first, ...later] = seconds as [number, ...number[]];
    const run = first + (STEPS_OF_A_RUN - 1) * median(later);
    return { backend, stepMs: (1000 * run) / STEPS_OF_A_RUN };
  } catch (error) {
    return { backend, refusal: error instanceof Error ? error.message.replace(/\.$/, "") : String(error) };
  } finally {
    unloadBackend(backend);
  }
}

/** Trains on noise: losses and times of the steps. @throws Error when they take too long. */
export async function runTrialSteps(steps: number, { clock }: Pick<TfjsOptions, "clock">) {
  const network = instantiate(architecture, { inputSize: 32, widthMultiplier: 1, classes: 10 });
  const trainee = createTrainee(network, recipe, 1);
  try {
    const batch = noise();
    const losses: number[] = [];
    const seconds: number[] = [];
    const start = clock();
    while (losses.length < steps) {
      const before = clock();
      losses.push(await trainee.step(batch, { learningRate: recipe.learningRate, statisticsShare: 1 }));
      seconds.push(clock() - before);
      if (clock() - start > PATIENCE) throw new Error(`${losses.length} steps took over ${PATIENCE} s`);
    }
    return { losses, seconds };
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
