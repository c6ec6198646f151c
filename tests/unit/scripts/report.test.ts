import { expect, test } from "vitest";
import { bestOf, frontTable, type ReportedStudy, trialLine } from "../../../scripts/search/report";
import { accuracyInterval, defaultSettings, seedNoise, type Trial } from "../../../src/core";

const { recipe } = defaultSettings;
const study: ReportedStudy = {
  settings: { ...defaultSettings, budget: { trials: 20 } },
  data: { name: "Pictures", hash: "0".repeat(64), classes: 10, channels: 3, trainImages: 100, validationImages: 500 },
};

test("a finished trial's line carries both measurements, their intervals and the reward", () => {
  const line = trialLine(trial(0, 350, 12.3456, 0.7), study, true);
  const [low, high] = accuracyInterval({ accuracy: 0.7, images: 500 }, recipe).map((share) => (100 * share).toFixed(1));
  expect(line).toMatch(
    new RegExp(
      `trial {2}1 .*70\\.0 % \\(\\s*${low} to\\s+${high}\\).*12\\.3 ms \\(\\s*11\\.3 to\\s+13\\.3\\).*0\\.700 {2}best`,
    ),
  );
});

test.each(seedNoise)("the interval of an accuracy counts the noise of the study's images: $name", ({ hash }) => {
  const known: ReportedStudy = { ...study, data: { ...study.data, hash } };
  const [low, high] = accuracyInterval({ accuracy: 0.7, images: 500 }, recipe, { hash });
  const interval = `(${percent(low)} to ${percent(high)})`;
  const one = trial(0, 350, 12, 0.7);
  expect(trialLine(one, known, true)).toContain(interval);
  expect(frontTable([one], known)).toContain(interval);
});

test("a failed trial's line gives the reason", () => {
  const failed: Trial = {
    ...trial(4, 1, 1, 0),
    accuracy: undefined,
    failure: { stage: "training", code: "diverged", message: "The loss is not a number." },
  };
  expect(trialLine(failed, study, false)).toContain("failed: The loss is not a number.");
});

test.each([
  [{ reason: "beyond-target", assumedAccuracy: 0.5 }, "not trained: beyond T"],
  [{ reason: "learns-worse", assumedAccuracy: 0.4, halfwayLoss: 2 }, "ended halfway"],
] as const)("a trial that was timed and not trained to its end did not fail: %o", (skipped, words) => {
  const { accuracy: _, ...timed } = trial(4, 1, 98.7, 0.1);
  const line = trialLine({ ...timed, skipped }, study, false);
  expect(line).toContain(`trial  5  ${words} `);
  expect(line).toMatch(/98\.7 ms \(\s*97\.7 to\s+99\.7\)$/);
  expect(line).not.toContain("failed");
});

test("the table holds the front and nothing else, by rising latency, the best marked", () => {
  const trials = [trial(0, 300, 10, 0.6), trial(1, 250, 12, 0.5), trial(2, 400, 18, 0.8), trial(3, 450, 40, 0.45)];
  const [, , ...rows] = frontTable(trials, study).split("\n");
  expect(rows.map((row) => Number(row.slice(0, 5)))).toEqual([1, 3, 4]);
  expect(rows.filter((row) => row.endsWith("best"))).toEqual([rows[1]]);
});

test("the best has the highest reward, the first of equals; failures never win", () => {
  const failed: Trial = { ...trial(2, 500, 1, 9), latency: undefined };
  expect(bestOf([trial(0, 300, 10, 0.6), trial(1, 300, 10, 0.6), failed])?.number).toBe(0);
  expect(bestOf([failed])).toBeUndefined();
});

function percent(share: number): string {
  return (100 * share).toFixed(1).padStart(5);
}

function trial(number: number, correct: number, medianMs: number, reward: number): Trial {
  return {
    number,
    decisions: [],
    key: String(number),
    objective: defaultSettings.objective,
    reward,
    accuracy: {
      accuracy: correct / 500,
      correct,
      images: 500,
      steps: 10,
      trainingLoss: 1,
      seed: 1,
      engine: "tfjs",
      backend: "wasm",
      seconds: 1,
    },
    latency: {
      medianMs,
      intervalMs: [medianMs - 1, medianMs + 1],
      p90Ms: medianMs + 2,
      samplesMs: [medianMs],
      droppedSamples: 0,
      ended: "precise",
      firstRunMs: 100,
      timerStepMs: 0.005,
      device: {
        platform: "tfjs-webgl",
        platformVersion: "4.22.0",
        gpu: "a GPU",
        software: false,
        thread: "worker",
        crossOriginIsolated: true,
        userAgent: "a browser",
      },
      takenAt: "2026-11-22T12:00:00.000Z",
    },
  };
}
