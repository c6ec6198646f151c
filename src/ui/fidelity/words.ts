import {
  type AccuracySpread,
  fidelitySets,
  type NoiseEstimate,
  type StudySettings,
  seedNoise,
  seedReach,
} from "../../core";
import { plural } from "../format";

const SPACE = "\u00a0";

/** A difference of shares from 0 to 1, "2.4 points". */
export function points(share: number): string {
  return `${(share * 100).toFixed(1)}${SPACE}points`;
}

/** What a trial's interval holds, and where that is from. */
export function intervalWords(
  spread: Pick<AccuracySpread, "counting">,
  { recipe }: Pick<StudySettings, "recipe">,
  images: number,
  noise: NoiseEstimate | undefined,
): string {
  const seed = seedReach(recipe, noise);
  const counting = 1.96 * spread.counting;
  const where = noise ? "as measured on this study's own images" : `the most that was measured on ${measuredSets()}`;
  return (
    `The accuracy of one trial is known to about ±${points(Math.hypot(seed, counting))} (95 %): ±${points(seed)} by its ` +
    `seed (first weights, order of the images), ${where}, and ±${points(counting)} by counting on ` +
    `${images.toLocaleString("en")} held-out images.`
  );
}

/** What was measured on the study's own images. */
export function noiseWords({ deviation, interval: [low, high], networks, trainings }: NoiseEstimate): string {
  return (
    `Measured here: trained from several seeds, one network's accuracy scatters by ${points(deviation)} (standard ` +
    `deviation; 95 % interval ${(low * 100).toFixed(1)}–${points(high)}). ${plural(trainings, "training")} of ` +
    `${plural(networks, "network")} are few, so that interval is wide.`
  );
}

/** How much of the differences between networks is there. Undefined where it may be none: the chart says so then. */
export function realWords({ real, mayBeLuck, networks }: AccuracySpread): string | undefined {
  if (mayBeLuck) return undefined;
  const share = `${Math.round(real * 100)}${SPACE}%`;
  return `Of the variance between the ${networks} networks that were trained, about ${share} is more than noise.`;
}

function measuredSets(): string {
  const titles: Readonly<Record<string, string>> = fidelitySets;
  return Object.keys(seedNoise)
    .map((name) => titles[name] ?? name)
    .join(" and ");
}
