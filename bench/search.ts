/**
 * What each controller makes of a budget of trials: on NAS-Bench-Macro (where ../shared/data is there) and on a made-up
 * landscape of 35 decisions, under soft and hard objectives, as a study would go (eight trials under way, repeats free).
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ControllerName, createController, deriveSeed, mean } from "../src/core";
import { columnOf, pairedDifference } from "./search/compare";
import { type ObjectiveName, objectiveNames, type Table } from "./search/landscape";
import { macroTable } from "./search/macro";
import { play, type Run } from "./search/play";
import { plotOf } from "./search/plot";
import { budgets, type Outcome, outcomeOf, type Results, readResults, writeResults } from "./search/results";
import { syntheticTable } from "./search/synthetic";
import { markdownOf } from "./search/tables";

interface Options {
  /** Runs of each controller on each table (default 40). */
  seeds?: string;
  /** Some of the six, by commas. */
  controllers?: string;
  /** Some of nas-bench-macro and synthetic. */
  tables?: string;
  /** Three seeds, and no more than 200 trials. */
  quick?: string;
  /** Keeps the outcomes in bench/results/search.json, beside those of other controllers. */
  keep?: string;
  /** Writes docs/search/*.svg and the tables of docs/search.md from what is kept; nothing is run without --keep. */
  plots?: string;
}

const names: readonly ControllerName[] = ["guided", "ppo", "reinforce", "evolution", "nsga2", "random"];
const docs = join(import.meta.dirname, "..", "docs");

/** @param options `--seeds 40`, `--controllers guided,ppo`, `--tables synthetic`, `--quick`, `--keep`, `--plots` */
export async function run(options: Options = {}): Promise<object> {
  const runs = options.plots === undefined || options.keep !== undefined;
  const kept = readResults();
  const results = runs ? compute(options, options.keep === undefined ? {} : kept) : kept;
  if (options.plots !== undefined) writeDocs(results);
  return { bench: "search", seeds: count(results), tables: means(results), against: comparisons(results) };
}

function compute(options: Options, results: Results): Results {
  const seeds = Number(options.seeds ?? (options.quick ? 3 : 40));
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new RangeError(`--seeds takes a whole number from 1, not "${options.seeds}".`);
  const chosen = choose("controllers", names, options.controllers);
  const tables = [macroTable(), syntheticTable].filter((table) => table !== undefined);
  const wanted = choose(
    "tables",
    tables.map(({ name }) => name),
    options.tables,
  );
  const limits = options.quick ? budgets.slice(0, 4) : budgets;
  for (const table of tables.filter(({ name }) => wanted.includes(name))) {
    results[table.name] ??= {};
    const byObjective = results[table.name] as Results[string];
    for (const objective of objectiveNames) {
      byObjective[objective] ??= {};
      const outcomes = byObjective[objective] as Partial<Record<ControllerName, Outcome>>;
      for (const name of chosen) {
        outcomes[name] = outcomeOf(
          Array.from({ length: seeds }, (_, i) => search(table, objective, name, i + 1, limits)),
        );
        const last = outcomes[name].reward.map((row) => row[row.length - 1] as number);
        console.log(`${table.name} ${objective} ${name}: ${(100 * mean(last)).toFixed(2)} after ${limits.at(-1)}`);
        if (options.keep !== undefined) writeResults(results);
      }
    }
  }
  return results;
}

function search(
  table: Table,
  objective: ObjectiveName,
  name: ControllerName,
  seed: number,
  limits: readonly number[],
): Run {
  const landscape = table.landscape(seed);
  const { decisions } = landscape;
  const controller = createController(name, { decisions, seed: deriveSeed(seed, "controller") });
  return play(landscape, objective, controller, limits);
}

/** Mean true reward of the incumbent, by table, objective, controller and budget. */
function means(results: Results): object {
  return eachOutcome(results, ({ reward }) => byBudget(reward, (column) => rounded(mean(column))));
}

/** Differences to random search at each budget, with 95 % intervals. */
function comparisons(results: Results): object {
  return eachOutcome(results, ({ reward }, others) => {
    const random = others.random;
    if (!random) return undefined;
    return byBudget(reward, (column, i) => {
      const { mean: middle, low, high } = pairedDifference(column, columnOf(random.reward, i));
      return [rounded(middle), rounded(low), rounded(high)];
    });
  });
}

function eachOutcome(
  results: Results,
  view: (outcome: Outcome, others: Partial<Record<ControllerName, Outcome>>) => unknown,
): object {
  const map = <V>(record: Record<string, V>, f: (value: V) => unknown) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));
  return map(results, (byObjective) =>
    map(byObjective, (outcomes) => map(outcomes, (outcome) => view(outcome, outcomes))),
  );
}

function byBudget(rows: readonly (readonly number[])[], view: (column: number[], index: number) => unknown): object {
  const reached = rows[0]?.length ?? 0;
  return Object.fromEntries(budgets.slice(0, reached).map((budget, i) => [budget, view(columnOf(rows, i), i)]));
}

/** Fewest seeds of any controller. */
function count(results: Results): number {
  const counts = Object.values(results).flatMap((byObjective) =>
    Object.values(byObjective).flatMap((outcomes) => Object.values(outcomes).map(({ reward }) => reward.length)),
  );
  return counts.length > 0 ? Math.min(...counts) : 0;
}

function writeDocs(results: Results): void {
  mkdirSync(join(docs, "search"), { recursive: true });
  for (const [table, byObjective] of Object.entries(results)) {
    for (const [objective, outcomes] of Object.entries(byObjective)) {
      writeFileSync(join(docs, "search", `${table}-${objective}.svg`), plotOf(`${table}, ${objective}`, outcomes));
    }
  }
  const file = join(docs, "search.md");
  const [before, rest] = readFileSync(file, "utf8").split(START) as [string, string];
  const after = rest.split(END)[1] as string;
  writeFileSync(file, `${before}${START}\n\n${markdownOf(results)}\n${END}${after}`);
}

const START = "<!-- tables: npm run bench -- search --plots -->";
const END = "<!-- end of tables -->";

function choose<Name extends string>(option: string, all: readonly Name[], text: string | undefined): readonly Name[] {
  if (text === undefined) return all;
  const wanted = text.split(",");
  const unknown = wanted.find((name) => !all.some((one) => one === name));
  if (unknown !== undefined) throw new RangeError(`--${option} takes some of ${all.join(", ")}, not "${unknown}".`);
  return all.filter((name) => wanted.includes(name));
}

function rounded(value: number): number {
  return Number(value.toFixed(5));
}
