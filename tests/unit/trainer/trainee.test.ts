import "@tensorflow/tfjs-backend-cpu";
import { argMax, memory, setBackend, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom, defaultSettings, instantiate, listParameters, type Recipe } from "../../../src/core";
import type { Batch } from "../../../src/data";
import { predict, trainingPass } from "../../../src/trainer/tfjs/forward";
import { crossEntropy, smoothedTargets } from "../../../src/trainer/tfjs/loss";
import { createTrainee } from "../../../src/trainer/tfjs/trainee";
import { initialWeights, type Weights } from "../../../src/trainer/weights";
import { randomValues, relativeError, scoped } from "./support";

beforeAll(async () => {
  await setBackend("cpu");
});

const SIZE = 9;
const network = instantiate(
  {
    stem: { filters: 4, stride: 2 },
    blocks: [
      { operation: "mbconv", expansion: 3, kernel: 3, seRatio: 0.25, skip: "pool", filters: 4, layers: 1, stride: 2 },
    ],
    head: { filters: 8, scaling: "always" },
    activation: "relu6",
    dropout: 0,
    divisor: 4,
  },
  { inputSize: SIZE, widthMultiplier: 1, classes: 4 },
);
const parameters = listParameters(network);
const rates = { learningRate: 0.05, statisticsShare: 0.3 };
const STEPS = 6;

function recipeOf(changes: Partial<Recipe>): Recipe {
  return { ...defaultSettings.recipe, batchSize: 8, momentum: 0.9, weightDecay: 0.01, labelSmoothing: 0.1, ...changes };
}

function batch(seed: number, count = 8): Batch {
  const images = randomValues(count * SIZE * SIZE * 3, seed);
  return { images, labels: Uint16Array.from({ length: count }, (_, i) => (i * (seed + 1)) % 4), count };
}

function tensorsOf(weights: Weights): Map<string, Tensor> {
  return new Map(parameters.map(({ name, shape }) => [name, tensor(weights.get(name) as Float32Array, [...shape])]));
}

const imagesOf = ({ images, count }: Batch) => tensor(images, [count, SIZE, SIZE, 3]);

/** Gradients and batch statistics at these weights, by the engine's forward and backward pass. */
function slopesAt(weights: Weights, shown: Batch, smoothing: number) {
  return scoped(() => {
    const pass = trainingPass(network, tensorsOf(weights), imagesOf(shown), createRandom(1));
    const { slope } = crossEntropy(pass.logits, smoothedTargets(shown, 4, smoothing));
    const read = (tensors: ReadonlyMap<string, Tensor>) =>
      new Map([...tensors].map(([name, value]) => [name, value.dataSync() as Float32Array]));
    return { gradients: read(pass.backward(slope)), statistics: read(pass.statistics) };
  });
}

interface Walk {
  last: Weights;
  averaged: Weights;
}

/** The same steps in plain numbers: every rule of the recipe as it is documented, on the gradients above. */
function walk(recipe: Recipe, seed: number): Walk {
  const last: Weights = initialWeights(network, seed);
  const averaged: Weights = new Map([...last].map(([name, values]) => [name, values.slice()]));
  const squares = new Map([...last].map(([name, values]) => [name, new Float64Array(values.length).fill(1)]));
  const velocities = new Map([...last].map(([name, values]) => [name, new Float64Array(values.length)]));
  for (let step = 0; step < STEPS; step++) {
    const { gradients, statistics } = slopesAt(last, batch(step), recipe.labelSmoothing);
    const norm = Math.hypot(...[...gradients.values()].flatMap((values) => [...values]));
    const scale = recipe.gradientClip > 0 && norm > recipe.gradientClip ? recipe.gradientClip / norm : 1;
    for (const [name, values] of last) {
      const square = squares.get(name) as Float64Array;
      const velocity = velocities.get(name) as Float64Array;
      const gradient = gradients.get(name);
      const statistic = statistics.get(name);
      values.forEach((weight, i) => {
        if (statistic) values[i] = 0.7 * weight + 0.3 * (statistic[i] as number);
        if (!gradient) return;
        const decay = /kernel$/i.test(name) ? recipe.weightDecay * weight : 0;
        const slope = (gradient[i] as number) * scale + decay;
        if (recipe.optimizer === "rmsprop") {
          square[i] = 0.9 * (square[i] as number) + 0.1 * slope * slope;
          const move = (rates.learningRate * slope) / Math.sqrt((square[i] as number) + 0.001);
          velocity[i] = recipe.momentum * (velocity[i] as number) + move;
          values[i] = weight - (velocity[i] as number);
        } else {
          velocity[i] = recipe.momentum * (velocity[i] as number) + slope;
          values[i] = weight - rates.learningRate * (slope + recipe.momentum * (velocity[i] as number));
        }
      });
      const decay = Math.min(recipe.averageDecay, (1 + step) / (10 + step));
      const average = averaged.get(name) as Float32Array;
      average.forEach((before, i) => {
        average[i] = decay * before + (1 - decay) * (values[i] as number);
      });
    }
  }
  return { last, averaged };
}

async function trained(recipe: Recipe, seed: number) {
  const trainee = createTrainee(network, recipe, seed);
  for (let step = 0; step < STEPS; step++) await trainee.step(batch(step), rates);
  return trainee;
}

function expectSame(actual: Weights, expected: Weights): void {
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [name, values] of expected) {
    expect(relativeError(actual.get(name) as Float32Array, values, 0.01), name).toBeLessThan(1e-4);
  }
}

describe("a trainee's weights", () => {
  test.each([
    ["Nesterov momentum", recipeOf({})],
    ["Nesterov momentum, clipped", recipeOf({ gradientClip: 0.1 })],
    ["RMSProp", recipeOf({ optimizer: "rmsprop" })],
    ["RMSProp, clipped", recipeOf({ optimizer: "rmsprop", gradientClip: 0.1 })],
  ])("go as in plain numbers: %s", async (_, recipe) => {
    const trainee = await trained(recipe, 3);
    expectSame(await trainee.weights(), walk(recipe, 3).last);
    trainee.finish();
    expectSame(await trainee.weights(), walk(recipe, 3).last);
    trainee.dispose();
  });

  test.each([0.3, 0.999])("are averaged after `finish`, moving statistics too, with decay %d", async (averageDecay) => {
    const recipe = recipeOf({ averageDecay });
    const trainee = await trained(recipe, 3);
    const { last, averaged } = walk(recipe, 3);
    expectSame(await trainee.weights(), last);
    trainee.finish();
    expectSame(await trainee.weights(), averaged);
    trainee.dispose();
  });
});

test("after `finish` images are classified by the averaged weights", async () => {
  const recipe = recipeOf({ averageDecay: 0.999 });
  const trainee = await trained(recipe, 3);
  const shown = batch(77, trainee.validationBatch);
  const answers = scoped(() => {
    const logits = predict(network, tensorsOf(walk(recipe, 3).averaged), imagesOf(shown));
    return argMax(logits, 1).dataSync();
  });
  const asAveraged = { ...shown, labels: Uint16Array.from(answers) };
  expect((await trainee.score(asAveraged)).correct).toBeLessThan(shown.count);
  trainee.finish();
  expect((await trainee.score(asAveraged)).correct).toBe(shown.count);
  trainee.dispose();
});

test("everything that a trainee holds goes with it", async () => {
  const before = memory().numTensors;
  const trainee = await trained(recipeOf({ optimizer: "rmsprop", gradientClip: 1, averageDecay: 0.9 }), 1);
  const held = memory().numTensors;
  await trainee.step(batch(1), rates);
  expect(memory().numTensors).toBe(held);
  trainee.finish();
  await trainee.score(batch(1));
  trainee.dispose();
  expect(memory().numTensors).toBe(before);
});
