import { noiseTrainings, type Study } from "../../core";
import { poolSize } from "../../workers/trainerPool";

/**
 * How long it takes to measure a study's noise, s, as a range: from the time that its networks took in the search.
 *
 * @param cores logical processors of this device
 */
export function noiseSeconds(study: Pick<Study, "trials" | "settings">, cores: number): [low: number, high: number] {
  const trainings = noiseTrainings(study);
  const seconds = trainings.map(({ trial }) => study.trials[trial]?.accuracy?.seconds ?? 0);
  const trainers = poolSize(study.settings.engine, cores, Math.max(1, trainings.length));
  const rounds = Math.ceil(trainings.length / trainers);
  const all = seconds.reduce((sum, each) => sum + each, 0);
  return [all / trainers, Math.max(all / trainers, rounds * Math.max(0, ...seconds)) * 1.3];
}
