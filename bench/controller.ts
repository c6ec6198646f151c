import { createController, createRandom, type Decision, median } from "../src/core";

const BATCH = 10; // of ppo
const UPDATES = 12;

/** Time of one update of `ppo` (10 architectures of 30 decisions with up to 4 choices) and of one `ask`, ms. */
export async function run(): Promise<object> {
  return { bench: "controller", ...timeUpdates() };
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

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
