import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, EvaluationError, medianInterval } from "../../../src/core";
import { measureTimerStep } from "../../../src/profiler/clock";
import { sampleLatency } from "../../../src/profiler/sampler";
import { machine } from "./machine";

const goOn = async () => {};

function sample({ run, now }: ReturnType<typeof machine>, timerStepMs = 0.001, betweenSamples = goOn) {
  return sampleLatency(run, { now, timerStepMs, betweenSamples });
}

/** Both ends of the interval within 3 % of the middle. */
function isPreciseEnough(values: readonly number[]): boolean {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (at(sorted, Math.floor((sorted.length - 1) / 2)) + at(sorted, Math.floor(sorted.length / 2))) / 2;
  return medianInterval(values).every((end) => Math.abs(end - middle) <= 0.03 * middle);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new Error(`no value ${index}`);
  return value;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("sampleLatency", () => {
  test.each([
    [40, 9],
    [30, 9],
    [10, 25],
    [2, 125],
  ])("equal runs of %d ms: nine samples, and a quarter of a second of them", async (duration, samples) => {
    const device = machine(() => duration);
    const { samplesMs, ended } = await sample(device);
    expect(samplesMs).toHaveLength(samples);
    for (const each of samplesMs) expect(each).toBeCloseTo(duration, 6);
    expect(device.state.runs).toBe(2 + samples);
    expect(ended).toBe("precise");
  });

  test("leaves runs out while the device still warms up", async () => {
    const slowing = [40, 30, 22, 16, 12];
    const { samplesMs } = await sample(machine((run) => slowing[run] ?? 10));
    expect(Math.max(...samplesMs)).toBeLessThan(12.1);
  });

  test("goes on until the interval of the median is narrow, and not a sample longer", async () => {
    const endings = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.double({ min: 0.005, max: 0.2, noNaN: true }), async (seed, noise) => {
        const random = createRandom(seed);
        const { samplesMs, ended } = await sample(machine(() => Math.max(1, 6 + 6 * noise * random.normal())));
        for (let n = 9; n < samplesMs.length; n++) {
          const soFar = samplesMs.slice(0, n);
          expect(isPreciseEnough(soFar) && sum(soFar) >= 250).toBe(false);
        }
        expect(ended === "precise").toBe(isPreciseEnough(samplesMs));
        endings.add(ended);
      }),
      { numRuns: 60 },
    );
    expect(endings).toEqual(new Set(["precise", "time-up"]));
  });

  test("stops when the budget is spent, however wide the interval", async () => {
    const device = machine((run) => (run % 2 ? 10 : 30));
    const { samplesMs, ended } = await sample(device);
    expect(samplesMs.length).toBeGreaterThan(9);
    expect(device.state.time).toBeGreaterThanOrEqual(1000);
    expect(device.state.time).toBeLessThan(1030);
    expect(ended).toBe("time-up");
  });

  test("takes five samples of a network that outlasts the budget", async () => {
    const device = machine(() => 400);
    const { samplesMs, ended } = await sample(device);
    expect(samplesMs).toHaveLength(5);
    expect(device.state.runs).toBe(2 + 5);
    expect(ended).toBe("time-up");
  });

  test.each([
    [0.3, 1],
    [0.02, 1],
    [3, 0.1],
    [7, 1],
    [1, 16],
  ])("a run of %d ms under a clock of %d ms is averaged over enough runs", async (duration, step) => {
    const device = machine(() => duration, step);
    const runsOfSamples: number[] = [];
    let before = 0;
    const { samplesMs } = await sample(device, step, async () => {
      runsOfSamples.push(device.state.runs - before);
      before = device.state.runs;
    });
    for (const runs of runsOfSamples.slice(-samplesMs.length)) {
      expect(runs * duration).toBeGreaterThan(19 * step);
      expect(runs * duration).toBeLessThan(42 * step);
    }
    // One step of the clock in twenty.
    for (const each of samplesMs) expect(Math.abs(each - duration)).toBeLessThanOrEqual(0.051 * duration);
  });

  test("a fine clock needs no averaging", async () => {
    const device = machine(() => 50, 0.005);
    await sample(device, 0.005);
    expect(device.state.runs).toBe(2 + 9);
  });

  test("a run that is read asynchronously is timed until it is read, each before the next", async () => {
    const device = machine(() => 0.5);
    const run = async () => {
      await Promise.resolve();
      device.run();
    };
    const { samplesMs } = await sampleLatency(run, { now: device.now, timerStepMs: 0.1, betweenSamples: goOn });
    for (const each of samplesMs) expect(each).toBeCloseTo(0.5, 6);
  });

  test("ends with a time limit where runs take for ever, and with the reason where the caller gives up", async () => {
    const endless = sample(machine(() => 20_000));
    await expect(endless).rejects.toThrow(EvaluationError);
    await expect(endless).rejects.toMatchObject({ failure: { stage: "timing", code: "time-limit" } });
    const cancelled = sample(
      machine(() => 100),
      0.001,
      () => Promise.reject(new Error("cancelled")),
    );
    await expect(cancelled).rejects.toThrow("cancelled");
  });
});

describe("measureTimerStep", () => {
  test.each([0.005, 0.1, 1, 16])("finds a step of %d ms", (step) => {
    let readings = 0;
    expect(measureTimerStep(() => Math.floor((readings++ * 0.0013) / step) * step)).toBeCloseTo(step, 9);
  });

  test("takes the smallest of a clock that jumps", () => {
    const ticks = [0, 0, 3, 3.5, 3.5, 3.6, 9, 9, 10, 12, 12, 13, 14, 20];
    let reading = 0;
    expect(measureTimerStep(() => at(ticks, reading++))).toBeCloseTo(0.1, 9);
  });
});
