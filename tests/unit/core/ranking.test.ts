import fc from "fast-check";
import { expect, test } from "vitest";
import {
  defaultFinals,
  exponents,
  type Finalist,
  type Objective,
  rankFinalists,
  reward,
  type Study,
} from "../../../src/core";
import { reachOf95 } from "../math/studentDensity";
import { sampleStudy, sampleTrial } from "../storage/samples";

const objective: Objective = { targetMs: 20, ...exponents.soft };

function finalistOf(trial: number, shares: readonly number[], ms: number, reach: number): Finalist {
  const { accuracy, latency } = sampleTrial(trial);
  if (!accuracy || !latency) throw new Error("The sample has both.");
  return {
    trial,
    accuracies: shares.map((share, seed) => ({ ...accuracy, accuracy: share, correct: share * 500, seed })),
    latency: { ...latency, medianMs: ms, intervalMs: [ms - reach, ms + reach] },
  };
}

function studyOf(finalists: readonly Finalist[]): Study {
  const trials = finalists.map((_, number) => sampleTrial(number));
  const study = sampleStudy(trials);
  const settings = { ...study.settings, objective };
  return { ...study, settings, finals: { settings: defaultFinals(settings), objective, finalists } };
}

const share = fc.integer({ min: 0, max: 500 }).map((correct) => correct / 500);
const arbitrary = fc.array(
  fc.record({
    shares: fc.array(share, { minLength: 2, maxLength: 5 }),
    ms: fc.double({ min: 5, max: 60, noNaN: true }),
    reach: fc.double({ min: 0.01, max: 4, noNaN: true }),
  }),
  { minLength: 1, maxLength: 6 },
);

test("places and neighbours against brute force", () => {
  fc.assert(
    fc.property(arbitrary, (figures) => {
      const finalists = figures.map(({ shares, ms, reach }, trial) => finalistOf(trial, shares, ms, reach));
      const rows = rankFinalists(studyOf(finalists));
      const scored = figures.map(({ shares, ms, reach }, trial) => {
        const mean = shares.reduce((sum, value) => sum + value, 0) / shares.length;
        const value = (accuracy: number, latency: number) => accuracy * (latency / 20) ** -0.07;
        const rewards = shares.map((one) => value(one, ms));
        const centre = value(mean, ms);
        const spread = rewards.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (shares.length - 1) / shares.length;
        const slow = Math.max(Math.abs(value(mean, ms - reach) - centre), Math.abs(value(mean, ms + reach) - centre));
        return { trial, mean, centre, spread, degrees: shares.length - 1, timing: (slow / 1.96) ** 2 };
      });
      for (const row of rows) {
        const own = scored[row.finalist.trial];
        if (!own) throw new Error("A row without a finalist.");
        expect(row.reward).toBeCloseTo(own.centre, 12);
        expect(row.accuracy?.mean).toBeCloseTo(own.mean, 12);
        const better = scored.filter(({ centre }) => centre > own.centre + 1e-12).length;
        const equal = scored.filter(({ centre }) => Math.abs(centre - own.centre) <= 1e-12).length;
        expect(row.place).toBeGreaterThan(better);
        expect(row.place).toBeLessThanOrEqual(better + equal);
      }
      expect(rows.map(({ place }) => place)).toEqual(rows.map((_, index) => index + 1));
      expect(rows.at(-1)?.apartFromNext).toBeUndefined();
      for (const [index, row] of rows.slice(0, -1).entries()) {
        const [a, b] = [scored[row.finalist.trial], scored[rows[index + 1]?.finalist.trial ?? -1]];
        if (!a || !b) throw new Error("A row without a finalist.");
        const variance = a.spread + b.spread + a.timing + b.timing;
        const degrees = variance ** 2 / (a.spread ** 2 / a.degrees + b.spread ** 2 / b.degrees);
        const needed = (Number.isFinite(degrees) ? reachOf95(degrees) : 1.96) * Math.sqrt(variance);
        const gap = Math.abs(a.centre - b.centre);
        // Between the table's entries the reach is a little wider than the exact one.
        if (gap > (degrees > 2 ? 1.03 : 1.3) * needed) expect(row.apartFromNext).toBe(true);
        if (gap < needed * 0.999) expect(row.apartFromNext).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
});

test("the order before is that of the trials, the order after that of the means", () => {
  // The samples' accuracy rises with their number, and all are within T: the last trial leads before.
  const study = studyOf([
    finalistOf(0, [0.8, 0.81, 0.82], 10, 0.1),
    finalistOf(1, [0.55, 0.6, 0.65], 10, 0.1),
    finalistOf(2, [0.55, 0.6, 0.64], 10, 0.1),
  ]);
  const rows = rankFinalists({
    ...study,
    settings: { ...study.settings, objective: { targetMs: 20, ...exponents.hard } },
  });
  expect(rows.map(({ finalist, placeBefore, place }) => [finalist.trial, placeBefore, place])).toEqual([
    [0, 3, 1],
    [1, 2, 2],
    [2, 1, 3],
  ]);
  expect(rows.map(({ apartFromNext }) => apartFromNext)).toEqual([true, false, undefined]);
});

test("under a moved objective other places, without new trials", () => {
  const study = studyOf([finalistOf(0, [0.8, 0.81], 40, 0.1), finalistOf(1, [0.6, 0.61], 10, 0.1)]);
  const hard: Objective = { targetMs: 20, ...exponents.hard };
  expect(rankFinalists(study).map(({ finalist }) => finalist.trial)).toEqual([0, 1]);
  expect(rankFinalists(study, hard).map(({ finalist }) => finalist.trial)).toEqual([1, 0]);
  expect(rankFinalists(study, hard)[0]?.reward).toBeCloseTo(reward({ accuracy: 0.605, latencyMs: 10 }, hard), 12);
});

test("what failed, or lacks a measurement, has no place; one seed tells nothing apart", () => {
  const failed = { ...finalistOf(0, [0.9], 10, 0.1), failure: { stage: "training", code: "diverged", message: "x" } };
  const { latency: _, ...untimed } = finalistOf(1, [0.9, 0.9], 10, 0.1);
  const study = studyOf([
    failed as Finalist,
    untimed,
    finalistOf(2, [0.9], 10, 0.001),
    finalistOf(3, [0.1], 10, 0.001),
    { trial: 4, accuracies: [] },
  ]);
  const rows = rankFinalists(study);
  expect(rows.map(({ finalist, place }) => [finalist.trial, place]).slice(0, 2)).toEqual([
    [2, 1],
    [3, 2],
  ]);
  expect(rows.slice(2).every(({ place, reward: value }) => place === undefined && value === undefined)).toBe(true);
  expect(rows[0]?.apartFromNext).toBe(false);
  expect(rows[0]?.accuracy).toEqual({ mean: 0.9 });
});
