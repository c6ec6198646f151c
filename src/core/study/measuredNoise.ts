import type { Architecture } from "../architecture/architecture";
import { deviationInterval } from "../math/chiSquare";
import { deriveSeed } from "../math/random";
import { squaredDeviations } from "../math/statistics";
import { spaces } from "../space";
import type { AccuracyReport } from "./reports";
import type { MeasuredNoise, Study, Trial } from "./study";

/** So many networks are trained again, each so often: with their own trials three trainings each, six degrees of freedom. */
const NETWORKS = 3;
const AGAIN = 2;

/** One training of a trial's network from another seed, under the study's own recipe. */
export interface NoiseTraining {
  trial: number;
  architecture: Architecture;
  seed: number;
  /** From 1. */
  repetition: number;
}

/** Noise between seeds on a study's own images: an estimate from few trainings, so with an interval of its own. */
export interface NoiseEstimate {
  /** Standard deviation of top-1 accuracy between seeds, pooled over the networks; on the scale 0 to 1. */
  deviation: number;
  /** 95 % interval of the deviation, by the chi-square distribution. */
  interval: readonly [low: number, high: number];
  degrees: number;
  networks: number;
  trainings: number;
}

/**
 * The trainings that tell a study's noise: of its fastest, its middle and its slowest trained network. Chosen by latency,
 * for those with the highest accuracies were partly lucky, and their own trials would not count as one more seed.
 */
export function noiseTrainings({ trials, settings }: Pick<Study, "trials" | "settings">): NoiseTraining[] {
  const space = spaces[settings.space];
  return spreadByLatency(trials).flatMap(({ number, decisions }) =>
    Array.from({ length: AGAIN }, (_, index) => ({
      trial: number,
      architecture: space.decode(decisions),
      seed: deriveSeed(settings.seed, "noise", number, index),
      repetition: index + 1,
    })),
  );
}

function spreadByLatency(trials: readonly Trial[]): Trial[] {
  const trained = trials
    .flatMap((trial) =>
      trial.accuracy && trial.latency && trial.repeats === undefined ? { trial, ms: trial.latency.medianMs } : [],
    )
    .sort((a, b) => a.ms - b.ms);
  const places = Array.from({ length: NETWORKS }, (_, i) => Math.round((i / (NETWORKS - 1)) * (trained.length - 1)));
  return [...new Set(places)].flatMap((place) => trained[place]?.trial ?? []);
}

/** What was found, by network; one that could not be trained again is left out. */
export function gatherNoise(found: readonly { trial: number; report: AccuracyReport }[]): MeasuredNoise {
  const trials = [...new Set(found.map(({ trial }) => trial))].sort((a, b) => a - b);
  return {
    networks: trials.map((trial) => ({
      trial,
      accuracies: found.flatMap((one) => (one.trial === trial ? one.report : [])),
    })),
  };
}

/** The noise that was measured on a study's own images; undefined where that has not been done. */
export function estimateNoise({ trials, noise }: Pick<Study, "trials" | "noise">): NoiseEstimate | undefined {
  if (!noise) return undefined;
  const groups = noise.networks.map(({ trial, accuracies }) => {
    const first = trials.find(({ number }) => number === trial)?.accuracy;
    return [...(first ? [first] : []), ...accuracies].map(({ accuracy }) => accuracy);
  });
  const trainings = groups.reduce((sum, { length }) => sum + length, 0);
  const degrees = trainings - groups.length;
  if (degrees < 1) return undefined;
  const deviation = Math.sqrt(groups.reduce((sum, group) => sum + squaredDeviations(group), 0) / degrees);
  const interval = deviationInterval(deviation, degrees);
  return { deviation, interval, degrees, networks: groups.length, trainings };
}
