import { type ControllerName, mean } from "../../src/core";
import { columnOf, type Difference, pairedDifference } from "./compare";
import type { ObjectiveName } from "./landscape";
import { budgets, type Outcome, type Results } from "./results";

type Cell = (outcome: Outcome, budget: number) => string;

/** Every table of docs/search.md, as Markdown. */
export function markdownOf(results: Results): string {
  return Object.entries(results)
    .flatMap(([table, byObjective]) =>
      Object.entries(byObjective).map(([objective, outcomes]) => section(table, objective as ObjectiveName, outcomes)),
    )
    .join("\n");
}

function section(table: string, objective: ObjectiveName, outcomes: Partial<Record<ControllerName, Outcome>>): string {
  const seeds = Math.min(...Object.values(outcomes).map(({ reward }) => reward.length));
  const { random, evolution } = outcomes;
  const against =
    (other: Outcome, at: (budget: number) => number): Cell =>
    (one, budget) =>
      interval(pairedDifference(columnOf(one.reward, budget), columnOf(other.reward, at(budget))));
  const parts = [
    `### ${table}, ${objective} (${seeds} seeds)\n`,
    `![True reward of the incumbent](search/${table}-${objective}.svg)\n`,
    "True reward of the incumbent, mean x 100:\n",
    grid(outcomes, ({ reward }, budget) => (100 * mean(columnOf(reward, budget))).toFixed(2)),
  ];
  if (random) {
    parts.push("The same less random search's, x 100, with the 95 % interval of the pairs:\n");
    parts.push(
      grid(
        without(outcomes, "random"),
        against(random, (budget) => budget),
      ),
    );
  }
  if (evolution && reached(evolution) === budgets.length) {
    parts.push("The same less that of `evolution` after 800:\n");
    parts.push(
      grid(
        outcomes,
        against(evolution, () => budgets.length - 1),
      ),
    );
  }
  parts.push("Hypervolume of the front (true figures of the trials on the measured front):\n");
  parts.push(grid(outcomes, ({ hypervolume }, budget) => mean(columnOf(hypervolume, budget)).toFixed(3)));
  parts.push(
    "Entropy of what was sampled since the column before, as a share of the largest; in brackets the share of repeats:\n",
  );
  parts.push(
    grid(outcomes, ({ entropy, repeats }, budget) => {
      const again = 100 * mean(columnOf(repeats, budget));
      return `${mean(columnOf(entropy, budget)).toFixed(2)}${again >= 0.5 ? ` (${again.toFixed(0)} %)` : ""}`;
    }),
  );
  return parts.join("\n");
}

function grid(outcomes: Partial<Record<ControllerName, Outcome>>, cell: Cell): string {
  const rows = Object.entries(outcomes).map(
    ([name, outcome]) =>
      `| ${name} | ${budgets.map((_, i) => (i < reached(outcome) ? cell(outcome, i) : "")).join(" | ")} |`,
  );
  return [`| trials | ${budgets.join(" | ")} |`, `| --- |${budgets.map(() => " --- |").join("")}`, ...rows, ""].join(
    "\n",
  );
}

/** Budgets that every run of an outcome got to. */
function reached({ reward }: Outcome): number {
  return reward[0]?.length ?? 0;
}

function interval({ mean: middle, low, high }: Difference): string {
  const [a, b, c] = [middle, low, high].map((value) => `${value >= 0 ? "+" : "−"}${Math.abs(100 * value).toFixed(2)}`);
  return `${a} (${b} to ${c})`;
}

function without(
  outcomes: Partial<Record<ControllerName, Outcome>>,
  name: ControllerName,
): Partial<Record<ControllerName, Outcome>> {
  return Object.fromEntries(Object.entries(outcomes).filter(([one]) => one !== name));
}
