import { createController, createRandom, type Decision, mean, median } from "../src/core";
import { gapsOfSearch, loadNasBenchMacro, type NasBenchMacro } from "./support/nas-bench-macro";

const BATCH = 20;
const UPDATES = 7;
const SEEDS = 40;
const EVALUATIONS = [50, 100, 200, 400];

/**
 * Time of one update of `ppo` (20 architectures of 30 decisions with up to 4 choices) and of one `ask`, ms; and on
 * NAS-Bench-Macro, where the table is there, the incumbent's mean gap to the best reward in points, over 40 seeds.
 */
export async function run(): Promise<object> {
  const table = loadNasBenchMacro();
  return {
    bench: "controller",
    ...timeUpdates(),
    gaps: table
      ? { seeds: SEEDS, evaluations: EVALUATIONS, ppo: meanGaps(table, "ppo"), random: meanGaps(table, "random") }
      : "NAS-Bench-Macro is not in ../shared/data",
  };
}

function timeUpdates(): { updateMs: number; askMs: number } {
  const choices = [4, 2, 2, 3, 3, 3]; // the factorized space's block, five times
  const decisions: Decision[] = Array.from({ length: 30 }, (_, i) => ({
    name: `decision ${i}`,
    choices: Array.from({ length: choices[i % 6] as number }, (_, c) => c),
  }));
  const random = createRandom(1);
  const controller = createController("ppo", { decisions, seed: 1 });
  const asks: number[] = [];
  const updates: number[] = [];
  for (let update = 0; update < UPDATES; update++) {
    const vectors = Array.from({ length: BATCH }, () => timed(asks, () => controller.ask()));
    const last = vectors.pop() as number[];
    for (const vector of vectors) controller.tell(vector, random.uniform());
    timed(updates, () => controller.tell(last, random.uniform()));
  }
  return { updateMs: round(median(updates)), askMs: round(median(asks)) };
}

function timed<T>(times: number[], work: () => T): T {
  const start = performance.now();
  const result = work();
  times.push(performance.now() - start);
  return result;
}

function meanGaps(table: NasBenchMacro, name: "ppo" | "random"): number[] {
  const runs = Array.from({ length: SEEDS }, (_, seed) =>
    gapsOfSearch(table, createController(name, { decisions: table.decisions, seed }), seed, EVALUATIONS),
  );
  return EVALUATIONS.map((_, i) => round(mean(runs.map((gaps) => gaps[i] as number))));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
