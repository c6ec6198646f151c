import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core";
import { sampleBursts, slope } from "../../../src/profiler/bursts";
import { machine } from "./machine";

const goOn = async () => {};

function bursts({ run, now }: ReturnType<typeof machine>, singleMs: number, timerStepMs = 0.001) {
  const random = createRandom(1);
  return sampleBursts(run, { now, timerStepMs, betweenSamples: goOn, singleMs, random });
}

describe("slope", () => {
  test.each([
    [
      [
        [1, 3],
        [2, 5],
        [4, 9],
        [8, 17],
      ],
      2,
    ],
    [
      [
        [1, 10],
        [2, 10],
      ],
      0,
    ],
    // Least squares by hand: means 2 and 4; (-1)(-2) + 0 + (1)(2) over 2.
    [
      [
        [1, 2],
        [2, 4],
        [3, 6],
      ],
      2,
    ],
    [
      [
        [0, 0],
        [1, 3],
        [2, 3],
      ],
      1.5,
    ],
  ] as const)("of %j is %d", (points, expected) => {
    expect(slope(points as unknown as [number, number][])).toBeCloseTo(expected, 12);
  });
});

describe("sampleBursts", () => {
  test.each([0.7, 3, 12, 80])("leaves out what reading costs: runs of %d ms and 5 ms for reading", async (duration) => {
    const sustained = await bursts(
      machine(() => duration, 0.001, 5),
      duration + 5,
    );
    expect(sustained?.medianMs).toBeCloseTo(duration, 6);
    for (const end of sustained?.intervalMs ?? []) expect(end).toBeCloseTo(duration, 6);
  });

  test("is not led astray by single slow bursts, and says how sure it is", async () => {
    const random = createRandom(4);
    const noisy = machine(() => 4 * (1 + 0.05 * random.normal()) + (random.uniform() < 0.02 ? 30 : 0), 0.001, 2);
    const sustained = await bursts(noisy, 6);
    expect(sustained?.medianMs).toBeGreaterThan(3.6);
    expect(sustained?.medianMs).toBeLessThan(4.8);
    const [low, high] = sustained?.intervalMs ?? [];
    expect(low).toBeLessThan(sustained?.medianMs ?? 0);
    expect(high).toBeGreaterThan(sustained?.medianMs ?? 0);
  });

  test.each([
    [1, 1],
    [0.2, 1],
    [3, 4],
    [10, 0.1],
  ])("runs of %d ms under a clock of %d ms: long enough bursts", async (duration, step) => {
    const sustained = await bursts(
      machine(() => duration, step, 0.05),
      duration + 0.05,
      step,
    );
    expect(Math.abs((sustained?.medianMs ?? 0) - duration)).toBeLessThan(0.11 * duration);
  });

  test("takes about 0.6 s, more of a slow network, and none at all of a very slow one", async () => {
    const spent = async (duration: number) => {
      const device = machine(() => duration);
      await bursts(device, duration);
      return device.state.time;
    };
    for (const duration of [1, 5, 20, 60]) {
      expect(await spent(duration)).toBeGreaterThanOrEqual(540);
      expect(await spent(duration)).toBeLessThan(800);
    }
    expect(await spent(200)).toBe(1800);
    expect(await spent(300)).toBe(0);
  });

  test("is not measured under a clock that would need bursts of seconds", async () => {
    expect(
      await bursts(
        machine(() => 3, 100),
        3,
        100,
      ),
    ).toBeUndefined();
  });

  test("times the lengths in an order that changes", async () => {
    const lengths: number[] = [];
    const device = machine(() => 2);
    const run = (times = 1) => {
      lengths.push(times);
      device.run(times);
    };
    await sampleBursts(run, {
      now: device.now,
      timerStepMs: 0.001,
      betweenSamples: goOn,
      singleMs: 2,
      random: createRandom(3),
    });
    const firsts = new Set(lengths.filter((_, i) => i % 4 === 0));
    expect(new Set(lengths)).toEqual(new Set([1, 2, 4, 8]));
    expect(firsts.size).toBeGreaterThan(2);
  });
});
