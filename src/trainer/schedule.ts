import { cos, type Recipe } from "../core";

/** Learning rate of a step (from 0) by the recipe's schedule; see `Schedule` for their shapes. */
export function learningRateAt(step: number, recipe: Recipe): number {
  return recipe.schedule === "one-cycle" ? oneCycle(step, recipe) : warmUpThenCosine(step, recipe);
}

/** The peak is held for two steps: the last of the rise and the first of the fall. Zero would be the step after the last. */
function warmUpThenCosine(step: number, { steps, learningRate }: Recipe): number {
  const rise = Math.max(1, Math.round(steps / 10));
  if (step < rise) return (learningRate * (step + 1)) / rise;
  return cosineBetween(learningRate, 0, (step - rise) / (steps - rise));
}

/** The first step has 1/25 of the peak, the last of the first 3/10 the peak itself, the last of all 1/10,000 of it. */
function oneCycle(step: number, { steps, learningRate }: Recipe): number {
  const top = Math.max(0, Math.round(0.3 * steps) - 1);
  if (step < top) return cosineBetween(learningRate / 25, learningRate, step / top);
  return cosineBetween(learningRate, learningRate / 10_000, (step - top) / Math.max(1, steps - 1 - top));
}

/** Half a cosine wave from one value (at share 0) to another (at share 1). */
function cosineBetween(from: number, to: number, share: number): number {
  return to + 0.5 * (from - to) * (1 + cos(Math.PI * share));
}

/**
 * Share of a step's batch statistics in batch norm's moving ones: their plain mean over the first ten steps, then an
 * exponential average with momentum 0.9. The usual 0.99 would still hold two thirds of its start after 40 steps; this
 * holds none of it from the first step on.
 */
export function statisticsShare(step: number): number {
  return Math.max(0.1, 1 / (step + 1));
}
