import type { Recipe } from "./settings";

/** What all three have in common: gradient descent with Nesterov momentum from scratch, one cycle of the rate. */
const common: Recipe = {
  steps: 1000,
  batchSize: 32,
  optimizer: "sgd",
  schedule: "one-cycle",
  learningRate: 0.1,
  momentum: 0.9,
  weightDecay: 5e-4,
  labelSmoothing: 0,
  gradientClip: 0,
  averageDecay: 0,
  augmentation: { flip: false, shift: 0, cutout: 0 },
  validationImages: 5000,
  timeLimitSeconds: 180,
};

/**
 * Ways to train a trial, by what they cost and what their ranking is worth: measured by `npm run bench -- fidelity`, told
 * in docs/fidelity.md.
 */
export const recipes = {
  /** A first look: a quarter of the steps of `standard`, and fewer held-out images. */
  quick: { ...common, steps: 250, validationImages: 2000 },
  /** The default: about as long as ten core-seconds a trial allow, on up to 5,000 held-out images. */
  standard: common,
  /** The paper's way (section 5): from scratch, a fixed number of steps, top-1, and no trick. */
  exact: { ...common, steps: 1600, timeLimitSeconds: 600 },
} as const satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof recipes;

/**
 * Side of the images that each recipe trains on, px. Many steps on small images rank networks better than few on large
 * ones for the same time (docs/fidelity.md); the paper's way leaves the images as large as they are.
 */
export const trainingSizes: Readonly<Record<RecipeName, number>> = { quick: 20, standard: 20, exact: 32 };
