import { type Objective, reward } from "../objective/objective";
import type { Candidate } from "./candidates";
import type { Evaluation, Trial } from "./study";

/** The trial that an evaluated candidate becomes under an objective; a failed one earns nothing. */
export function judge(candidate: Candidate, evaluation: Evaluation, objective: Objective): Trial {
  const { number, decisions, key, repeats } = candidate;
  const trial: Trial = { number, decisions, key, ...evaluation, objective, reward: rewardOf(evaluation, objective) };
  if (repeats !== undefined) trial.repeats = repeats;
  return trial;
}

/** Reward of what was measured under an objective: 0 where a measurement is missing. */
export function rewardOf({ accuracy, latency, failure }: Evaluation, objective: Objective): number {
  if (!accuracy || !latency || failure) return 0;
  return reward({ accuracy: accuracy.accuracy, latencyMs: latency.medianMs }, objective);
}
