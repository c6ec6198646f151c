import { log } from "../math/elementary";
import { proportionInterval, Z_95 } from "../math/statistics";
import { tReach } from "../math/student";
import { estimateNoise, type NoiseEstimate } from "./measuredNoise";
import type { AccuracyReport } from "./reports";
import type { Recipe } from "./settings";
import type { Study } from "./study";

/** How far the accuracies of one network lie apart that was trained from several seeds. */
interface SeedNoise {
  /** Training images shown: steps x batch size. */
  shown: number;
  /** Standard deviation of top-1 accuracy between seeds, pooled over networks; on the scale 0 to 1. */
  deviation: number;
}

/** On one set of images. */
interface SeedNoiseOfSet {
  /** What the page calls it. */
  name: string;
  /** `DataReference.hash`. */
  hash: string;
  /** By the length of training, ascending. */
  lengths: readonly SeedNoise[];
}

/**
 * Measured by `npm run bench -- fidelity` at 20 px and, for the longest training, by `npm run bench -- yardstick` at 32 px, on 23 November
 * 2026: 32 networks each, from two or three seeds, on all images held out. A test holds it to the kept runs.
 */
export const seedNoise: readonly SeedNoiseOfSet[] = [
  {
    name: "Fashion-MNIST",
    hash: "6124dd7dabf65eb838e1be3455a998baff60775766bca4549c96a87aff8a2802",
    lengths: [
      { shown: 8_000, deviation: 0.0101 },
      { shown: 32_000, deviation: 0.0042 },
      { shown: 64_000, deviation: 0.0066 },
    ],
  },
  {
    name: "the built-in images (medium)",
    hash: "7c0a9f9a53dec63a3443c0c4d8e77596fdc278daa523c5462ec3956d619ede8f",
    lengths: [
      { shown: 8_000, deviation: 0.069 },
      { shown: 32_000, deviation: 0.0203 },
      { shown: 64_000, deviation: 0.0134 },
    ],
  },
];

/** What is known of the images that networks are trained on. */
export interface KnownImages {
  /** `DataReference.hash`. */
  hash?: string;
  /** Measured on these very images, by the study's own recipe. */
  noise?: NoiseEstimate;
}

/** What is known of a study's images. */
export function knownImages({ data, ...study }: Pick<Study, "trials" | "noise" | "data">): KnownImages {
  return { hash: data.hash, noise: estimateNoise(study) };
}

/** The measured noise on these images; undefined where they are none of the measured sets. */
export function measuredSet(hash: string | undefined): SeedNoiseOfSet | undefined {
  return seedNoise.find((set) => set.hash === hash);
}

/**
 * Standard deviation of an accuracy between seeds under a recipe, 0 to 1: between measured lengths of training by
 * interpolation over the logarithm of the images shown, beyond them that of the nearest. On images that nobody has
 * measured it is that of the noisiest set.
 */
export function seedDeviation({ steps, batchSize }: Pick<Recipe, "steps" | "batchSize">, hash?: string): number {
  const own = measuredSet(hash);
  const sets = own ? [own] : seedNoise;
  return Math.max(...sets.map(({ lengths }) => interpolated(lengths, steps * batchSize)));
}

/**
 * How far the seed alone may take one accuracy from its mean over seeds, 95 %. By the noise that was measured on the
 * study's own images, where it was (few trainings, hence Student's t), else by `seedDeviation`.
 */
export function seedReach(recipe: Pick<Recipe, "steps" | "batchSize">, { hash, noise }: KnownImages = {}): number {
  return noise ? tReach(noise.degrees) * noise.deviation : Z_95 * seedDeviation(recipe, hash);
}

/**
 * 95 % interval of the accuracy that a network reaches under this recipe, over all seeds and all images of its kind:
 * what one run on some held-out images can say. Noise of the seed (`seedReach`; measured by `npm run bench -- fidelity`
 * or on the study's own images) and of counting (Wilson's interval) together, as independent errors.
 */
export function accuracyInterval(
  { accuracy, images }: Pick<AccuracyReport, "accuracy" | "images">,
  recipe: Pick<Recipe, "steps" | "batchSize">,
  known?: KnownImages,
): [low: number, high: number] {
  const [low, high] = proportionInterval(accuracy * images, images);
  const seed = seedReach(recipe, known);
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
