import { log } from "../math/elementary";
import { proportionInterval, Z_95 } from "../math/statistics";
import { tReach } from "../math/student";
import type { NoiseEstimate } from "./measuredNoise";
import type { AccuracyReport } from "./reports";
import type { Recipe } from "./settings";

/** How far the accuracies of one network lie apart that was trained from several seeds. */
interface SeedNoise {
  /** Training images shown: steps x batch size. */
  shown: number;
  /** Standard deviation of top-1 accuracy between seeds, pooled over networks; on the scale 0 to 1. */
  deviation: number;
}

/**
 * Measured on 22 November 2026 by `npm run bench -- fidelity --kept --recipes standard,steps-100,steps-400` and, for the longest
 * training, by the yardstick. Behind each stands the number of networks that were trained from two seeds. Ascending.
 */
export const seedNoise: Readonly<Record<string, readonly SeedNoise[]>> = {
  "fashion-mnist": [
    { shown: 3_200, deviation: 0.023 }, // 7 networks
    { shown: 12_800, deviation: 0.0046 }, // 12
    { shown: 64_000, deviation: 0.0062 }, // 15, the yardstick
  ],
  builtin: [
    { shown: 12_800, deviation: 0.104 }, // 4 networks; these two on an earlier draft of the set (hash 04879ec9)
    { shown: 25_600, deviation: 0.025 }, // 2
  ],
};

/**
 * Standard deviation of an accuracy between seeds under a recipe, 0 to 1: between measured lengths of training by
 * interpolation over the logarithm of the images shown, beyond them that of the nearest; of several sets the largest.
 */
export function seedDeviation({ steps, batchSize }: Pick<Recipe, "steps" | "batchSize">): number {
  return Math.max(...Object.values(seedNoise).map((points) => interpolated(points, steps * batchSize)));
}

/**
 * How far the seed alone may take one accuracy from its mean over seeds, 95 %. By the noise that was measured on the
 * study's own images, where it was (few trainings, hence Student's t), else by `seedDeviation`.
 */
export function seedReach(recipe: Pick<Recipe, "steps" | "batchSize">, noise?: NoiseEstimate): number {
  return noise ? tReach(noise.degrees) * noise.deviation : Z_95 * seedDeviation(recipe);
}

/**
 * 95 % interval of the accuracy that a network reaches under this recipe, over all seeds and all images of its kind:
 * what one run on some held-out images can say. Noise of the seed (`seedReach`; measured by `npm run bench -- fidelity`
 * or on the study's own images) and of counting (Wilson's interval) together, as independent errors.
 */
export function accuracyInterval(
  { accuracy, images }: Pick<AccuracyReport, "accuracy" | "images">,
  recipe: Pick<Recipe, "steps" | "batchSize">,
  noise?: NoiseEstimate,
): [low: number, high: number] {
  const [low, high] = proportionInterval(accuracy * images, images);
  const seed = seedReach(recipe, noise);
  return [
    Math.max(0, accuracy - Math.hypot(accuracy - low, seed)),
    Math.min(1, accuracy + Math.hypot(high - accuracy, seed)),
  ];
}

function interpolated(points: readonly SeedNoise[], shown: number): number {
  const after = points.findIndex((point) => point.shown >= shown);
  const right = points.at(after) as SeedNoise; // the last one where all are shorter
  const left = points[Math.max(after, 0) - 1];
  if (after === -1 || !left) return right.deviation;
  const share = log(shown / left.shown) / log(right.shown / left.shown);
  return left.deviation + share * (right.deviation - left.deviation);
}
