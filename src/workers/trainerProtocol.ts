import type { AccuracyReport, Architecture, Recipe, Scale, TrialFailure } from "../core";
import type { Dataset } from "../data/dataset";
import type { Calibration, TrainingProgress } from "../trainer";

/** Requests of the study worker to a trainer worker. One candidate at a time. */
export interface TrainerRequests {
  /** Measures which backend trains fastest on this device. */
  calibrate: { params: undefined; result: Calibration };
  /** Makes the engine and takes the images: once per study, not once per trial. */
  load: { params: { engine: string; backend: string; dataset: Dataset }; result: undefined };
  train: { params: TrainParams; result: TrainOutcome };
  /** Resolves when the worker computes nothing: between two steps, or idle. */
  pause: { params: undefined; result: undefined };
  proceed: { params: undefined; result: undefined };
}

export interface TrainParams {
  architecture: Architecture;
  scale: Scale;
  recipe: Recipe;
  seed: number;
}

/** A candidate that failed is an answer, not an error of the worker. */
export type TrainOutcome = { report: AccuracyReport } | { failure: TrialFailure };

export interface TrainerEvents {
  progress: TrainingProgress;
}
