import { type Architecture, countMultiplyAdds, mean, type Recipe, type Scale } from "../../../core";
import type { Training } from "../../../workers/protocol";

/** Multiply-adds a second of one core in training: rough, of a few machines. */
const PACES = [12e9, 4e9] as const;

interface EstimateOptions {
  /** What is still to be trained. */
  architectures: readonly Architecture[];
  recipe: Recipe;
  scale: Scale;
  /** Earlier trainings on this device at this scale. */
  earlier: readonly Training[];
  /** Trainings at the same time. */
  concurrency: number;
}

/** How long some trainings will take, s; of earlier ones where there are any, else of the work to be done. */
export function estimateTrainings(options: EstimateOptions): readonly [low: number, high: number] {
  const { architectures, recipe, scale, earlier, concurrency } = options;
  const rounds = Math.ceil(architectures.length / concurrency);
  if (earlier.length > 0) {
    const each = recipe.steps * mean(earlier.map(({ accuracy: { seconds, steps } }) => seconds / Math.max(1, steps)));
    return [0.7 * each * rounds, 1.5 * each * rounds];
  }
  // A step goes forward once and backward twice.
  const work = architectures.map((one) => 3 * countMultiplyAdds(one, scale) * recipe.batchSize * recipe.steps);
  const all = work.reduce((sum, each) => sum + each, 0) / concurrency;
  return [all / PACES[0], all / PACES[1] + 2 * rounds];
}
