import { rankCorrelation } from "../../src/core";
import type { Truth, Verdict } from "./judge";
import { priors } from "./rules";
import type { Stability } from "./yardstick";

/** How sure the yardstick is, in one line. */
export function stabilityLine(stability: Stability): string {
  const { architectures, seeds, paired, seedAgreement, reliability, ceiling, spread, seedDeviation } = stability;
  return (
    `yardstick of ${architectures} networks x ${seeds} seeds: spread ${points(spread)}, one seed's deviation ` +
    `${points(seedDeviation)}, seeds agree at ${two(seedAgreement)} (${paired} networks), reliability of the mean ${two(reliability)}, so that ` +
    `no recipe can be expected above Spearman ${two(ceiling)}`
  );
}

/** How a network's mere shape ranks. */
export function priorLines(truth: Truth): string {
  const architectures = [...truth.keys()];
  const parts = Object.entries(priors).map(
    ([name, of]) => `${name} ${two(rankCorrelation(architectures.map(of), [...truth.values()]))}`,
  );
  return `Spearman without training: ${parts.join(", ")}`;
}

/** A Markdown table of the verdicts on one variant. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const head = [
    "score",
    "Spearman",
    "Kendall",
    "top third",
    "seeds agree",
    "between",
    "shared",
    "seed sd",
    "core-s",
    "networks x seeds (paired)",
  ];
  const rows = verdicts.map((verdict) => [
    verdict.rule,
    `${two(verdict.spearman)} ± ${two(verdict.spearmanError)}`,
    two(verdict.kendall),
    two(verdict.topThird.spearman),
    two(verdict.seedAgreement),
    two(verdict.varianceBetween),
    two(verdict.sharedNoise),
    digits(verdict.seedDeviation),
    verdict.coreSeconds.toFixed(1),
    `${verdict.architectures} x ${verdict.seeds} (${verdict.paired})`,
  ]);
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function points(share: number): string {
  return `${(100 * share).toFixed(2)} points`;
}

function digits(value: number): string {
  return Number.isNaN(value) ? "-" : value.toPrecision(2);
}

function two(value: number): string {
  return Number.isNaN(value) ? "-" : value.toFixed(2);
}
