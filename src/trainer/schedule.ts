import { cos, type Recipe } from "../core";

/** Learning rate of a step (from 0): a linear rise over the first tenth of the steps, then a cosine towards zero. */
export function learningRateAt(step: number, { steps, learningRate }: Recipe): number {
  const rise = Math.max(1, Math.round(steps / 10));
  if (step < rise) return (learningRate * (step + 1)) / rise;
  return 0.5 * learningRate * (1 + cos((Math.PI * (step - rise)) / (steps - rise)));
}

/**
 * Share of a step's batch statistics in batch norm's moving ones: their plain mean over the first ten steps, then an
 * exponential average with momentum 0.9. The usual 0.99 would still hold two thirds of its start after 40 steps; this
 * holds none of it from the first step on.
 */
export function statisticsShare(step: number): number {
  return Math.max(0.1, 1 / (step + 1));
}
