import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absoluteForm, exponents, objectiveKind, reward, rewardOf, targetIsInert } from "../../../src/core";

const absolute = { targetMs: 80, ...absoluteForm };
const targets = fc.double({ min: 0.5, max: 2000, noNaN: true });
const weights = fc.double({ min: -2, max: -0.001, noNaN: true });
const factors = fc.double({ min: 0.05, max: 20, noNaN: true });

describe("absolute form (TuNAS: accuracy + beta |latency / T - 1|)", () => {
  test.each([
    // accuracy, latency, beta, by hand: 0.75 - 0.1 x 0.5 and so on
    [0.75, 80, -0.1, 0.75],
    [0.75, 40, -0.1, 0.7],
    [0.75, 120, -0.1, 0.7],
    [0.6, 20, -0.1, 0.525],
    [0.6, 240, -0.5, -0.4],
    [0.5, 800, 0, 0.5],
  ])("accuracy %d at %d ms with beta %d is worth %d at T 80 ms", (accuracy, latencyMs, beta, expected) => {
    expect(reward({ accuracy, latencyMs }, { ...absolute, beta })).toBeCloseTo(expected, 12);
  });

  test("of equally accurate networks the one at T is the best, whatever T and its weight", () => {
    fc.assert(
      fc.property(targets, weights, factors, (targetMs, beta, factor) => {
        const objective = { ...absolute, targetMs, beta };
        const at = (latencyMs: number) => reward({ accuracy: 0.5, latencyMs }, objective);
        expect(at(targetMs)).toBe(0.5);
        expect(at(targetMs * factor)).toBeLessThanOrEqual(at(targetMs));
        if (Math.abs(factor - 1) > 1e-6) expect(at(targetMs * factor)).toBeLessThan(at(targetMs));
      }),
    );
  });

  test("its best among fixed networks follows T, where the soft constraint's stays", () => {
    const latencies = Array.from({ length: 40 }, (_, index) => 5 + 5 * index);
    const best = (objective: Parameters<typeof reward>[1]) => {
      const rewards = latencies.map((latencyMs) => reward({ accuracy: 0.8, latencyMs }, objective));
      return latencies[rewards.indexOf(Math.max(...rewards))];
    };
    for (const targetMs of [10, 50, 150]) {
      expect(best({ ...absolute, targetMs })).toBe(targetMs);
      expect(best({ targetMs, ...exponents.soft })).toBe(5);
    }
  });

  test("has its own kind, and T is never inert in it", () => {
    expect(objectiveKind(absolute)).toBe("absolute");
    expect(objectiveKind({ ...absolute, ...exponents.hard })).toBe("absolute");
    expect(targetIsInert({ ...absolute, alpha: -0.1 })).toBe(false);
  });

  test("a failure is worse than any network up to eleven times T", () => {
    const failure = rewardOf({ failure: { stage: "training", code: "diverged", message: "" } }, absolute);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 10.9, noNaN: true }),
        (accuracy, factor) => {
          expect(reward({ accuracy, latencyMs: 80 * factor }, absolute)).toBeGreaterThan(failure);
        },
      ),
    );
  });
});
