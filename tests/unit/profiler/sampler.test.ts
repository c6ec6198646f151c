import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, EvaluationError, medianInterval } from "../../../src/core";
import { measureTimerStep } from "../../../src/profiler/clock";
import { sampleLatency } from "../../../src/profiler/sampler";

/** A machine whose clock only moves when it works, and shows itself in steps. */
function machine(durationOfRun: (run: number) => number, step = 0.001) {
  const state = { time: 0, runs: 0 };
  return {
    state,
    now: () => Math.floor(state.time / step + 1e-9) * step,
    run() {
      state.time += durationOfRun(state.runs++);
    },
  };
}

const keepAll = async () => true;

function sample({ run, now }: ReturnType<typeof machine>, timerStepMs = 0.001, keepSample = keepAll) {
  return sampleLatency(run, { now, timerStepMs, keepSample });
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

describe("sampleLatency", () => {
  test("keeps the first run apart and stops at nine equal samples", async () => {
    const device = machine((run) => (run === 0 ? 3000 : 10));
    const { firstRunMs, samplesMs } = await sample(device);
    expect(firstRunMs).toBeCloseTo(3000, 6);
    expect(samplesMs).toHaveLength(9);
    for (const each of samplesMs) expect(each).toBeCloseTo(10, 6);
    expect(device.state.runs).toBe(1 + 2 + 9);
  });

  test("leaves runs out while the device still warms up", async () => {
    const slowing = [500, 40, 30, 22, 16, 12];
    const { samplesMs } = await sample(machine((run) => slowing[run] ?? 10));
    expect(Math.max(...samplesMs)).toBeLessThan(12.1);
  });

  test("goes on until the interval of the median is narrow, and not a sample longer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.double({ min: 0.005, max: 0.08, noNaN: true }), async (seed, noise) => {
        const random = createRandom(seed);
        const { samplesMs } = await sample(machine(() => 2 + 2 * noise * random.normal()));
        const spent = samplesMs.reduce((sum, value) => sum + value, 0);
        for (let n = 9; n < samplesMs.length; n++) expect(isPreciseEnough(samplesMs.slice(0, n))).toBe(false);
        if (spent < 900) expect(isPreciseEnough(samplesMs)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("stops when the budget is spent, however wide the interval", async () => {
    const device = machine((run) => (run % 2 ? 10 : 30));
    const { samplesMs, firstRunMs } = await sample(device);
    expect(samplesMs.length).toBeGreaterThan(9);
    expect(device.state.time - firstRunMs).toBeGreaterThanOrEqual(1000);
    expect(device.state.time - firstRunMs).toBeLessThan(1030);
  });

  test("takes five samples of a network that outlasts the budget", async () => {
    const device = machine(() => 400);
    expect((await sample(device)).samplesMs).toHaveLength(5);
    expect(device.state.runs).toBe(1 + 2 + 5);
  });

  test.each([
    [0.3, 1],
    [0.02, 1],
    [3, 0.1],
    [7, 1],
    [1, 16],
  ])("a run of %d ms under a clock of %d ms is averaged over enough runs", async (duration, step) => {
    const device = machine((run) => (run === 0 ? 50 : duration), step);
    const runsOfSamples: number[] = [];
    let before = 0;
    const { samplesMs } = await sample(device, step, async () => {
      runsOfSamples.push(device.state.runs - before);
      before = device.state.runs;
      return true;
    });
    for (const runs of runsOfSamples.slice(-samplesMs.length)) {
      expect(runs * duration).toBeGreaterThan(19 * step);
      expect(runs * duration).toBeLessThan(42 * step);
    }
    // One step of the clock in twenty.
    for (const each of samplesMs) expect(Math.abs(each - duration)).toBeLessThanOrEqual(0.051 * duration);
  });

  test("a fine clock needs no averaging", async () => {
    const device = machine(() => 5, 0.005);
    await sample(device, 0.005);
    expect(device.state.runs).toBe(1 + 2 + 9);
  });

  test("drops the samples that the caller does not keep", async () => {
    const device = machine((run) => (run >= 8 && run < 14 ? 500 : 10));
    const { samplesMs } = await sample(device, 0.001, async () => device.state.runs <= 8 || device.state.runs > 14);
    expect(samplesMs.length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...samplesMs)).toBeLessThan(11);
  });

  test("ends with a time limit where every sample is dropped, and with the reason where one is refused", async () => {
    const dropped = sample(
      machine(() => 100),
      0.001,
      async () => false,
    );
    await expect(dropped).rejects.toThrow(EvaluationError);
    await expect(dropped).rejects.toMatchObject({ failure: { stage: "timing", code: "time-limit" } });
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
