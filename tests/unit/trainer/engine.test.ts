import { memory, engine as tensorflow } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom, defaultSettings, instantiate, type Network, type Recipe } from "../../../src/core";
import type { Dataset, Images } from "../../../src/data";
import type { TrainingEngine, TrainingJob } from "../../../src/trainer";
import { createTfjsEngine } from "../../../src/trainer/tfjs/engine";
import { wasmPath } from "./support";

let engine: TrainingEngine;
let now = 0;
beforeAll(async () => {
  engine = await createTfjsEngine("wasm", { wasmPath, clock: () => now });
});
afterAll(() => engine.dispose());

const SIZE = 16;

/** Noise with a bright stripe: upright, level or neither. A mean or a colour does not tell the classes apart. */
function stripes(count: number, seed: number): Images {
  const random = createRandom(seed);
  const pixels = new Uint8Array(count * SIZE * SIZE);
  const labels = new Uint16Array(count);
  for (let n = 0; n < count; n++) {
    const label = n % 3;
    labels[n] = label;
    const line = 2 + random.integer(SIZE - 4);
    for (let y = 0; y < SIZE; y++) {
      for (let x = 0; x < SIZE; x++) {
        const bright = label === 2 ? (x + y) % SIZE === line : (label === 0 ? x : y) === line;
        pixels[(n * SIZE + y) * SIZE + x] = random.integer(100) + (bright ? 150 : 0);
      }
    }
  }
  return { pixels, labels, count };
}

const dataset: Dataset = {
  name: "stripes",
  hash: "stripes",
  height: SIZE,
  width: SIZE,
  channels: 1,
  classes: 3,
  train: stripes(300, 1),
  validation: stripes(150, 2),
};

const block = { operation: "mbconv", expansion: 3, kernel: 3, skip: "identity", layers: 1, stride: 2 } as const;
const network: Network = instantiate(
  {
    stem: { filters: 8, stride: 1 },
    blocks: [
      { ...block, seRatio: 0, filters: 16 },
      { ...block, seRatio: 0.25, filters: 24 },
    ],
    head: { filters: 32, scaling: "always" },
    activation: "relu6",
    dropout: 0.1,
    divisor: 4,
  },
  { inputSize: SIZE, widthMultiplier: 1, classes: 3, channels: 1 },
);
const recipe: Recipe = {
  ...defaultSettings.recipe,
  steps: 60,
  batchSize: 16,
  learningRate: 0.1,
  validationImages: 150,
};

function job(changes: Partial<Recipe> = {}, more: Partial<TrainingJob> = {}): TrainingJob {
  return { network, dataset, recipe: { ...recipe, ...changes }, seed: 1, onStep: async () => {}, ...more };
}

describe("the TensorFlow.js engine on WASM", () => {
  test("learns what is in the shapes, and repeats itself for a seed", async () => {
    const first = await engine.train(job());
    expect(first).toMatchObject({ images: 150, steps: 60, seed: 1, engine: "tfjs", backend: "wasm" });
    expect(first.accuracy).toBe(first.correct / 150);
    expect(first.accuracy).toBeGreaterThan(0.8); // chance is 0.33
    const again = await engine.train(job());
    expect([again.correct, again.trainingLoss]).toEqual([first.correct, first.trainingLoss]);
    const other = await engine.train(job({}, { seed: 2 }));
    expect(other.trainingLoss).not.toBe(first.trainingLoss);
  });

  test("without steps' worth of learning it stays at chance", async () => {
    const { accuracy } = await engine.train(job({ learningRate: 1e-6 }));
    expect(accuracy).toBeLessThan(0.6);
  });

  test("learns with RMSProp, one cycle, clipping, averaging and augmentation too, and repeats itself", async () => {
    const paper: Partial<Recipe> = {
      optimizer: "rmsprop",
      schedule: "one-cycle",
      learningRate: 0.01,
      gradientClip: 5,
      averageDecay: 0.9,
      augmentation: { flip: true, shift: 1, cutout: 3 },
    };
    const first = await engine.train(job(paper));
    expect(first.accuracy).toBeGreaterThan(0.7); // chance is 0.33
    const again = await engine.train(job(paper));
    expect([again.correct, again.trainingLoss]).toEqual([first.correct, first.trainingLoss]);
  });

  test("says so when training diverges", async () => {
    const diverging = engine.train(job({ learningRate: 1e6, weightDecay: 0.1 }));
    await expect(diverging).rejects.toMatchObject({ failure: { stage: "training", code: "diverged" } });
  });

  test("stops at the time limit, pauses not counted", async () => {
    const tick = async () => {
      now += 1000;
    };
    await expect(engine.train(job({ steps: 3 }, { onStep: tick }))).resolves.toMatchObject({ seconds: 0 });

    const slow = await createTfjsEngine("wasm", { wasmPath, clock: () => ++now });
    const failed = slow.train(job({ steps: 30, timeLimitSeconds: 5 }));
    await expect(failed).rejects.toMatchObject({ failure: { stage: "training", code: "time-limit" } });
  });

  test("ends with the reason of a rejected step", async () => {
    const stopped = engine.train(job({}, { onStep: () => Promise.reject(new Error("cancelled")) }));
    await expect(stopped).rejects.toThrow("cancelled");
  });

  test("leaves no tensor and no memory behind, whatever becomes of a job", async () => {
    const held = () => [memory().numTensors, memory().numDataBuffers, tensorflow().backend.numDataIds()];
    const before = held();
    await engine.train(job({ steps: 2, optimizer: "rmsprop", gradientClip: 1, averageDecay: 0.9 }));
    expect(held()).toEqual(before);
    await engine.train(job({ learningRate: 1e6, weightDecay: 0.1 })).catch(() => {});
    expect(held()).toEqual(before);
    await engine.train(job({}, { onStep: () => Promise.reject(new Error("cancelled")) })).catch(() => {});
    expect(held()).toEqual(before);
  });

  test("refuses a data set that the network is not made for", async () => {
    const other = { ...dataset, classes: 4 };
    await expect(engine.train(job({}, { dataset: other }))).rejects.toThrow(/3 classes.*"stripes" has 4 classes/);
  });
});
