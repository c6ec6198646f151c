import { expect, test } from "vitest";
import { defaultSettings, type LatencyReport } from "../../../src/core";
import { stripOf } from "../../../src/ui/network/strip";
import { fakeStudy } from "../../fixtures/fakeClient";

const base = fakeStudy(1, defaultSettings).trials[0]?.latency;
if (!base) throw new Error("The fixture has a latency.");
const report = (samplesMs: number[], change: Partial<LatencyReport> = {}): LatencyReport => ({
  ...base,
  samplesMs,
  medianMs: 10,
  intervalMs: [9, 11],
  p90Ms: 12,
  ...change,
});

/** Where a share of the axis lies, ms. */
const ms = ({ domain: [low, high] }: ReturnType<typeof stripOf>, share: number) => low + share * (high - low);

test("every sample stands at its time, in the order in which it was taken", () => {
  const samples = [12, 8, 9, 11, 10];
  const strip = stripOf([report(samples)]);
  const [row] = strip.rows;
  expect(row?.dots.map(({ at }) => ms(strip, at))).toEqual(samples.map((sample) => expect.closeTo(sample, 9)));
  const order = row?.dots.map(({ order }) => order) ?? [];
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(ms(strip, row?.median ?? Number.NaN)).toBeCloseTo(10, 9);
  expect(row?.interval.map((edge) => ms(strip, edge))).toEqual([expect.closeTo(9, 9), expect.closeTo(11, 9)]);
  expect(row?.beyond).toBe(0);
});

test("one axis holds all measurements", () => {
  const later = report([20, 21, 22], { medianMs: 21, intervalMs: [20, 22], p90Ms: 22 });
  const strip = stripOf([later, report([8, 9, 10])]);
  expect(strip.domain[0]).toBeLessThanOrEqual(8);
  expect(strip.domain[1]).toBeGreaterThanOrEqual(22);
  expect(ms(strip, strip.rows[1]?.dots[0]?.at ?? Number.NaN)).toBeCloseTo(8, 9);
});

test("a sample far out is counted at the edge instead of squeezing the others", () => {
  const strip = stripOf([report([9, 10, 11, 12, 90])]);
  expect(strip.domain[1]).toBeLessThan(20);
  expect(strip.rows[0]).toMatchObject({ beyond: 1 });
  expect(strip.rows[0]?.dots.at(-1)).toMatchObject({ at: 1, beyond: true });
});

test("many samples are thinned, those far out are not", () => {
  const samples = Array.from({ length: 5000 }, (_, index) => (index % 1000 === 1 ? 80 : 9 + (index % 7) / 7));
  const [row] = stripOf([report(samples)]).rows;
  expect(row?.dots.length).toBeLessThan(400);
  expect(row?.dots.filter(({ beyond }) => beyond)).toHaveLength(5);
});

test("equal samples have an axis as well", () => {
  const strip = stripOf([report([10, 10, 10], { intervalMs: [10, 10], p90Ms: 10 })]);
  expect(strip.domain[1]).toBeGreaterThan(strip.domain[0]);
  expect(ms(strip, strip.rows[0]?.median ?? Number.NaN)).toBeCloseTo(10, 9);
});
