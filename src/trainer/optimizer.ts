import type { Parameter, Recipe } from "../core";

/** RMSProp of the paper (section 5): share of the past in the mean of squared gradients. */
export const RMSPROP_DECAY = 0.9;

/** Added to the mean of squares under the root, as TensorFlow 1's `tf.train.RMSPropOptimizer` does. */
export const RMSPROP_EPSILON = 0.001;

/** The mean of squares before the first step: TensorFlow 1 fills its slot with ones, which keeps first steps small. */
export const RMSPROP_START = 1;

/** Whether weight decay touches a parameter: kernels only, batch norm and biases are left out. */
export function decays({ role }: Pick<Parameter, "role">): boolean {
  return role.toLowerCase().endsWith("kernel");
}

/**
 * Share of the past in the averaged weights after step `step` (from 0), where the recipe averages at all: at most
 * (1 + step) / (10 + step), so that a short run forgets its initial weights
 * (TensorFlow 1's `ExponentialMovingAverage` with `num_updates`).
 */
export function averageDecayAt(step: number, { averageDecay }: Recipe): number {
  return Math.min(averageDecay, (1 + step) / (10 + step));
}
