import type { Scale } from "../architecture/architecture";
import type { ControllerName } from "../controller/controller";
import type { Objective } from "../objective/objective";
import type { SpaceName } from "../space";

/** The runtimes that can be timed; one a study, never mixed in one front. */
export type Platform = "tfjs-webgl" | "tfjs-webgpu" | "tfjs-wasm";

/**
 * What trains: the project's own WebAssembly SIMD kernels (the same bits on every device), or the reference,
 * TensorFlow.js on WebGL or on its WebAssembly backend.
 */
export type EngineName = "simd" | "tfjs-webgl" | "tfjs-wasm";

/** Gradient descent with Nesterov momentum, or RMSProp with momentum as in the paper (decay 0.9, epsilon 0.001). */
export type Optimizer = "sgd" | "rmsprop";

/**
 * `cosine`: a linear warm-up over a tenth of the steps, then a cosine to zero. `one-cycle`: a cosine up from 1/25 of the
 * peak over 3/10 of the steps, then a cosine down to 1/10,000 of it (Smith and Topin 2018; momentum stays).
 */
export type Schedule = "cosine" | "one-cycle";

/** How training images are varied, drawn anew each time an image is used. */
export interface Augmentation {
  /** Mirrors an image left to right, by the toss of a coin. */
  flip: boolean;
  /** Largest shift along each side, px at proxy scale; what comes in is the mean colour (0 when normalised). */
  shift: number;
  /** Side of a square set to the mean colour, its centre anywhere in the image, px at proxy scale; 0 for none. */
  cutout: number;
}

/** How long and how a candidate is trained, and on how many held-out images its accuracy is counted. */
export interface Recipe {
  steps: number;
  batchSize: number;
  optimizer: Optimizer;
  schedule: Schedule;
  /** Peak of the schedule. */
  learningRate: number;
  momentum: number;
  /** L2 term in the gradient of kernels; batch norm and biases are left out. */
  weightDecay: number;
  labelSmoothing: number;
  /** Largest norm of the whole gradient, weight decay not counted; 0 for no clipping. */
  gradientClip: number;
  /** Accuracy is counted with an exponential moving average of the weights of this decay; 0 for the last weights. */
  averageDecay: number;
  augmentation: Augmentation;
  validationImages: number;
  /** A candidate that is not done after this has failed, s. */
  timeLimitSeconds: number;
}

/** When a study ends by itself: at whichever comes first. */
export interface Budget {
  /** Trials evaluated, repeats of a known architecture not counted. */
  trials: number;
  /** Minutes of running, pauses not counted; absent for no limit. */
  minutes?: number;
}

/** Everything that fixes a search; set at its start, all but the objective's numbers for good. */
export interface StudySettings {
  space: SpaceName;
  controller: ControllerName;
  engine: EngineName;
  platform: Platform;
  seed: number;
  objective: Objective;
  budget: Budget;
  recipe: Recipe;
  /** Scale for training. */
  proxy: Scale;
  /** Scale for timing and export. */
  deploy: Scale;
  /**
   * Trials that may be under way at once. Trial i is asked for when trial i - lookahead has been told, on every
   * machine, whatever its number of workers: so a study replays exactly.
   */
  lookahead: number;
  /**
   * Networks are timed first; what cannot win any more is not trained, or not to the end (`hopeless.ts`). Off for the
   * paper's way.
   */
  skipHopeless: boolean;
  /** The finalists stage begins by itself when the budget is spent; absent where only on demand. */
  finals?: FinalsSettings;
}

export interface FinalsSettings {
  /** Most trials of the front that take part. */
  finalists: number;
  /** How often each is trained, from different seeds. */
  seeds: number;
  recipe: Recipe;
}
