import { existsSync, readFileSync } from "node:fs";
import { mean, type Recipe } from "../../src/core";
import { resultsFile } from "./files";
import type { Truth } from "./judge";
import { meanPairCorrelation, shareBetween, spearmanBrown, varianceWithin } from "./statistics";

/** One architecture, trained long from one seed. */
export interface YardstickRun {
  /** Of `yardstickSeeds`. */
  architecture: number;
  seed: number;
  accuracy: number;
  trainingLoss: number;
  seconds: number;
}

export interface Yardstick {
  set: string;
  /** Of the data set. */
  hash: string;
  recipe: Recipe;
  runs: YardstickRun[];
}

/** The yardstick of a set as far as it is there. */
export function readYardstick(set: string): Yardstick | undefined {
  const file = resultsFile("yardstick", set);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

export function truthOf({ runs }: Yardstick): Truth {
  const architectures = [...new Set(runs.map(({ architecture }) => architecture))];
  return new Map(architectures.map((a) => [a, mean(accuraciesOf(runs, a))]));
}

/** How sure the yardstick itself is of its ranking. */
export interface Stability {
  architectures: number;
  /** Seeds that every architecture has. */
  seeds: number;
  /** Architectures with two seeds or more: what compares seeds stands on them, and is NaN where they are under three. */
  paired: number;
  /** Rank correlation of two seeds. */
  seedAgreement: number;
  /** That of the mean over the `seeds` with another such mean, by Spearman and Brown. */
  reliability: number;
  /** Spearman that a recipe without any noise could be expected to reach: the root of the reliability. */
  ceiling: number;
  /** Highest less lowest mean accuracy. */
  spread: number;
  /** Between seeds of one architecture. */
  seedDeviation: number;
  varianceBetween: number;
}

/** Of the runs so far, also where a seed is not complete yet. */
export function stabilityOf({ runs }: Yardstick): Stability {
  const architectures = [...new Set(runs.map(({ architecture }) => architecture))];
  const groups = architectures.map((a) => accuraciesOf(runs, a));
  const seeds = Math.min(...groups.map(({ length }) => length));
  const paired = groups.filter(({ length }) => length > 1);
  const depth = Math.min(...paired.map(({ length }) => length));
  const enough = paired.length > 2;
  const full = paired.map((group) => group.slice(0, depth));
  const columns = Array.from({ length: enough ? depth : 0 }, (_, seed) => full.map((group) => group[seed] as number));
  const seedAgreement = enough ? meanPairCorrelation(columns) : Number.NaN;
  const reliability = spearmanBrown(seedAgreement, seeds);
  const means = groups.map(mean);
  return {
    architectures: architectures.length,
    seeds,
    paired: paired.length,
    seedAgreement,
    reliability,
    ceiling: Math.sqrt(reliability),
    spread: Math.max(...means) - Math.min(...means),
    seedDeviation: enough ? Math.sqrt(varianceWithin(groups)) : Number.NaN,
    varianceBetween: enough ? shareBetween(full) : Number.NaN,
  };
}

/** In the order of the seeds. */
function accuraciesOf(runs: readonly YardstickRun[], architecture: number): number[] {
  return runs
    .filter((run) => run.architecture === architecture)
    .sort((a, b) => a.seed - b.seed)
    .map(({ accuracy }) => accuracy);
}
