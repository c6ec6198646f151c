import type { AccuracyReport, Architecture, EngineName, Recipe, Scale, TrialFailure } from "../core";
import type { Dataset } from "../data/dataset";
import type { TrainedNetwork, TrainingProgress } from "../trainer";

/** Requests of the study worker to a trainer worker. One candidate at a time. */
export interface TrainerRequests {
  /**
   * Makes the engine and takes the images: once per study, not once per trial.
   * @throws RemoteError "engine-unavailable" where this device does not have the engine.
   */
  load: { params: { engine: EngineName; dataset: Dataset }; result: undefined };
  /** @throws RemoteError "engine-unavailable" where this device computes layers of the network wrongly with it. */
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
  /** As `TrainingJob`. */
  halfwayLimit?: number;
  /** Whether the weights are wanted too, not the accuracy alone. */
  keepWeights?: boolean;
}

/** A candidate that failed, or was ended halfway, is an answer, not an error of the worker. */
export type TrainOutcome =
  | { report: AccuracyReport; trained?: TrainedNetwork }
  | { failure: TrialFailure }
  | { halfwayLoss: number };

export interface TrainerEvents {
  progress: TrainingProgress;
}
