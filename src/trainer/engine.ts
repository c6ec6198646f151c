import type { AccuracyReport, Network, Recipe } from "../core";
import type { Dataset } from "../data/dataset";

export type EngineName = "tfjs";

/**
 * Trains one network at a time on the thread it was made on. One engine a worker; a second implementation only has to be
 * added to `createEngine`.
 */
export interface TrainingEngine {
  readonly name: EngineName;
  /** What the engine computes on, for example "wasm". */
  readonly backend: string;
  /**
   * Trains from scratch and counts accuracy on held-out images.
   * @throws EvaluationError with code "diverged", "time-limit" or "out-of-memory".
   */
  train(job: TrainingJob): Promise<AccuracyReport>;
  dispose(): void;
}

export interface TrainingJob {
  network: Network;
  /** Images of any size; the engine resamples them to the network's input size. */
  dataset: Dataset;
  recipe: Recipe;
  /** Fixes initial weights, order of images and dropout. */
  seed: number;
  /**
   * Awaited between steps: where the engine lets other work in. It reports progress and resolves at once, or only when a
   * pause is over; time spent here does not count towards the time limit. Where it rejects, the run ends with its reason.
   */
  onStep(progress: TrainingProgress): Promise<void>;
}

export interface TrainingProgress {
  phase: "training" | "validating";
  /** Steps done of this phase. */
  step: number;
  steps: number;
}

/** Which backend trains fastest on this device. Plain data: it can be kept for the next visit. */
export interface Calibration {
  engine: EngineName;
  backend: string;
  /** One sentence with the numbers. */
  reason: string;
  measured: readonly BackendMeasurement[];
}

export interface BackendMeasurement {
  backend: string;
  /** Mean time of a training step over a short run, its slow first step included, ms. Absent where it was refused. */
  stepMs?: number;
  /** Why the backend was refused, one sentence. */
  refusal?: string;
}
