import "@tensorflow/tfjs-backend-cpu";
import { setBackend, type Tensor, tensor1d, tidy, train, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { defaultSettings, listParameters, type Recipe } from "../../../src/core";
import { averageDecayAt, decays } from "../../../src/trainer/optimizer";
import { createOptimizer } from "../../../src/trainer/tfjs/optimizer";
import { replace, type Tensors } from "../../../src/trainer/tfjs/tensors";
import { randomNetwork, randomValues, relativeError, scoped } from "./support";

beforeAll(async () => {
  await setBackend("cpu");
});

/** A kernel and a scale: two arrays of weights of one convolution, with all its parameters. */
const parameters = listParameters(randomNetwork(1, 32)).slice(0, 2);
const [KERNEL, GAMMA] = parameters.map(({ name }) => name) as [string, string];
const START = { [KERNEL]: [0.5, -2, 3], [GAMMA]: [1, 2] };
type Values = Record<string, number[]>;

function recipeOf(changes: Partial<Recipe>): Recipe {
  return { ...defaultSettings.recipe, momentum: 0, weightDecay: 0, ...changes };
}

/** Weights after steps with these gradients, the learning rate of step i (from 0) being `rateAt(i)`. */
function walk(recipe: Recipe, gradients: readonly Values[], rateAt: (step: number) => number, start = START): Values {
  return scoped(() => {
    const optimizer = createOptimizer(parameters, recipe);
    const weights: Tensors = new Map();
    for (const [name, values] of Object.entries(start)) replace(weights, name, tensor1d(values));
    gradients.forEach((gradient, step) => {
      tidy(() => {
        const tensors = Object.entries(gradient).map(([name, values]): [string, Tensor] => [name, tensor1d(values)]);
        optimizer.update(weights, new Map(tensors), rateAt(step));
      });
    });
    const after = Object.fromEntries([...weights].map(([name, value]) => [name, [...value.dataSync()]]));
    for (const value of weights.values()) value.dispose();
    optimizer.dispose();
    return after;
  });
}

/** Gradients of a few steps, some of them large. */
function noise(steps: number): Values[] {
  return Array.from({ length: steps }, (_, step) => ({
    [KERNEL]: [...randomValues(3, 10 + step)].map((value) => value * (1 + step)),
    [GAMMA]: [...randomValues(2, 50 + step)],
  }));
}

function flat(values: Values): number[] {
  return Object.values(values).flat();
}

describe("RMSProp", () => {
  test("moves as written in TensorFlow 1, in plain numbers", () => {
    const recipe = recipeOf({ optimizer: "rmsprop", momentum: 0.8, weightDecay: 0.05, gradientClip: 2 });
    const gradients = noise(6);
    const rate = (step: number) => 0.1 / (1 + step);

    const expected = structuredClone(START);
    const squares = new Map<string, number>();
    const velocities = new Map<string, number>();
    gradients.forEach((gradient, step) => {
      const norm = Math.hypot(...flat(gradient));
      for (const [name, slopes] of Object.entries(gradient)) {
        slopes.forEach((raw, i) => {
          const values = expected[name] as number[];
          const weight = values[i] as number;
          const slope = (norm > 2 ? (raw * 2) / norm : raw) + (name === KERNEL ? 0.05 * weight : 0);
          const place = `${name}/${i}`;
          const square = 0.9 * (squares.get(place) ?? 1) + 0.1 * slope ** 2;
          const velocity = 0.8 * (velocities.get(place) ?? 0) + (rate(step) * slope) / Math.sqrt(square + 0.001);
          squares.set(place, square);
          velocities.set(place, velocity);
          values[i] = weight - velocity;
        });
      }
    });
    expect(relativeError(flat(walk(recipe, gradients, rate)), flat(expected))).toBeLessThan(1e-6);
  });

  test("takes as its first step rate / sqrt(1.001) for a gradient of one: the mean of squares starts at one", () => {
    const after = walk(recipeOf({ optimizer: "rmsprop" }), [{ [GAMMA]: [1, -1] }], () => 0.1);
    expect(after[GAMMA]?.[0]).toBeCloseTo(1 - 0.1 / Math.sqrt(1.001), 6);
    expect(after[GAMMA]?.[1]).toBeCloseTo(2 + 0.1 / Math.sqrt(1.001), 6);
  });

  test("moves as TensorFlow.js's own once the start of the mean of squares (there zero) is forgotten", () => {
    const slopes = Array.from({ length: 240 }, (_, step) => [Math.sin(step), 0.01 * (step % 7)]);
    const momentum = 0.5;
    const moves = (steps: number) => {
      const gradients = slopes.slice(0, steps).map((values) => ({ [GAMMA]: values }));
      return walk(recipeOf({ optimizer: "rmsprop", momentum }), gradients, () => 0.001)[GAMMA] as number[];
    };
    const theirs = scoped(() => {
      const weight = variable(tensor1d(START[GAMMA] as number[]));
      const optimizer = train.rmsprop(0.001, 0.9, momentum, 0.001);
      const path = slopes.map((values) => {
        optimizer.applyGradients([{ name: weight.name, tensor: tensor1d(values) }]);
        return [...weight.dataSync()];
      });
      weight.dispose();
      return path;
    });
    const difference = (late: ArrayLike<number>, early: ArrayLike<number>) =>
      Array.from(late, (value, i) => value - (early[i] as number));
    const ours = difference(moves(240), moves(200));
    expect(relativeError(ours, difference(theirs[239] as number[], theirs[199] as number[]))).toBeLessThan(1e-3);
    expect(moves(3)).not.toEqual(theirs[2]);
  });
});

describe("gradient descent", () => {
  test("moves as TensorFlow.js's own Nesterov momentum", () => {
    const gradients = noise(6);
    const ours = walk(recipeOf({ optimizer: "sgd", momentum: 0.9 }), gradients, () => 0.05);
    const theirs = scoped(() => {
      const optimizer = train.momentum(0.05, 0.9, true);
      const kernel = variable(tensor1d(START[KERNEL] as number[]));
      const gamma = variable(tensor1d(START[GAMMA] as number[]));
      for (const gradient of gradients) {
        optimizer.applyGradients([
          { name: kernel.name, tensor: tensor1d(gradient[KERNEL] as number[]) },
          { name: gamma.name, tensor: tensor1d(gradient[GAMMA] as number[]) },
        ]);
      }
      return [...kernel.dataSync(), ...gamma.dataSync()];
    });
    expect(relativeError(flat(ours), theirs)).toBeLessThan(1e-6);
  });

  test("shrinks kernels by weight decay, and nothing else", () => {
    const still = { [KERNEL]: [0, 0, 0], [GAMMA]: [0, 0] };
    const after = walk(recipeOf({ weightDecay: 0.1 }), [still], () => 0.5);
    expect(relativeError(after[KERNEL] as number[], [0.475, -1.9, 2.85])).toBeLessThan(1e-6);
    expect(after[GAMMA]).toEqual(START[GAMMA]);
  });
});

describe("gradient clipping", () => {
  const move = (gradientClip: number, gradient: Values, weightDecay = 0) => {
    const start = flat(START);
    const after = flat(walk(recipeOf({ gradientClip, weightDecay }), [gradient], () => 1));
    return after.map((value, i) => (start[i] as number) - value);
  };
  // Norm 13 over both arrays; 12 over the kernel alone.
  const gradient = { [KERNEL]: [12, 0, 0], [GAMMA]: [0, 5] };

  test("scales the whole gradient to the largest norm, its direction kept", () => {
    expect(relativeError(move(6.5, gradient), [6, 0, 0, 0, 2.5])).toBeLessThan(1e-6);
  });

  test.each([0, 13.001, 1000])("leaves a gradient within the norm as it is (%d; 0 is off)", (clip) => {
    expect(relativeError(move(clip, gradient), [12, 0, 0, 0, 5])).toBeLessThan(1e-6);
  });

  test("does not count weight decay, nor clip it", () => {
    const decayed = [6 + 0.2 * 0.5, 0.2 * -2, 0.2 * 3, 0, 2.5];
    expect(relativeError(move(6.5, gradient, 0.2), decayed)).toBeLessThan(1e-6);
  });

  test("leaves a gradient of zeros alone", () => {
    expect(move(1, { [KERNEL]: [0, 0, 0], [GAMMA]: [0, 0] })).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("what both engines share", () => {
  test("the average's decay grows from a tenth to its limit", () => {
    const recipe = recipeOf({ averageDecay: 0.99 });
    expect([0, 8, 90, 890, 891, 1e6].map((step) => averageDecayAt(step, recipe))).toEqual([
      0.1, 0.5, 0.91, 0.99, 0.99, 0.99,
    ]);
    expect(averageDecayAt(800, recipe)).toBe(801 / 810);
  });

  test("weight decay touches what multiplies an input, and neither batch norm nor biases", () => {
    const roles = [1, 2, 3].flatMap((seed) => listParameters(randomNetwork(seed, 32)));
    const named = (wanted: boolean) =>
      new Set(roles.filter((parameter) => decays(parameter) === wanted).map(({ role }) => role));
    expect(named(true)).toEqual(new Set(["kernel", "squeezeKernel", "exciteKernel"]));
    expect(named(false)).toEqual(
      new Set(["bias", "gamma", "beta", "movingMean", "movingVariance", "squeezeBias", "exciteBias"]),
    );
  });
});
