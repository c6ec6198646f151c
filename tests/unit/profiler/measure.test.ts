import { describe, expect, test } from "vitest";
import { type MeasureOptions, measure } from "../../../src/profiler/measure";
import { createSettle } from "../../../src/profiler/quiet";
import { machine } from "./machine";

/**
 * A machine that is slower by a factor that depends on the time; its reference network takes 3 ms on it at its best.
 */
function setUp(slowness: (timeMs: number) => number, options: Partial<MeasureOptions> = {}) {
  const state = { best: Number.POSITIVE_INFINITY, looks: [] as number[], taken: 0 };
  const device = machine(() => 10 * slowness(device.state.time), 0.001, 1);
  const reference: MeasureOptions["reference"] = {
    async time() {
      const ms = 3 * slowness(device.state.time);
      device.state.time += 10 * ms;
      state.looks.push(ms);
      state.best = Math.min(state.best, ms);
      return ms;
    },
    quietMs(knownMs = state.best) {
      state.best = Math.min(state.best, knownMs);
      return state.best;
    },
  };
  const measured = measure(device.run, {
    now: device.now,
    timerStepMs: 0.001,
    betweenSamples: async () => {},
    onSample: () => state.taken++,
    reference,
    settle: createSettle(device.now, async (ms) => {
      device.state.time += ms;
    }),
    ...options,
  });
  return { measured, device, state, reference };
}

describe("the patience with a machine that is not quiet", () => {
  function setUpSettle() {
    let time = 0;
    const settle = createSettle(
      () => time,
      async (ms) => {
        time += ms;
      },
    );
    return async (referenceMs: number) =>
      (
        await settle(
          async () => referenceMs,
          () => 3,
        )
      ).waitedMs;
  }

  test("is none where it is quiet, and shrinks while waiting is in vain", async () => {
    const waited = setUpSettle();
    expect(await waited(3.2)).toBe(0);
    const waits: number[] = [];
    for (let time = 0; time < 7; time++) waits.push(await waited(4));
    expect(waits).toEqual([1550, 750, 350, 150, 50, 50, 50]);
  });

  test("is back after the machine was quiet", async () => {
    const waited = setUpSettle();
    await waited(4);
    await waited(4);
    await waited(3);
    expect(await waited(4)).toBe(1550);
  });
});

describe("measure", () => {
  test("on a quiet machine: single-shot with reading, sustained without, the reference three times", async () => {
    const { measured, state } = setUp(() => 1);
    const { medianMs, sustained, reference, samplesMs, ended, intervalMs, p90Ms } = await measured;
    expect(medianMs).toBeCloseTo(11, 6);
    expect(p90Ms).toBeCloseTo(11, 6);
    expect(intervalMs[0]).toBeCloseTo(11, 6);
    expect(sustained?.medianMs).toBeCloseTo(10, 6);
    expect(reference).toEqual({ beforeMs: 3, betweenMs: 3, afterMs: 3, quietMs: 3, waitedMs: 0 });
    expect(state.looks).toHaveLength(3);
    expect(state.taken).toBe(samplesMs.length);
    expect(ended).toBe("precise");
  });

  test("waits out the heat of training: samples begin when the reference is near its quiet time", async () => {
    // 40 % slower, cooling within 400 ms.
    const { measured, reference } = setUp((time) => 1 + 0.4 * Math.max(0, 1 - time / 400));
    reference.quietMs(3);
    const { medianMs, reference: drift } = await measured;
    expect(medianMs).toBeLessThan(11 * 1.1);
    expect(drift?.beforeMs).toBeLessThanOrEqual(3.3);
    expect(drift?.waitedMs).toBeGreaterThan(0);
    expect(drift?.waitedMs).toBeLessThan(1000);
  });

  test("goes on after about two seconds on a machine that stays hot, and the report shows it", async () => {
    const { measured, reference } = setUp(() => 1.5);
    reference.quietMs(3);
    const { reference: drift, medianMs } = await measured;
    expect(drift).toMatchObject({ beforeMs: 4.5, betweenMs: 4.5, afterMs: 4.5, quietMs: 3 });
    expect(drift?.waitedMs).toBeGreaterThan(1500);
    expect(drift?.waitedMs).toBeLessThan(2200);
    expect(medianMs).toBeCloseTo(16, 6);
  });

  test("drops what was sampled while the machine changed, and samples again", async () => {
    // Somebody else works for a while, from within the first samples on.
    const { measured, state } = setUp((time) => (time > 150 && time < 700 ? 1.6 : 1));
    const { medianMs, samplesMs, reference } = await measured;
    expect(medianMs).toBeCloseTo(11, 6);
    expect(Math.max(...samplesMs)).toBeLessThan(11.1);
    expect(state.taken).toBeGreaterThan(samplesMs.length);
    expect(reference).toMatchObject({ beforeMs: 3, betweenMs: 3 });
  });

  test("samples again once only: a machine may change for ever", async () => {
    let phase = 0;
    const { measured, state } = setUp(() => 1, {
      reference: { time: async () => (phase++ % 2 ? 4 : 3), quietMs: () => 4 },
    });
    const { samplesMs, reference } = await measured;
    expect(state.taken).toBe(2 * samplesMs.length);
    expect(reference).toMatchObject({ beforeMs: 3, betweenMs: 4 });
  });

  test("gives up where the caller does, also at the reference", async () => {
    let calls = 0;
    const { measured, state } = setUp(() => 1, {
      async betweenSamples() {
        if (++calls === 1) throw new Error("hidden");
      },
    });
    await expect(measured).rejects.toThrow("hidden");
    expect(state.taken).toBe(0);
  });
});
