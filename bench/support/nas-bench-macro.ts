import { existsSync, readFileSync } from "node:fs";
import { type Controller, createRandom, type Decision, power } from "../../src/core";

/** One network of NAS-Bench-Macro: accuracy in per cent for three training seeds and their mean; FLOPs as a count. */
interface Entry {
  test_acc: [number, number, number];
  mean_acc: number;
  flops: number;
}

export interface NasBenchMacro {
  decisions: readonly Decision[];
  /** What a search is told: the accuracy of one training seed, weighed by FLOPs. */
  noisyReward(vector: readonly number[], seed: number): number;
  /** The same with the mean accuracy. */
  trueReward(vector: readonly number[]): number;
  /** The largest true reward of all networks. */
  best: number;
}

/** The table's path, given from the root of the repository, where benches and tests run. */
const FILE = "../shared/data/nas-bench-macro_cifar10.json";

/**
 * The 6,561 networks of NAS-Bench-Macro (8 layers with 3 operations each) as something to search:
 * reward = accuracy in per cent x (FLOPs / 40M)^-0.07. Undefined where the table is not there.
 */
export function loadNasBenchMacro(): NasBenchMacro | undefined {
  if (!existsSync(FILE)) return undefined;
  const table: Record<string, Entry> = JSON.parse(readFileSync(FILE, "utf8"));
  const entryOf = (vector: readonly number[]) => table[vector.join("")] as Entry;
  const weigh = (accuracy: number, { flops }: Entry) => accuracy * power(flops / 40e6, -0.07);
  return {
    decisions: Array.from({ length: 8 }, (_, layer) => ({ name: `layer ${layer + 1}`, choices: [0, 1, 2] })),
    noisyReward: (vector, seed) => weigh(entryOf(vector).test_acc[seed] as number, entryOf(vector)),
    trueReward: (vector) => weigh(entryOf(vector).mean_acc, entryOf(vector)),
    best: Math.max(...Object.values(table).map((entry) => weigh(entry.mean_acc, entry))),
  };
}

/**
 * Gap in points between the best true reward and the incumbent's, after each of the given numbers of evaluations. The
 * incumbent is the network with the largest reward seen. Every vector asked for counts as one evaluation.
 */
export function gapsOfSearch(
  { noisyReward, trueReward, best }: NasBenchMacro,
  controller: Controller,
  seed: number,
  evaluations: readonly number[],
): number[] {
  const random = createRandom(seed);
  const gaps: number[] = [];
  let incumbent = Number.NEGATIVE_INFINITY;
  let gap = best;
  for (let count = 1; gaps.length < evaluations.length; count++) {
    const vector = controller.ask();
    const reward = noisyReward(vector, random.integer(3));
    controller.tell(vector, reward);
    if (reward > incumbent) {
      incumbent = reward;
      gap = best - trueReward(vector);
    }
    if (count === evaluations[gaps.length]) gaps.push(gap);
  }
  return gaps;
}
