import { exponents } from "../objective/objective";
import type { StudySettings } from "./study";

/**
 * A search that shows its first point within a minute. 200 steps are the least that lifts most networks clearly above
 * chance on the built-in images (three random ones: 32, 26 and 19 %; after 40 steps 9 to 19 %, chance 10 %), at the best
 * of four learning rates from 0.004 to 0.1, tried once on 22 November 2026. What such short runs are worth is measured by the page's intervals.
 */
export const defaultSettings: StudySettings = {
  space: "factorized-browser",
  controller: "ppo",
  engine: "simd",
  platform: "tfjs-webgl",
  seed: 1,
  objective: { targetMs: 20, ...exponents.hard },
  budget: { trials: 40 },
  recipe: {
    steps: 200,
    batchSize: 32,
    optimizer: "sgd",
    schedule: "cosine",
    learningRate: 0.02,
    momentum: 0.9,
    weightDecay: 1e-4,
    labelSmoothing: 0,
    gradientClip: 0,
    averageDecay: 0,
    augmentation: { flip: false, shift: 0, cutout: 0 },
    validationImages: 500,
    timeLimitSeconds: 180,
  },
  proxy: { inputSize: 32, widthMultiplier: 0.5, classes: 10, channels: 3 },
  deploy: { inputSize: 96, widthMultiplier: 1, classes: 10, channels: 3 },
  lookahead: 8, // as many as the largest pool has trainers, so that none is idle
};

/** Smallest and largest value of every number that a person can set; page, command line and imported files share them. */
export const limits = {
  seed: [0, 2147483647],
  targetMs: [0.1, 5000],
  alpha: [-2, 0],
  beta: [-2, 0],
  trials: [1, 5000],
  minutes: [0.1, 1440],
  steps: [1, 20000],
  batchSize: [1, 256],
  learningRate: [0.0001, 2],
  momentum: [0, 0.999],
  weightDecay: [0, 0.1],
  labelSmoothing: [0, 0.5],
  gradientClip: [0, 1000],
  averageDecay: [0, 0.9999],
  shift: [0, 32],
  cutout: [0, 64],
  validationImages: [10, 100000],
  timeLimitSeconds: [1, 86400],
  proxyInputSize: [8, 128],
  deployInputSize: [16, 320],
  widthMultiplier: [0.1, 4],
  lookahead: [1, 64],
} as const satisfies Record<string, readonly [number, number]>;
