import { describe, expect, test } from "vitest";
import { defaultSettings, type Recipe } from "../../../src/core";
import { type Images, prepare } from "../../../src/data";
import { type Run, runTraining, type StepRates, type Trainee } from "../../../src/trainer/run";
import { learningRateAt } from "../../../src/trainer/schedule";

/** Every image's bytes are its own number, so that a trainee can tell which images it is shown. */
function images(count: number, first: number): Images {
  const pixels = Uint8Array.from({ length: count * 64 }, (_, i) => first + Math.floor(i / 64));
  return { pixels, labels: Uint16Array.from({ length: count }, (_, i) => i % 2), count };
}

const dataset = {
  name: "numbered",
  hash: "",
  height: 8,
  width: 8,
  channels: 1 as const,
  classes: 2,
  train: images(100, 0),
  validation: images(130, 100),
};
const recipe: Recipe = {
  ...defaultSettings.recipe,
  steps: 8,
  batchSize: 16,
  validationImages: 130,
  timeLimitSeconds: 10,
};

interface Scene {
  /** Loss of each step. */
  losses?: number[];
  correct?: (labels: Uint16Array) => number;
  secondsAStep?: number;
  secondsAPause?: number;
  recipe?: Partial<Recipe>;
  validationBatch?: number;
}

function play({ losses = [], correct = () => 0, secondsAStep = 0, secondsAPause = 0, ...rest }: Scene) {
  const { validationBatch = 100 } = rest;
  let now = 1000;
  const steps: StepRates[] = [];
  const progress: string[] = [];
  const seen: number[] = [];
  const calls: string[] = [];
  const shown: number[][] = [];
  const prepared = prepare(dataset, 8, 130);
  const trainee: Trainee = {
    validationBatch,
    async step(batch, rates) {
      now += secondsAStep;
      calls.push("step");
      shown.push([...batch.images]);
      steps.push(rates);
      return losses[steps.length - 1] ?? 1;
    },
    finish: () => calls.push("finish"),
    async score({ images: values, labels, count }) {
      const { mean, deviation } = prepared;
      calls.push(`score ${count}`);
      for (let i = 0; i < count; i++) {
        seen.push(Math.round(255 * ((values[i * 64] as number) * (deviation[0] as number) + (mean[0] as number))));
      }
      return { correct: correct(labels), loss: 3 * count, probability: 0.25 * count };
    },
  };
  const run: Run = {
    trainee,
    prepared,
    recipe: { ...recipe, ...rest.recipe },
    seed: 7,
    clock: () => now,
    async onStep({ phase, step, steps: all }) {
      now += secondsAPause;
      progress.push(`${phase} ${step}/${all}`);
    },
  };
  return { result: runTraining(run), steps, progress, seen, calls, shown };
}

describe("a training run", () => {
  test("counts every held-out image exactly once, and no other", async () => {
    const { result, seen } = play({ correct: (labels) => labels.filter((label) => label === 1).length });
    expect(await result).toMatchObject({ accuracy: 0.5, correct: 65, images: 130, steps: 8, seed: 7 });
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 130 }, (_, i) => 100 + i));
  });

  test("reports the means of the scores over all held-out images, whatever the batches", async () => {
    expect(await play({ validationBatch: 60 }).result).toMatchObject({ validationLoss: 3, probability: 0.25 });
  });

  test("reports each step and the mean loss of the last quarter", async () => {
    const { result, progress } = play({ losses: [9, 9, 9, 9, 9, 9, 2, 3] });
    expect((await result).trainingLoss).toBe(2.5);
    expect(progress).toEqual([
      ...Array.from({ length: 8 }, (_, i) => `training ${i + 1}/8`),
      "validating 1/2",
      "validating 2/2",
    ]);
  });

  test("ends at its time limit, with the code", async () => {
    const { result, steps } = play({ secondsAStep: 3 });
    await expect(result).rejects.toMatchObject({ failure: { stage: "training", code: "time-limit" } });
    expect(steps).toHaveLength(4);
  });

  test("does not count pauses as its time", async () => {
    const { result } = play({ secondsAStep: 1, secondsAPause: 500 });
    expect((await result).seconds).toBe(8);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("ends as diverged where the loss is %s", async (loss) => {
    const { result, steps } = play({ losses: [1, loss] });
    await expect(result).rejects.toMatchObject({ failure: { stage: "training", code: "diverged" } });
    expect(steps).toHaveLength(2);
  });

  test("ends as diverged where the trained network's outputs are not numbers", async () => {
    const { result } = play({ correct: () => Number.NaN });
    await expect(result).rejects.toMatchObject({ failure: { stage: "training", code: "diverged" } });
  });

  test("ends the training once, before it counts, in batches that the trainee can take", async () => {
    const { result, calls } = play({ recipe: { steps: 2 }, validationBatch: 60 });
    await result;
    expect(calls).toEqual(["step", "step", "finish", "score 60", "score 60", "score 10"]);
  });

  test("varies training images as the recipe says, and never those it counts on", async () => {
    const whole = { flip: false, shift: 0, cutout: 16 }; // twice the side: every image is cleared
    const varied = play({ recipe: { augmentation: whole } });
    await varied.result;
    expect(varied.shown.flat().every((value) => value === 0)).toBe(true);
    const plain = play({});
    await plain.result;
    expect(plain.shown.flat().some((value) => value !== 0)).toBe(true);
    expect(varied.seen).toEqual(plain.seen);
  });

  test("passes the schedule's rates on", async () => {
    const { result, steps } = play({ recipe: { steps: 30 } });
    await result;
    expect(steps.map(({ learningRate }) => learningRate)).toEqual(
      steps.map((_, step) => learningRateAt(step, { ...recipe, steps: 30 })),
    );
  });
});
