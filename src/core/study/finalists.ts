import { deriveSeed } from "../math/random";
import type { Objective } from "../objective/objective";
import { paretoFront } from "../objective/pareto";
import { limits } from "./defaults";
import { rewardOf } from "./judge";
import { sameRecipe } from "./sameRecipe";
import type { FinalsSettings, Recipe, StudySettings } from "./settings";
import type { Finalist, Finals, Study, Trial } from "./study";

/** Steps of a finalist's training over those of a candidate's. */
const LONGER = 4;

/** Five finalists, three seeds, the study's own recipe four times as long and on all held-out images. */
export function defaultFinals({ recipe }: Pick<StudySettings, "recipe">): FinalsSettings {
  return { finalists: 5, seeds: 3, recipe: longerRecipe(recipe) };
}

function longerRecipe(recipe: Recipe): Recipe {
  return {
    ...recipe,
    steps: Math.min(LONGER * recipe.steps, limits.steps[1]),
    timeLimitSeconds: Math.min(LONGER * recipe.timeLimitSeconds, limits.timeLimitSeconds[1]),
    validationImages: limits.validationImages[1], // the trainer takes as many as there are
  };
}

/**
 * The trials of the front, best first by the reward under an objective, at most `most` of them; of equal rewards the
 * earlier. A network counts once, where it was first evaluated.
 */
export function chooseFinalists(trials: readonly Trial[], objective: Objective, most: number): Trial[] {
  const measured = trials.flatMap((trial) => {
    const { accuracy, latency, failure, repeats } = trial;
    if (!accuracy || !latency || failure || repeats !== undefined) return [];
    return { trial, accuracy: accuracy.accuracy, latencyMs: latency.medianMs };
  });
  return paretoFront(measured)
    .map(({ trial }) => trial)
    .sort((a, b) => rewardOf(b, objective) - rewardOf(a, objective) || a.number - b.number)
    .slice(0, most);
}

/** A stage at its beginning. What an earlier one found with the same recipe about a network that is in both is kept. */
export function beginFinals(study: Study, settings: FinalsSettings, objective: Objective): Finals {
  const before =
    study.finals && sameRecipe(study.finals.settings.recipe, settings.recipe) ? study.finals.finalists : [];
  const finalists = chooseFinalists(study.trials, objective, settings.finalists).map(({ number }): Finalist => {
    const known = before.find(({ trial }) => trial === number);
    if (!known) return { trial: number, accuracies: [] };
    const seeds = finalistSeeds(study.settings.seed, number, settings.seeds);
    return { ...known, accuracies: known.accuracies.filter(({ seed }) => seeds.includes(seed)) };
  });
  return { settings, objective, finalists };
}

/** The seeds of a finalist's trainings: another for every network and training, none of them one of the search's. */
export function finalistSeeds(studySeed: number, trial: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => deriveSeed(studySeed, "finals", trial, index));
}

/** What is done of what there is to do; what a failed finalist lacks is not to be done any more. */
export function finalsProgress({ settings, finalists }: Finals): {
  trainings: { done: number; total: number };
  timings: { done: number; total: number };
} {
  const trainings = { done: 0, total: 0 };
  const timings = { done: 0, total: 0 };
  for (const { accuracies, latency, failure } of finalists) {
    trainings.done += accuracies.length;
    trainings.total += failure ? accuracies.length : settings.seeds;
    timings.done += latency ? 1 : 0;
    timings.total += failure && !latency ? 0 : 1;
  }
  return { trainings, timings };
}

export function finalsAreDone(finals: Finals): boolean {
  const { trainings, timings } = finalsProgress(finals);
  return trainings.done === trainings.total && timings.done === timings.total;
}
