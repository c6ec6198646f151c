import type { Recipe } from "../../core";
import { averageDecayAt, RMSPROP_DECAY, RMSPROP_EPSILON, RMSPROP_START } from "../optimizer";
import type { Kernels } from "./kernels";
import type { ParameterLayout } from "./parameters";

/** Addresses of arrays in the order of the parameters' layout; those that a recipe does not use are empty. */
export interface DescentArrays {
  weights: number;
  gradients: number;
  velocities: number;
  squares: number;
  average: number;
  /** First address after them. */
  end: number;
}

/** Places the optimiser's arrays from `base` on. */
export function placeArrays({ trained, total }: ParameterLayout, recipe: Recipe, base: number): DescentArrays {
  let end = base;
  const next = (numbers: number) => {
    const at = end;
    end += 4 * numbers;
    return at;
  };
  return {
    weights: next(total),
    gradients: next(trained),
    velocities: next(trained),
    squares: next(recipe.optimizer === "rmsprop" ? trained : 0),
    average: next(recipe.averageDecay > 0 ? total : 0),
    end,
  };
}

export interface Descent {
  /** One step along the gradients. */
  step(learningRate: number): void;
  /** The averaged weights take the place of the last ones, where the recipe averages. */
  takeAverage(): void;
}

/** The recipe's optimiser over all weights at once. The arrays' weights are in place. */
export function createDescent(
  { memory, ...kernels }: Kernels,
  { decayed, trained, total }: ParameterLayout,
  arrays: DescentArrays,
  recipe: Recipe,
): Descent {
  const { weights, gradients, velocities, squares, average } = arrays;
  const numbers = (address: number, count: number) => new Float32Array(memory.buffer, address, count);
  numbers(velocities, trained).fill(0);
  if (recipe.optimizer === "rmsprop") numbers(squares, trained).fill(RMSPROP_START);
  const averages = recipe.averageDecay > 0;
  if (averages) numbers(average, total).set(numbers(weights, total));
  let steps = 0;

  function clipFactor(): number {
    if (recipe.gradientClip === 0) return 1;
    const norm = Math.sqrt(kernels.sumOfSquares(gradients, trained));
    return recipe.gradientClip / Math.max(norm, recipe.gradientClip);
  }

  function descend(first: number, end: number, rate: number, decay: number, factor: number): void {
    const at = 4 * first;
    const common = [weights + at, gradients + at, velocities + at] as const;
    const count = end - first;
    const { momentum } = recipe;
    if (recipe.optimizer === "sgd") kernels.descend(...common, count, rate, momentum, decay, factor);
    else {
      const means = [RMSPROP_DECAY, RMSPROP_EPSILON] as const;
      kernels.descendRootMeanSquare(...common, squares + at, count, rate, momentum, decay, factor, ...means);
    }
  }

  return {
    step(learningRate) {
      const factor = clipFactor();
      descend(0, decayed, learningRate, recipe.weightDecay, factor);
      descend(decayed, trained, learningRate, 0, factor);
      if (averages) kernels.blendAverage(average, weights, total, averageDecayAt(steps, recipe));
      steps++;
    },
    takeAverage() {
      if (averages) numbers(weights, total).set(numbers(average, total));
    },
  };
}
