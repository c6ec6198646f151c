import type { Objective } from "../../core";
import { milliseconds, percent } from "../format";
import { objectiveWords, sameObjective } from "./objective";
import type { ScoredPoint } from "./score";

/** A trial with its rank under the study's own objective, from 1. */
export interface RankedPoint extends ScoredPoint {
  formerRank: number;
}

/**
 * The first trials under another objective, with the rank each has under the study's own.
 *
 * @param own all points under the study's own objective, by falling reward
 * @param asked the same points under the other one, by falling reward
 */
export function topRanked(own: readonly ScoredPoint[], asked: readonly ScoredPoint[], count = 5): RankedPoint[] {
  const ranks = new Map(own.map(({ number }, index) => [number, index + 1]));
  return asked.slice(0, count).map((point) => ({ ...point, formerRank: ranks.get(point.number) ?? 0 }));
}

/** Which trial would win under another objective, and instead of which. */
export function incumbentWords(
  own: { objective: Objective; best: ScoredPoint },
  asked: { objective: Objective; best: ScoredPoint },
): string {
  const under = objectiveWords(asked.objective);
  if (sameObjective(own.objective, asked.objective)) {
    return `Under the study's own objective (${under}) ${figures(own.best)} is the best.`;
  }
  if (own.best.number === asked.best.number) return `With “${under}” ${figures(own.best)} would still be the best.`;
  return `With “${under}” ${figures(asked.best)} would win instead of ${figures(own.best)}.`;
}

/** "trial 17 (61.2 % at 8.31 ms)". */
function figures({ number, accuracy, latencyMs }: ScoredPoint): string {
  return `trial\u00a0${number + 1} (${percent(accuracy)} at ${milliseconds(latencyMs)})`;
}
