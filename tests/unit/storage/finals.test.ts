import "fake-indexeddb/auto";
import { afterEach, expect, test } from "vitest";
import { defaultFinals, type Finalist, finalistSeeds, rankFinalists, type Study } from "../../../src/core";
import { openStudyStore, type StudyStore } from "../../../src/storage";
import {
  exportArchitecture,
  exportStudy,
  FileError,
  finalistsCsv,
  parseArchitectureFile,
  parseStudyFile,
} from "../../../src/storage/files";
import { mutate } from "./mutations";
import { sampleCheckpoint, sampleStudy, sampleTrial } from "./samples";

const NOW = "2026-11-22T12:00:00.000Z";
const trials = [0, 1, 2, 3].map((number) => sampleTrial(number));

function finalist(trial: number, counts: readonly number[]): Finalist {
  const { accuracy, latency } = sampleTrial(trial);
  if (!accuracy || !latency) throw new Error("The sample has both.");
  const seeds = finalistSeeds(1, trial, counts.length);
  return {
    trial,
    accuracies: counts.map((correct, index) => ({
      ...accuracy,
      correct,
      images: 1000,
      accuracy: correct / 1000,
      steps: 800,
      seed: seeds[index] ?? 0,
    })),
    latency: { ...latency, medianMs: 11, intervalMs: [10.9, 11.2] },
  };
}

const plain = sampleStudy(trials);
const study: Study = {
  ...plain,
  settings: { ...plain.settings, finals: defaultFinals(plain.settings) },
  finals: {
    settings: defaultFinals(plain.settings),
    objective: plain.settings.objective,
    finalists: [
      finalist(3, [600, 610, 620]),
      { ...finalist(1, [700, 720]), retries: ["A worker ended."] },
      {
        trial: 0,
        accuracies: [],
        failure: { stage: "training", code: "diverged", message: 'The loss, in "words", was not a number.' },
      },
    ],
  },
};

let store: StudyStore | undefined;
afterEach(() => {
  store?.close();
});

test("the stage is read from disk as it was written, at every step, beside what else changes", async () => {
  store = await openStudyStore();
  await store.create({ ...plain, id: "finals-1" }, sampleCheckpoint());
  expect((await store.read("finals-1")).study.finals).toBeUndefined();
  const { finals } = study;
  if (!finals) throw new Error("The sample has them.");
  await store.update("finals-1", { finals: { ...finals, finalists: finals.finalists.slice(0, 1) } });
  await store.update("finals-1", { finals });
  await store.update("finals-1", { status: "finished" });
  await store.record("finals-1", [sampleTrial(4)], sampleCheckpoint(5));
  const { study: read, warnings } = await store.read("finals-1");
  expect(warnings).toEqual([]);
  expect(read.finals).toEqual(finals);
  expect(read).toMatchObject({ status: "finished" });
});

test("a study file holds the stage, and one without it reads as before", () => {
  expect(parseStudyFile(JSON.stringify(exportStudy(study, NOW)))).toEqual(study);
  expect(parseStudyFile(JSON.stringify(exportStudy(plain, NOW)))).toEqual(plain);
});

test.each([
  [["study", "finals", "finalists", 0, "trial"], 9, /finals\.finalists\[0\]\.trial: expected the number of a trial/],
  [["study", "finals", "finalists", 0, "accuracies", 1, "correct"], 5, /accuracies\[1\]\.accuracy: expected correct/],
  [["study", "finals", "settings", "seeds"], 2, /finalists\[0\]\.accuracies: expected at most settings\.seeds = 2/],
  [["study", "finals", "settings", "seeds"], 0, /finals\.settings\.seeds/],
  [["study", "finals", "finalists", 1, "latency", "medianMs"], "fast", /finalists\[1\]\.latency\.medianMs/],
] as const)("a study file that contradicts itself is refused: %j", (path, value, message) => {
  const file = mutate(exportStudy(study, NOW), [...path], () => value);
  expect(() => parseStudyFile(JSON.stringify(file))).toThrow(FileError);
  expect(() => parseStudyFile(JSON.stringify(file))).toThrow(message);
});

test("an exported finalist has the figures of the stage, and says whose the others are", () => {
  const [best] = rankFinalists(study);
  expect(best?.finalist.trial).toBe(1);
  const file = parseArchitectureFile(JSON.stringify(exportArchitecture(study, trials[1] as never, NOW)));
  expect(file.finalist).toMatchObject({ place: 1, finalists: 2, accuracy: { mean: 0.71 } });
  expect(file.finalist?.trainings.map(({ correct }) => correct)).toEqual([700, 720]);
  expect(file.finalist?.latency.medianMs).toBe(11);
  expect(file.finalist?.recipe.steps).toBe(study.finals?.settings.recipe.steps);
  expect(file.finalist?.reward).toBeCloseTo(0.71, 12); // within T under a hard objective
  // t of one degree of freedom over sqrt(2) of the spread of two.
  expect(file.finalist?.accuracy.interval?.[1]).toBeCloseTo(0.71 + 12.7062 * 0.01, 5);
  expect(file.accuracy?.accuracy).toBe(trials[1]?.accuracy?.accuracy);
  for (const number of [0, 2]) {
    expect(exportArchitecture(study, trials[number] as never, NOW).finalist).toBeUndefined();
  }
});

test.each([
  [["finalist", "accuracy", "mean"], 0.9, /finalist\.accuracy\.mean: expected the mean of the trainings/],
  [["finalist", "reward"], 0.9, /finalist\.reward: expected 0\.71/],
  [["finalist", "trainings", 0, "accuracy"], 0.9, /finalist\.trainings\[0\]\.accuracy: expected correct/],
] as const)("an exported finalist that contradicts itself is refused: %j", (path, value, message) => {
  const file = mutate(exportArchitecture(study, trials[1] as never, NOW), [...path], () => value);
  expect(() => parseArchitectureFile(JSON.stringify(file))).toThrow(message);
});

test("the finalists as a table: a line a training, the failed one with its reason", () => {
  const [header = "", ...lines] = finalistsCsv(study).trimEnd().split("\r\n");
  const names = header.split(",");
  const cell = (line: number, name: string) => lines[line]?.split(",")[names.indexOf(name)];
  expect(lines).toHaveLength(2 + 3 + 1);
  expect(lines.every((line) => line.split(",").length === names.length)).toBe(true);
  expect([0, 2, 5].map((line) => cell(line, "place"))).toEqual(["1", "2", ""]);
  expect([0, 2, 5].map((line) => cell(line, "trial"))).toEqual(["1", "3", "0"]);
  expect([0, 1].map((line) => cell(line, "correct"))).toEqual(["700", "720"]);
  expect(cell(5, "failure")).toBe("diverged");
  expect(cell(0, "mean accuracy")).toBe("0.71");
});
