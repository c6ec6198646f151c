import { describe, expect, test } from "vitest";
import { judge } from "../../../bench/fidelity/judge";
import type { FidelityRun } from "../../../bench/fidelity/measure";
import { leaveOneOut, oneHotKernel, productKernel, standardised } from "../../../bench/fidelity/ridge";
import { type Rule, rules } from "../../../bench/fidelity/rules";
import {
  bootstrapError,
  kendall,
  meanPairCorrelation,
  shareBetween,
  shareOfColumns,
  spearmanBrown,
  varianceWithin,
} from "../../../bench/fidelity/statistics";
import { stabilityOf, type Yardstick } from "../../../bench/fidelity/yardstick";
import { createRandom, mean, rankCorrelation } from "../../../src/core";

describe("rank correlations", () => {
  // Ten people's IQ and hours of television a week: Spearman -29 / 165 (Wikipedia, "Spearman's rank correlation").
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
  const television = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];

  test("Spearman is that of the textbook example", () => {
    expect(rankCorrelation(iq, television)).toBeCloseTo(-29 / 165, 12);
  });

  test("Kendall is concordant less discordant pairs over all pairs, by sorting and counting swaps", () => {
    const order = iq.map((_, i) => i).sort((a, b) => (iq[a] as number) - (iq[b] as number));
    const sorted = order.map((i) => television[i] as number);
    let swaps = 0;
    for (let pass = 0; pass < sorted.length; pass++) {
      for (let i = 1; i < sorted.length; i++) {
        const [a, b] = [sorted[i - 1] as number, sorted[i] as number];
        if (a <= b) continue;
        [sorted[i - 1], sorted[i]] = [b, a];
        swaps++;
      }
    }
    expect(kendall(iq, television)).toBeCloseTo(1 - (2 * swaps) / 45, 12);
  });

  test("Kendall's tau-b takes ties out of both sides' counts of pairs", () => {
    // Of 10 pairs 1 is tied in x (the twos), 2 in y (the ones, the threes); 5 are concordant, 2 discordant (3 and 2).
    expect(kendall([1, 2, 2, 3, 4], [1, 1, 3, 3, 2])).toBeCloseTo((5 - 2) / Math.sqrt(9 * 8), 12);
    expect(kendall([1, 2, 3], [3, 2, 1])).toBe(-1);
  });
});

describe("the share of variance between groups", () => {
  // Shrout and Fleiss (1979), Table 2: six targets, four judges; ICC(1,1) = 0.17.
  const ratings = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
  ];

  test("is that of the published example", () => {
    expect(shareBetween(ratings)).toBeCloseTo(0.17, 2);
    expect(varianceWithin(ratings)).toBeCloseTo(6.26, 2);
    // ICC(1,4) of the same table is 0.44: the reliability of the mean of four.
    expect(spearmanBrown(shareBetween(ratings), 4)).toBeCloseTo(0.44, 2);
  });

  test("is found again where it is known", () => {
    const random = createRandom(3);
    const groups = Array.from({ length: 4000 }, () => {
      const own = 2 * random.normal();
      return [own + random.normal(), own + random.normal()];
    });
    expect(shareBetween(groups)).toBeCloseTo(0.8, 1);
    expect(meanPairCorrelation([groups.map(([a = 0]) => a), groups.map(([, b = 0]) => b)])).toBeGreaterThan(0.75);
  });

  test("what all groups share column by column is found again where it is known", () => {
    const random = createRandom(6);
    const shifts = Array.from({ length: 200 }, () => random.normal());
    const groups = Array.from({ length: 60 }, () => shifts.map((shift) => shift + 2 * random.normal()));
    expect(shareOfColumns(groups)).toBeCloseTo(1 / 5, 1);
    expect(shareOfColumns(groups.map((group) => group.map(() => random.normal())))).toBeLessThan(0.02);
    expect(
      shareOfColumns([
        [1, 3],
        [4, 6],
        [0, 2],
      ]),
    ).toBeCloseTo(1, 12);
  });

  test("the bootstrap's error of a mean is its standard error", () => {
    const random = createRandom(9);
    const values = Array.from({ length: 200 }, () => random.normal());
    expect(bootstrapError((x) => mean(x), values, values)).toBeCloseTo(1 / Math.sqrt(200), 1);
  });
});

describe("ridge regression that leaves one out", () => {
  test("predicts each value as a fit without it does", () => {
    const random = createRandom(4);
    const rows = Array.from({ length: 12 }, () => [random.normal(), random.normal()]);
    const values = standardised(rows.map(([a = 0, b = 0]) => 2 * a - b + 0.3 * random.normal()));
    const predicted = leaveOneOut(productKernel(rows), values);
    rows.forEach((row, out) => {
      const kept = rows.map((_, i) => i).filter((i) => i !== out);
      expect(predicted[out]).toBeCloseTo(
        fitted(
          kept.map((i) => rows[i] as number[]),
          kept.map((i) => values[i] as number),
          row,
        ),
        8,
      );
    });
  });

  /** Ridge regression in weights by gradient descent: sum of squares + (kernel's scale) x ridge x weights squared. */
  function fitted(rows: readonly number[][], values: readonly number[], at: readonly number[]): number {
    const weights = [0, 0];
    for (let pass = 0; pass < 20_000; pass++) {
      const slopes = weights.map((weight) => 2 * weight);
      rows.forEach((row, i) => {
        const gap = row.reduce((sum, value, k) => sum + value * (weights[k] as number), 0) - (values[i] as number);
        for (const k of [0, 1]) slopes[k] = (slopes[k] as number) + gap * (row[k] as number);
      });
      for (const k of [0, 1]) weights[k] = (weights[k] as number) - 0.01 * (slopes[k] as number);
    }
    return at.reduce((sum, value, k) => sum + value * (weights[k] as number), 0);
  }

  test("architectures have all decisions in common with themselves and fewer with others", () => {
    const kernel = oneHotKernel([1, 2, 3]);
    kernel.forEach((row, i) => {
      row.forEach((share, j) => {
        if (i === j) expect(share).toBe(1);
        else expect(share).toBeLessThan(1);
      });
    });
  });
});

describe("the judge", () => {
  const truth = new Map([1, 2, 3, 4, 5, 6].map((architecture) => [architecture, architecture / 10]));
  const rule: Rule = { name: "own", of: (runs) => runs.map(({ losses }) => losses[0] as number), seconds: () => 2 };
  const runOf = (architecture: number, seed: number, score: number): FidelityRun => ({
    variant: "x",
    architecture,
    seed,
    trainingSeconds: 1,
    scoringSeconds: 0,
    losses: [score],
    quarters: [],
    scores: [],
  });

  test("takes each seed as a study of its own; one that is not complete is not ranked", () => {
    const runs = [
      ...[1, 2, 3, 4, 5, 6].map((a) => runOf(a, 1, a)),
      ...[6, 5, 4, 3, 2, 1].map((a) => runOf(a, 2, 7 - a)),
      runOf(1, 3, 9),
      runOf(99, 1, 0),
    ];
    const verdict = judge(rule, runs, truth);
    expect(verdict).toMatchObject({
      architectures: 6,
      seeds: 2,
      paired: 6,
      spearman: 0,
      seedAgreement: -1,
      coreSeconds: 2,
    });
  });

  test("compares two seeds on the networks that both have", () => {
    const runs = [...[1, 2, 3, 4, 5, 6].map((a) => runOf(a, 1, a)), ...[2, 4, 5].map((a) => runOf(a, 2, a + 1))];
    const verdict = judge(rule, runs, truth);
    expect(verdict).toMatchObject({ architectures: 6, seeds: 1, paired: 3, spearman: 1, seedAgreement: 1 });
    expect(verdict.seedDeviation).toBeCloseTo(Math.sqrt(1 / 2), 12);
    expect(verdict.sharedNoise).toBeCloseTo(1, 12);
  });

  test("a perfect ranking is perfect in the top third too", () => {
    const runs = Array.from({ length: 9 }, (_, i) => runOf(i + 1, 1, i));
    const wide = new Map(runs.map(({ architecture }) => [architecture, architecture]));
    expect(judge(rule, runs, wide)).toMatchObject({ spearman: 1, kendall: 1, topThird: { spearman: 1, kendall: 1 } });
  });
});

test("every rule puts a network that is better in every respect first", () => {
  const runOf = (architecture: number, quality: number): FidelityRun => ({
    variant: "x",
    architecture,
    seed: 1,
    trainingSeconds: 1,
    scoringSeconds: 0.1,
    losses: Array.from({ length: 20 }, (_, i) => 2 - quality - i / 20),
    quarters: [1, 2, 3, 4].map(() => ({ images: 2000, correct: quality, loss: 2 - quality, probability: quality })),
    scores: [500, 2000, 5000].map((images) => ({ images, correct: quality, loss: 2 - quality, probability: quality })),
  });
  for (const rule of rules) {
    const scores = rule.of([0.2, 0.5, 0.9, 0.4].map((quality, i) => runOf(i + 1, quality)));
    expect(scores.indexOf(Math.max(...scores)), rule.name).toBe(2);
    expect(scores.indexOf(Math.min(...scores)), rule.name).toBe(0);
  }
});

test("the yardstick's figures are those of how it was made", () => {
  const random = createRandom(8);
  const runs = Array.from({ length: 300 }, (_, architecture) => {
    const own = 0.8 + 0.02 * random.normal();
    return [1, 2, 3].map((seed) => ({
      architecture,
      seed,
      accuracy: own + 0.01 * random.normal(),
      trainingLoss: 0,
      seconds: 0,
    }));
  }).flat();
  const stability = stabilityOf({ set: "", hash: "", recipe: {} as Yardstick["recipe"], runs });
  expect(stability.seedDeviation).toBeCloseTo(0.01, 3);
  expect(stability.varianceBetween).toBeCloseTo(0.8, 1);
  // Variance 4 between and 1 / 3 within for the mean of three: 12 / 13; ranks agree a little less than values.
  expect(stability.reliability).toBeGreaterThan(0.88);
  expect(stability.reliability).toBeLessThan(12 / 13 + 0.02);
});
