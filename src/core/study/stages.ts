import type { Architecture } from "../architecture/architecture";
import { EvaluationError, type Profiler, StoppedHalfway, type Trainer } from "./ports";
import type { Skipped } from "./reports";
import { withRetries } from "./retries";
import type { Evaluation } from "./study";

/** What a candidate goes through, one after the other; what a stage found is on disk before the next begins. */
export type Stage = "training" | "timing";

/** Nothing is left to be found out. */
export function isComplete({ accuracy, latency, failure, skipped }: Evaluation): boolean {
  return failure !== undefined || skipped !== undefined || (accuracy !== undefined && latency !== undefined);
}

/** The stage that comes next, where one is left; `timedFirst` says with which of both a new candidate begins. */
export function nextStage(evaluation: Evaluation, timedFirst: boolean): Stage | undefined {
  if (isComplete(evaluation)) return undefined;
  if (evaluation.accuracy) return "timing";
  if (evaluation.latency) return "training";
  return timedFirst ? "timing" : "training";
}

/** A candidate and who evaluates it. */
export interface StageOptions {
  architecture: Architecture;
  /** Number of its trial. */
  number: number;
  trainer: Trainer;
  profiler: Profiler;
  /** As `Trainer.train`. */
  halfwayLimit?: number;
  /** What a training that was stopped halfway counts as. */
  onStopped(halfwayLoss: number): Skipped;
}

/**
 * Carries one stage out; resolves to the evaluation so far. A candidate that fails is an evaluation too, with the reason; any
 * other error is the search's and is thrown.
 */
export async function evaluateStage(
  stage: Stage,
  before: Evaluation,
  { architecture, number, trainer, profiler, halfwayLimit, onStopped }: StageOptions,
): Promise<Evaluation> {
  const evaluation = { ...before };
  try {
    if (stage === "training") {
      const { report, retries } = await trainer.train(architecture, number, halfwayLimit);
      return withRetries({ ...evaluation, accuracy: report }, retries);
    }
    const { report, retries } = await profiler.profile(architecture, number);
    return withRetries({ ...evaluation, latency: report }, retries);
  } catch (error) {
    if (error instanceof StoppedHalfway) {
      return withRetries({ ...evaluation, skipped: onStopped(error.halfwayLoss) }, error.retries);
    }
    if (!(error instanceof EvaluationError)) throw error;
    return withRetries({ ...evaluation, failure: error.failure }, error.retries);
  }
}
