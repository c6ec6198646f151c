import {
  type AccuracyReport,
  architectureKey,
  mean,
  proportionInterval,
  type Recipe,
  type Scale,
  sameRecipe,
  seedReach,
  squaredDeviations,
  tReach,
} from "../../../core";
import type { Training } from "../../../workers/protocol";
import type { Job } from "./trainingRun";

/** How networks are trained: what has to be equal before their accuracies may be compared. */
export interface Way {
  recipe: Recipe;
  /** Classes and channels follow the images. */
  scale: Scale;
  /** Name of the images. */
  images: string;
}

/** Trainings that may be compared. */
export interface Comparable {
  /** By the key of the network: one a seed, the latest. */
  reports: ReadonlyMap<string, readonly AccuracyReport[]>;
  /** `DataReference.hash`; absent where there are none. */
  hash?: string;
}

/**
 * The kept trainings of some networks in this way. Where a set of this name has been drawn
 * in several versions, those on the version that was trained on last.
 */
export function trainingsOf(
  networks: readonly Pick<Job, "key" | "architecture">[],
  trainings: readonly Training[],
  { recipe, scale, images }: Way,
): Comparable {
  const alike = trainings.filter(
    (training) =>
      training.data.name === images &&
      training.scale.inputSize === scale.inputSize &&
      training.scale.widthMultiplier === scale.widthMultiplier &&
      sameRecipe(training.recipe, recipe),
  );
  const hash = alike.at(-1)?.data.hash;
  const current = alike.filter(({ data }) => data.hash === hash);
  const reports = new Map(
    networks.map(({ key, architecture }) => {
      const network = architectureKey(architecture);
      const own = current.filter((training) => architectureKey(training.architecture) === network);
      const bySeed = new Map(own.map(({ accuracy }) => [accuracy.seed, accuracy]));
      return [key, [...bySeed.values()]] as const;
    }),
  );
  return { reports, hash };
}

/** Mean accuracy of a network over its trainings. */
export interface MeanAccuracy {
  mean: number;
  /** 95 %: counting on these held-out images, and the luck of the seeds. */
  interval: readonly [low: number, high: number];
  trainings: number;
}

/** Fewer degrees of freedom fix no spread: what was measured elsewhere stands in for it. */
const ENOUGH_DEGREES = 3;

/**
 * The means of several networks that were trained in the same way. How far seeds lie apart is taken from all of them
 * together, for a few trainings of one say little of it.
 */
export function meanAccuracies(trained: Comparable, recipe: Recipe): Map<string, MeanAccuracy> {
  const reach = reachOfOne(trained, recipe);
  const means = new Map<string, MeanAccuracy>();
  for (const [key, reports] of trained.reports) {
    const [first] = reports;
    if (!first) continue;
    const centre = mean(reports.map(({ accuracy }) => accuracy));
    const [low, high] = proportionInterval(centre * first.images, first.images);
    const seeds = reach / Math.sqrt(reports.length);
    means.set(key, {
      mean: centre,
      interval: [
        Math.max(0, centre - Math.hypot(centre - low, seeds)),
        Math.min(1, centre + Math.hypot(high - centre, seeds)),
      ],
      trainings: reports.length,
    });
  }
  return means;
}

/** How far the seed may take one accuracy from its mean, 95 %. */
function reachOfOne({ reports, hash }: Comparable, recipe: Recipe): number {
  const known = [...reports.values()].filter(({ length }) => length > 0);
  const degrees = known.reduce((sum, { length }) => sum + length - 1, 0);
  if (degrees < ENOUGH_DEGREES) return seedReach(recipe, { hash });
  const squares = known.reduce((sum, group) => sum + squaredDeviations(group.map(({ accuracy }) => accuracy)), 0);
  return tReach(degrees) * Math.sqrt(squares / degrees);
}
