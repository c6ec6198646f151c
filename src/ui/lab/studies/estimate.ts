import type { Study, StudySettings } from "../../../core";
import { freshTrials } from "../../state/estimate";

/** How long some trials will take, s, and how that is known. */
export interface TrialsEstimate {
  range: readonly [low: number, high: number];
  basis: "so far" | "rule of thumb";
}

/** Fewer trials than this tell of the start alone. */
const ENOUGH = 4;

/**
 * @param trials that are still to be searched
 * @param studies searched so far under such settings; sides of a comparison share their running time
 */
export function estimateTrials(
  trials: number,
  { recipe }: Pick<StudySettings, "recipe">,
  studies: readonly Study[],
): TrialsEstimate {
  const done = studies.reduce((sum, study) => sum + freshTrials(study.trials).length, 0);
  const seconds = studies.reduce(
    (sum, { elapsedSeconds, comparison }) => sum + elapsedSeconds / (comparison?.sides ?? 1),
    0,
  );
  if (done >= ENOUGH && seconds > 0) {
    const each = seconds / done;
    return { range: [0.7 * each * trials, 1.4 * each * trials], basis: "so far" };
  }
  // Timing takes two to six seconds; a step of the default networks a hundredth of a second or two on one core of a few.
  return {
    range: [trials * (2 + 0.004 * recipe.steps), trials * (6 + 0.02 * recipe.steps)],
    basis: "rule of thumb",
  };
}
