import { chiSquareQuantile } from "../math/chiSquare";
import { mean, squaredDeviations } from "../math/statistics";
import { estimateNoise } from "./measuredNoise";
import { seedDeviation } from "./noise";
import type { Study } from "./study";

/** How far the accuracies of a study's networks lie apart, beside what noise alone makes of one; standard deviations, 0 to 1. */
export interface AccuracySpread {
  /** Networks that were trained. */
  networks: number;
  /** Between the networks' accuracies, noise included. */
  deviation: number;
  /** Of one trial's accuracy: the seed's and that of counting on some images. */
  noise: number;
  seed: number;
  counting: number;
  /** Share of the variance between trials that is not noise. */
  real: number;
  /** Noise alone would lie so far apart in more than one of 20 studies: nothing says that the networks differ. */
  mayBeLuck: boolean;
}

/** Undefined under two trained networks. */
export function accuracySpread(
  study: Pick<Study, "trials" | "settings" | "data" | "noise">,
): AccuracySpread | undefined {
  const reports = study.trials.flatMap(({ accuracy, repeats }) => (accuracy && repeats === undefined ? accuracy : []));
  if (reports.length < 2) return undefined;
  const accuracies = reports.map(({ accuracy }) => accuracy);
  const degrees = accuracies.length - 1;
  const variance = squaredDeviations(accuracies) / degrees;
  const seed = estimateNoise(study)?.deviation ?? seedDeviation(study.settings.recipe, study.data.hash);
  const counting = Math.sqrt(mean(reports.map(({ accuracy, images }) => (accuracy * (1 - accuracy)) / images)));
  const noise = Math.hypot(seed, counting);
  return {
    networks: reports.length,
    deviation: Math.sqrt(variance),
    noise,
    seed,
    counting,
    real: variance > 0 ? Math.max(0, 1 - noise ** 2 / variance) : 0,
    mayBeLuck: variance * degrees <= noise ** 2 * chiSquareQuantile(0.95, degrees),
  };
}
