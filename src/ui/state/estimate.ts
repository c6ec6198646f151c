import type { Budget, Trial } from "../../core";

const RECENT = 8;

/** Trials that count against the budget: a repeat of a known network is free, nothing is run again. */
export function freshTrials<Some extends Pick<Trial, "repeats">>(trials: readonly Some[]): readonly Some[] {
  return trials.filter(({ repeats }) => repeats === undefined);
}

/** Trials a minute over the whole run; undefined before the first trial. */
export function trialsPerMinute(finished: number, elapsedSeconds: number): number | undefined {
  return finished > 0 && elapsedSeconds > 0 ? (finished / elapsedSeconds) * 60 : undefined;
}

/**
 * Seconds that are left, as a range between the pace of the whole run and that of the last trials. Undefined before
 * the second trial: the first one carries compilation.
 *
 * @param finishedAt running time at which each fresh trial of this run ended, s, ascending
 * @param finished fresh trials of the whole study
 */
export function remainingSeconds(
  finishedAt: readonly number[],
  finished: number,
  elapsedSeconds: number,
  budget: Budget,
): [low: number, high: number] | undefined {
  const last = finishedAt.at(-1);
  if (last === undefined || finishedAt.length < 2) return undefined;
  const recent = finishedAt.slice(-RECENT - 1);
  const [start = 0] = recent;
  const paces = [last / finished, (last - start) / (recent.length - 1)].filter((pace) => pace > 0);
  const left = Math.max(0, budget.trials - finished);
  const minutesLeft = budget.minutes === undefined ? Number.POSITIVE_INFINITY : budget.minutes * 60 - elapsedSeconds;
  const ends = paces.map((pace) => Math.max(0, Math.min(pace * left - (elapsedSeconds - last), minutesLeft)));
  return ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : undefined;
}
