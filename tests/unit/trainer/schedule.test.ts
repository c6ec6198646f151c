import { describe, expect, test } from "vitest";
import { defaultSettings, type Recipe, type Schedule } from "../../../src/core";
import { learningRateAt, statisticsShare } from "../../../src/trainer/schedule";

const PEAK = 0.02;

function rates(schedule: Schedule, steps: number): number[] {
  const recipe: Recipe = { ...defaultSettings.recipe, schedule, steps, learningRate: PEAK };
  return Array.from({ length: steps }, (_, step) => learningRateAt(step, recipe));
}

describe("the cosine schedule", () => {
  test("rises in a line over a tenth of the steps, then falls like a cosine", () => {
    const all = rates("cosine", 40);
    const rise = all.slice(0, 5).map((rate) => Math.round((1e6 * rate) / PEAK) / 1e6);
    expect(rise).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect(all[22]).toBeCloseTo(PEAK / 2, 12);
    expect(all[39] as number).toBeLessThan(0.002 * PEAK);
    expect(all[39] as number).toBeGreaterThan(0);
  });
});

describe("the one-cycle schedule", () => {
  test("starts at 1/25 of the peak, has the peak at 3/10 of the steps and ends at 1/10,000 of it", () => {
    const all = rates("one-cycle", 100);
    expect(all[0]).toBeCloseTo(PEAK / 25, 12);
    expect(all[29]).toBeCloseTo(PEAK, 12);
    expect(all[99]).toBeCloseTo(PEAK / 10_000, 12);
    expect(Math.max(...all)).toBe(all[29]);
  });

  test("is half way in value half way in time, and a quarter of the way a third in", () => {
    // 210 steps: the peak is at step 62, the end at 209. cos(pi / 3) is exactly one half.
    const all = rates("one-cycle", 210);
    expect(all[31]).toBeCloseTo((PEAK / 25 + PEAK) / 2, 12);
    expect(all[62 + 49]).toBeCloseTo(PEAK + (PEAK / 10_000 - PEAK) / 4, 12);
    expect(all[62 + 98]).toBeCloseTo(PEAK + ((PEAK / 10_000 - PEAK) * 3) / 4, 12);
  });

  test("goes up, then down, without a jump", () => {
    const all = rates("one-cycle", 200);
    const moves = all.slice(1).map((rate, i) => rate - (all[i] as number));
    expect(moves.findIndex((move) => move < 0)).toBe(59);
    expect(moves.slice(59).every((move) => move < 0)).toBe(true);
    // The steepest slope of half a cosine wave over the 59 steps of the rise.
    expect(Math.max(...moves.map(Math.abs))).toBeLessThan((Math.PI / 2 / 59) * PEAK);
  });
});

describe.each(["cosine", "one-cycle"] as const)("every schedule: %s", (schedule) => {
  test("gives a run of one step the peak", () => {
    expect(rates(schedule, 1)).toEqual([PEAK]);
  });

  test.each([2, 3, 4, 7, 1000])("stays above zero and within the peak over %d steps", (steps) => {
    const all = rates(schedule, steps);
    expect(Math.min(...all)).toBeGreaterThan(0);
    expect(Math.max(...all)).toBeLessThanOrEqual(PEAK * (1 + 1e-12));
    expect(Math.max(...all)).toBeGreaterThan(PEAK * (1 - 1e-12));
  });
});

test("batch norm's moving statistics are the plain mean of the first ten steps", () => {
  let moving = 123;
  for (let step = 0; step < 10; step++) {
    const share = statisticsShare(step);
    moving = moving * (1 - share) + step * share;
  }
  expect(moving).toBeCloseTo(4.5, 12);
  expect(statisticsShare(1000)).toBe(0.1);
});
