import type { FinalsSettings, StudySettings, Trial } from "../../core";
import { poolSize } from "../../workers/trainerPool";

/** Compiling and timing one network takes about so long, s. */
const TIMING = 6;

/**
 * How long a finalists stage takes, s, as a range: from the time that its networks took in the search, by steps. Counting
 * accuracy on more images, and finalists that do not fill all trainers to the end, make it longer.
 *
 * @param cores logical processors of this device
 */
export function finalsSeconds(
  chosen: readonly Trial[],
  { seeds, recipe }: FinalsSettings,
  { engine }: Pick<StudySettings, "engine">,
  cores: number,
): [low: number, high: number] {
  const trained = chosen.flatMap(({ accuracy }) => (accuracy ? accuracy.seconds / Math.max(1, accuracy.steps) : []));
  const work = trained.reduce((sum, secondsPerStep) => sum + secondsPerStep * recipe.steps * seeds, 0);
  const trainings = chosen.length * seeds;
  if (trainings === 0) return [0, 0];
  const trainers = poolSize(engine, cores, trainings);
  const rounds = Math.ceil(trainings / trainers) / (trainings / trainers);
  return [work / trainers + chosen.length, (work / trainers) * rounds * 1.3 + chosen.length * TIMING];
}
