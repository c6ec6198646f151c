import type { Evidence } from "../controller/controller";
import { type Objective, reward } from "../objective/objective";
import type { Candidate } from "./candidates";
import type { Evaluation, Trial } from "./study";

/** The trial that an evaluated candidate becomes under an objective; a failed one scores worst. */
export function judge(candidate: Candidate, evaluation: Evaluation, objective: Objective): Trial {
  const { number, decisions, key, repeats } = candidate;
  const trial: Trial = { number, decisions, key, ...evaluation, objective, reward: rewardOf(evaluation, objective) };
  if (repeats !== undefined) trial.repeats = repeats;
  return trial;
}

/** In absolute form rewards go below zero: a failure is to be worse than a network at eleven times T. */
const ABSOLUTE_FAILURE = -1;

/** Reward of what was measured under an objective; that of a failure where a measurement is missing. */
export function rewardOf({ accuracy, latency, failure, skipped }: Evaluation, objective: Objective): number {
  const counted = accuracy?.accuracy ?? skipped?.assumedAccuracy;
  if (counted === undefined || !latency || failure) return objective.form === "absolute" ? ABSOLUTE_FAILURE : 0;
  return reward({ accuracy: counted, latencyMs: latency.medianMs }, objective);
}

/** What a trial's reward was made of; absent after a failure. */
export function evidenceOf({ accuracy, latency, failure, skipped, objective }: Trial): Evidence | undefined {
  if (!latency || failure) return undefined;
  // The mean of all says nothing of this network; what its loss halfway leads one to expect does.
  const expected = skipped?.reason === "learns-worse" ? skipped.assumedAccuracy : undefined;
  return { accuracy: accuracy?.accuracy ?? expected, latencyMs: latency.medianMs, objective };
}
