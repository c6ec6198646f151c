import { createRandom, type Decision, deriveSeed, type Random, sigmoid, spaces } from "../../src/core";
import type { Table } from "./landscape";

const TARGET_MS = 18;
const ACCURACY_NOISE = 0.02;
const LATENCY_NOISE = 0.01;
const FAILURES = 0.02;

/** Seven blocks with the factorized space's decisions but the skip: 35 decisions, 144 choices a block. */
const syntheticDecisions: readonly Decision[] = spaces["factorized-mobilenet-v2"].decisions.filter(
  ({ name }) => !name.endsWith("skip"),
);

/** Decisions of a block. */
const BLOCK = 5;

/**
 * A made-up landscape a seed. Accuracy is a squashed sum of an effect of every choice and of one for every pair of choices
 * in neighbouring blocks, with half the former's variance. Latency is a sum of an effect of every choice, to which the
 * accuracy's effects are correlated by 0.5: what costs time tends to be worth it. A measured accuracy has noise of 2 points
 * (as 500 held-out images give), a latency of 1 %, and 2 % of the networks fail.
 */
export const syntheticTable: Table = {
  name: "synthetic",
  landscape(seed) {
    const random = createRandom(deriveSeed(seed, "landscape"));
    const costs = syntheticDecisions.map(({ choices }) => centred(choices.length, random));
    const gains = costs.map((row) => {
      const own = centred(row.length, random);
      return row.map((cost, i) => 0.5 * cost + Math.sqrt(0.75) * (own[i] as number));
    });
    const pairs = neighbouringPairs().map(([a, b]) => ({ a, b, effects: pairEffects(a, b, random) }));
    const share = 1 / Math.sqrt(syntheticDecisions.length);
    const pairShare = Math.sqrt(0.5 / pairs.length);

    function truth(vector: readonly number[]) {
      let worth = 0;
      let cost = 0;
      vector.forEach((choice, d) => {
        worth += share * (gains[d]?.[choice] as number);
        cost += share * (costs[d]?.[choice] as number);
      });
      for (const { a, b, effects } of pairs) {
        worth += pairShare * (effects[vector[a] as number]?.[vector[b] as number] as number);
      }
      return { accuracy: 0.9 * sigmoid(1 + 0.35 * worth), latencyMs: Math.max(4, 20 + 4 * cost) };
    }

    return {
      decisions: syntheticDecisions,
      targetMs: TARGET_MS,
      reference: { accuracy: 0.5, latencyMs: 30 },
      truth,
      measure(vector) {
        const luck = createRandom(deriveSeed(seed, "measure", ...vector));
        if (luck.uniform() < FAILURES) return undefined;
        const { accuracy, latencyMs } = truth(vector);
        const measured = accuracy + ACCURACY_NOISE * luck.normal();
        return {
          accuracy: Math.min(1, Math.max(0, measured)),
          latencyMs: latencyMs * (1 + LATENCY_NOISE * luck.normal()),
        };
      },
    };
  },
};

/** Effects of a decision's choices: normal, with mean 0 over them. */
function centred(count: number, random: Random): number[] {
  const effects = Array.from({ length: count }, () => random.normal());
  const mean = effects.reduce((sum, value) => sum + value, 0) / count;
  return effects.map((value) => value - mean);
}

function neighbouringPairs(): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < syntheticDecisions.length; a++) {
    for (let b = a + 1; b < syntheticDecisions.length; b++) {
      if (Math.floor(b / BLOCK) === Math.floor(a / BLOCK) + 1) pairs.push([a, b]);
    }
  }
  return pairs;
}

function pairEffects(a: number, b: number, random: Random): number[][] {
  const [rows, columns] = [a, b].map((d) => syntheticDecisions[d]?.choices.length as number) as [number, number];
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal()));
}
