import type { Architecture } from "../architecture/architecture";
import { EvaluationError, type Profiler, type Trainer } from "./ports";
import type { Evaluation } from "./study";

/**
 * Trains a candidate, then times it. A candidate that fails is an evaluation too, with the reason; any other error is the
 * search's and is thrown.
 *
 * @param onTrained called once when the trainer is free again, also after a failure.
 */
export async function evaluate(
  architecture: Architecture,
  number: number,
  trainer: Trainer,
  profiler: Profiler,
  onTrained: () => void,
): Promise<Evaluation> {
  const evaluation: Evaluation = {};
  const retries: string[] = [];
  try {
    const trained = await trainer.train(architecture, number).finally(onTrained);
    evaluation.accuracy = trained.report;
    retries.push(...trained.retries);
    const timed = await profiler.profile(architecture, number);
    evaluation.latency = timed.report;
    retries.push(...timed.retries);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    evaluation.failure = error.failure;
    retries.push(...error.retries);
  }
  if (retries.length > 0) evaluation.retries = retries;
  return evaluation;
}
