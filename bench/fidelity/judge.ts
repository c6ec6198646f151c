import { mean, rankCorrelation } from "../../src/core";
import type { FidelityRun } from "./measure";
import type { Rule } from "./rules";
import { bootstrapError, kendall, shareBetween, shareOfColumns, varianceWithin } from "./statistics";

/** Long-trained accuracy by architecture, the mean over its seeds. */
export type Truth = ReadonlyMap<number, number>;

/** How well one rule ranks networks after the runs of one variant. */
export interface Verdict {
  rule: string;
  architectures: number;
  /** That cover all these architectures. */
  seeds: number;
  /** Architectures that the first two seeds have both: on them stands what compares seeds, which is NaN under three. */
  paired: number;
  /** With the yardstick, one run a network as in a search; the mean over the seeds. */
  spearman: number;
  /** Standard error that comes from which architectures the yardstick has; by bootstrap. */
  spearmanError: number;
  kendall: number;
  /** The same among the third of the networks that the yardstick ranks highest. */
  topThird: { spearman: number; kendall: number };
  /** Rank correlation of two seeds' scores. */
  seedAgreement: number;
  /** Share of the scores' variance that is between networks and not between seeds, ICC(1). */
  varianceBetween: number;
  /** Share of the variance between seeds that is a shift of all networks alike: what a common seed takes out. */
  sharedNoise: number;
  /** Between seeds of one network, in the units of the score. */
  seedDeviation: number;
  coreSeconds: number;
}

/** @throws Error where there are no runs of networks that the yardstick knows. */
export function judge(rule: Rule, runs: readonly FidelityRun[], truth: Truth): Verdict {
  const known = runs.filter(({ architecture }) => truth.has(architecture));
  const seeds = [...new Set(known.map(({ seed }) => seed))].sort((a, b) => a - b);
  const studies = seeds.map((seed) =>
    scored(
      rule,
      known.filter((run) => run.seed === seed),
    ),
  );
  const [first] = studies;
  if (!first || first.size < 3) throw new Error("Fewer than three networks with a yardstick: nothing can be ranked.");
  const complete = studies.filter(({ size }) => size === first.size);
  const paired = [...first.keys()].filter((a) => studies.slice(0, 2).every((study) => study.has(a)));
  const groups = paired.map((a) => studies.slice(0, 2).map((study) => study.get(a) as number));
  const two = studies.length > 1 && paired.length > 2;
  const average = (statistic: (ranked: Pairs) => number, share = 1) =>
    mean(complete.map((study) => statistic(pairsOf(study, truth, share))));
  return {
    rule: rule.name,
    architectures: first.size,
    seeds: complete.length,
    paired: two ? paired.length : 0,
    spearman: average(({ scores, truths }) => rankCorrelation(scores, truths)),
    spearmanError: average(({ scores, truths }) => bootstrapError(rankCorrelation, scores, truths)),
    kendall: average(({ scores, truths }) => kendall(scores, truths)),
    topThird: {
      spearman: average(({ scores, truths }) => rankCorrelation(scores, truths), 1 / 3),
      kendall: average(({ scores, truths }) => kendall(scores, truths), 1 / 3),
    },
    seedAgreement: two ? rankCorrelation(column(groups, 0), column(groups, 1)) : Number.NaN,
    varianceBetween: two ? shareBetween(groups) : Number.NaN,
    sharedNoise: two ? shareOfColumns(groups) : Number.NaN,
    seedDeviation: two ? Math.sqrt(varianceWithin(groups)) : Number.NaN,
    coreSeconds: mean(known.map((run) => rule.seconds(run))),
  };
}

interface Pairs {
  scores: readonly number[];
  truths: readonly number[];
}

/** Score by architecture, of the runs of one seed. */
function scored(rule: Rule, runs: readonly FidelityRun[]): Map<number, number> {
  const scores = rule.of(runs);
  return new Map(runs.map(({ architecture }, i) => [architecture, scores[i] as number]));
}

/** Scores beside the yardstick, of the share of the networks that it ranks highest. */
function pairsOf(study: ReadonlyMap<number, number>, truth: Truth, share: number): Pairs {
  const best = [...study.keys()].sort((a, b) => (truth.get(b) as number) - (truth.get(a) as number));
  const chosen = best.slice(0, Math.round(share * best.length));
  return { scores: chosen.map((a) => study.get(a) as number), truths: chosen.map((a) => truth.get(a) as number) };
}

function column(groups: readonly (readonly number[])[], index: number): number[] {
  return groups.map((group) => group[index] as number);
}
