import "@tensorflow/tfjs-backend-cpu";
import { memory, setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { checkLogits, createReference, loadReference } from "../../../src/profiler/reference";

beforeAll(async () => {
  await setBackend("cpu");
});

describe("the reference network", () => {
  test("is the one it always was: architecture, weights and image give the known outputs", async () => {
    const inference = await loadReference();
    const logits = inference.run();
    inference.dispose();
    // Written down on 22 November 2026. Where this fails, times of before and after do not compare.
    const known = [
      -0.265158, 0.114385, -0.623111, 0.0943364, -0.347383, 0.74632, -0.318513, -0.590433, 0.0986134, -0.575138,
    ];
    known.forEach((value, i) => {
      expect(logits[i]).toBeCloseTo(value, 4);
    });
    expect(() => checkLogits(logits)).not.toThrow();
  });

  test.each([
    ["nothing", () => 0],
    ["no numbers", () => Number.NaN],
    ["other numbers", (value: number) => value + 0.1],
    ["too few", undefined],
  ])("a platform that computes %s is refused", async (_, change) => {
    const inference = await loadReference();
    const logits = inference.run();
    inference.dispose();
    const wrong = change ? logits.map(change) : logits.slice(0, 5);
    expect(() => checkLogits(wrong)).toThrow(/wrong numbers/);
  });

  test("knows what it takes when it is quiet, by itself or from an earlier host, and leaves no tensors behind", async () => {
    const before = memory().numTensors;
    let time = 0;
    let step = 7;
    // Each reading of this clock is a step after the last: every sample of one run takes one.
    const reference = await createReference({ now: () => (time += step), timerStepMs: 0.1, asynchronous: false });
    for (const ms of [7, 9, 8, 20, 10]) {
      step = ms;
      expect(await reference.time()).toBe(ms);
    }
    // Of 7, 8, 9, 10, 20 a quarter is below 8.
    expect(reference.quietMs()).toBe(8);
    expect(reference.quietMs(5)).toBe(5);
    expect(reference.quietMs(6)).toBe(5);
    reference.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
