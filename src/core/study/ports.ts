import type { Architecture } from "../architecture/architecture";
import type { AccuracyReport, LatencyReport, TrialFailure } from "./reports";
import type { Checkpoint, Trial } from "./study";

/** Runs the short training that gives a trial its accuracy. Implementations train several candidates side by side. */
export interface Trainer {
  /** Candidates that it trains at the same time. */
  readonly concurrency: number;
  /**
   * @param halfwayLimit largest `halfwayLoss` with which training goes on to its end
   * @throws EvaluationError where the candidate failed, as opposed to the search; StoppedHalfway beyond the limit.
   */
  train(architecture: Architecture, trial: number, halfwayLimit?: number): Promise<Evaluated<AccuracyReport>>;
}

/** Times an architecture's inference on this device, with the trainers quiet. */
export interface Profiler {
  /** As `Trainer.train`. */
  profile(architecture: Architecture, trial: number): Promise<Evaluated<LatencyReport>>;
}

/** A report, and the attempts that were lost on the way to it (a worker died, a context was lost). */
export interface Evaluated<Report> {
  report: Report;
  retries: readonly string[];
}

/**
 * Keeps a study on disk. What was handed over is there for good when the promise has resolved; the search starts nothing
 * new before. A journal that cannot write says so to the person and resolves: the search goes on.
 */
export interface Journal {
  /** Writes a trial and the checkpoint after it in one transaction. */
  record(trial: Trial, checkpoint: Checkpoint): Promise<void>;
  /** Writes a checkpoint alone: an evaluation is done out of turn. */
  checkpoint(checkpoint: Checkpoint): Promise<void>;
}

/** Seconds on a clock that only ever rises. Core has none of its own. */
export type Clock = () => number;

/** A candidate that cannot be scored: recorded as a failed trial, which scores worst (`rewardOf`); the study goes on. */
export class EvaluationError extends Error {
  constructor(
    readonly failure: TrialFailure,
    readonly retries: readonly string[] = [],
  ) {
    super(failure.message);
    this.name = "EvaluationError";
  }
}

/** Training was ended halfway: its loss was beyond the limit. */
export class StoppedHalfway extends Error {
  constructor(
    /** As `AccuracyReport.halfwayLoss`. */
    readonly halfwayLoss: number,
    readonly retries: readonly string[] = [],
  ) {
    super(`Training was ended halfway with a loss of ${halfwayLoss}.`);
    this.name = "StoppedHalfway";
  }
}

/** What was asked for was given up before it began, through no fault of the candidate: it may be asked for again. */
export class Withdrawn extends Error {
  constructor() {
    super("It was given up before it began.");
    this.name = "Withdrawn";
  }
}
