import type { RecipeName } from "./recipes";

/** How like long training a recipe ranks random networks of the default space on one set of images. */
export interface Fidelity {
  /** Rank correlation with the accuracy after long training. */
  spearman: number;
  /** Its standard error, which comes from the choice of networks; by bootstrap. */
  spearmanError: number;
  /** Kendall's tau-b with the same. */
  kendall: number;
  /** Time of one trial on one core of the machine that measured, s. */
  coreSeconds: number;
  architectures: number;
  /** Steps of the recipe that was measured: figures of another are stale, and a test says so. */
  steps: number;
  measuredAt: { date: string; commit: string };
}

/** The sets that recipes were judged on, with what the page calls them. */
export const fidelitySets = { builtin: "the medium built-in images", "fashion-mnist": "Fashion-MNIST" } as const;

export type FidelitySet = keyof typeof fidelitySets;

/**
 * What `npm run bench -- fidelity --json` measured, by recipe and set; its table is in docs/fidelity.md. What is absent
 * has not been measured, and the page says so.
 */
export const fidelity: Readonly<Record<RecipeName, Readonly<Partial<Record<FidelitySet, Fidelity>>>>> = {
  quick: {
    builtin: {
      spearman: 0.18,
      spearmanError: 0.18,
      kendall: 0.12,
      coreSeconds: 2.5,
      architectures: 32,
      steps: 250,
      measuredAt: { date: "2026-11-23", commit: "a51cf16" },
    },
    "fashion-mnist": {
      spearman: 0.6,
      spearmanError: 0.14,
      kendall: 0.44,
      coreSeconds: 2.4,
      architectures: 32,
      steps: 250,
      measuredAt: { date: "2026-11-23", commit: "a51cf16" },
    },
  },
  standard: {
    builtin: {
      spearman: 0.77,
      spearmanError: 0.09,
      kendall: 0.6,
      coreSeconds: 9.7,
      architectures: 32,
      steps: 1000,
      measuredAt: { date: "2026-11-23", commit: "a51cf16" },
    },
    "fashion-mnist": {
      spearman: 0.68,
      spearmanError: 0.12,
      kendall: 0.51,
      coreSeconds: 9.4,
      architectures: 32,
      steps: 1000,
      measuredAt: { date: "2026-11-23", commit: "a51cf16" },
    },
  },
  exact: {
    builtin: {
      spearman: 0.84,
      spearmanError: 0.06,
      kendall: 0.65,
      coreSeconds: 24.4,
      architectures: 32,
      steps: 1600,
      measuredAt: { date: "2026-11-23", commit: "a51cf16" },
    },
    "fashion-mnist": {
      spearman: 0.84,
      spearmanError: 0.07,
      kendall: 0.66,
      coreSeconds: 24.9,
      architectures: 32,
      steps: 1600,
      measuredAt: { date: "2026-11-23", commit: "a51cf16" },
    },
  },
};

/** Share of pairs that stand in the same order, from Kendall's tau. */
export function pairsInOrder(kendall: number): number {
  return (1 + kendall) / 2;
}
