import type { Evaluated } from "./ports";
import type { LatencyReport } from "./reports";
import { withRetries } from "./retries";
import type { Evaluation, Trial } from "./study";

/**
 * The trials that change where a trial's network was measured again: itself and its repeats, which show the same reports.
 * The earlier report is kept. So is the reward, which is what the controller was told and has learnt from: whoever shows a
 * reward computes it from the present latency.
 *
 * @param number of the trial that was measured, itself no repeat
 */
export function measuredAgain(
  trials: readonly Trial[],
  number: number,
  { report, retries }: Evaluated<LatencyReport>,
): Trial[] {
  return trials
    .filter((trial) => trial.number === number || trial.repeats === number)
    .map((trial) => {
      const { latency, earlierLatencies = [] } = trial;
      const renewed: Trial = { ...trial, latency: report };
      if (latency) renewed.earlierLatencies = [...earlierLatencies, latency];
      return trial.number === number ? withRetries(renewed, retries) : renewed;
    });
}

/** What the controller was told of a trial: with the first latency, where it was measured again since. */
export function toldEvaluation({ accuracy, latency, failure, skipped, earlierLatencies = [] }: Trial): Evaluation {
  return { accuracy, latency: earlierLatencies[0] ?? latency, failure, skipped };
}
