import {
  type AccuracySpread,
  type KnownImages,
  measuredSet,
  type NoiseEstimate,
  type Recipe,
  seedNoise,
  seedReach,
  Z_95,
} from "../../core";
import { plural } from "../format";

const SPACE = "\u00a0";

/** A figure on how sure something is: its name, its value, and what that means. */
interface Certainty {
  name: string;
  value: string;
  more: string;
}

/** A difference of shares from 0 to 1, "2.4 points". */
export function points(share: number): string {
  return `${(share * 100).toFixed(1)}${SPACE}points`;
}

/**
 * What a trial's interval holds, and where that is known from.
 *
 * @param images on which accuracy was counted
 */
export function trialCertainty(
  { counting }: Pick<AccuracySpread, "counting">,
  recipe: Recipe,
  images: number,
  known: KnownImages,
): Certainty {
  const seed = seedReach(recipe, known);
  const counted = Z_95 * counting;
  const where = placeOf(known);
  return {
    name: "One trial's accuracy, 95 %",
    value: `±${points(Math.hypot(seed, counted))}`,
    more:
      `±${points(seed)} by its seed (first weights, order of the images), ${where}; ±${points(counted)} by counting on ` +
      `${images.toLocaleString("en")} held-out images.`,
  };
}

/** What was measured on the study's own images. */
export function seedCertainty({ deviation, interval: [low, high], networks, trainings }: NoiseEstimate): Certainty {
  return {
    name: "One network between seeds",
    value: points(deviation),
    more:
      `Standard deviation; 95 % interval ${(low * 100).toFixed(1)}–${points(high)}. ${plural(trainings, "training")} of ` +
      `${plural(networks, "network")} are few, so it is wide.`,
  };
}

/** How much of the differences between networks is there. Undefined where it may be none: the chart says so then. */
export function realCertainty({ real, mayBeLuck, networks }: AccuracySpread): Certainty | undefined {
  if (mayBeLuck) return undefined;
  return {
    name: "Real differences",
    value: `${Math.round(real * 100)}${SPACE}%`,
    more: `Of the variance between the accuracies of ${networks} networks; the rest is noise.`,
  };
}

/** Where the noise between seeds is known from. */
function placeOf({ hash, noise }: KnownImages): string {
  if (noise) return "as measured on this study's own images";
  const set = measuredSet(hash);
  if (set) return `as we measured it on ${set.name} at 20 px (long training at 32 px), on another machine`;
  return `a guess for these images: the most that we measured on ${seedNoise.map(({ name }) => name).join(" and ")}`;
}
