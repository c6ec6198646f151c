import { exponents } from "../objective/objective";
import { recipes, trainingSizes } from "./recipes";
import type { StudySettings } from "./settings";

/** A search that shows its first point within a minute, trained as docs/fidelity.md found to rank best for its time. */
export const defaultSettings: StudySettings = {
  space: "factorized-browser",
  controller: "guided",
  engine: "simd",
  platform: "tfjs-webgl",
  seed: 1,
  objective: { targetMs: 20, ...exponents.hard },
  budget: { trials: 40 },
  recipe: recipes.standard,
  proxy: { inputSize: trainingSizes.standard, widthMultiplier: 0.5, classes: 10, channels: 3 },
  deploy: { inputSize: 96, widthMultiplier: 1, classes: 10, channels: 3 },
  lookahead: 8, // as many as the largest pool has trainers, so that none is idle
  skipHopeless: true,
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
  finalists: [1, 20],
  finalSeeds: [1, 20],
} as const satisfies Record<string, readonly [number, number]>;

/** Fewest and most sides of one comparison. */
export const sideLimits = [2, 3] as const;
