import type { AccuracyReport, Network, Recipe } from "../core";
import type { Dataset } from "../data/dataset";
import type { Weights } from "./weights";

/** Trains one network at a time on the thread it was made on. One engine a worker. */
export interface TrainingEngine {
  readonly name: "simd" | "tfjs";
  /** What the engine computes on; "cpu" (plain JavaScript) serves as an oracle in tests only. */
  readonly backend: "wasm" | "webgl" | "cpu";
  /**
   * Trains from scratch and counts accuracy on held-out images.
   * @throws EvaluationError with code "diverged", "time-limit" or "out-of-memory"; StoppedHalfway beyond the job's limit;
   * UnfitEngineError where this device computes a kind of layer wrongly that the network has.
   */
  train(job: TrainingJob): Promise<AccuracyReport>;
  dispose(): void;
}

/** This device does not have the engine, or computes something else with it than it should: no candidate's fault. */
export class UnfitEngineError extends Error {
  override name = "UnfitEngineError";
}

export interface TrainingJob {
  network: Network;
  /** Images of any size; the engine resamples them to the network's input size. */
  dataset: Dataset;
  recipe: Recipe;
  /** Fixes initial weights, order of images, their augmentation and dropout. */
  seed: number;
  /** Training ends halfway where `AccuracyReport.halfwayLoss` is larger than this; absent for never. */
  halfwayLimit?: number;
  /**
   * Awaited between steps: where the engine lets other work in. It reports progress and resolves at once, or only when a
   * pause is over; time spent here does not count towards the time limit. Where it rejects, the run ends with its reason.
   */
  onStep(progress: TrainingProgress): Promise<void>;
  /** Called at the end with what was trained, for those who want more than its accuracy. */
  onTrained?(trained: TrainedNetwork): void;
}

/** A network's weights, those with which its accuracy was counted, and how its images were normalised. */
export interface TrainedNetwork {
  weights: Weights;
  /** Per channel, on the scale 0 to 1: the network sees (value / 255 - mean) / deviation. */
  mean: readonly number[];
  deviation: readonly number[];
}

export interface TrainingProgress {
  phase: "training" | "validating";
  /** Steps done of this phase. */
  step: number;
  steps: number;
}
