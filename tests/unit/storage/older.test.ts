/**
 * What Mnasium wrote before the engine and more of the recipe became settings, and before a latency said why its sampling
 * ended; the files were written by 00663c6.
 */
import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { schemaFolder } from "../../../scripts/schemas";
import type { LatencyReport, Recipe, Study } from "../../../src/core";
import { openStudyStore } from "../../../src/storage";
import { parseArchitectureFile, parseStudyFile } from "../../../src/storage/files";
import { sampleCheckpoint } from "./samples";

const read = (name: string) => readFileSync(new URL(`../../fixtures/files/${name}`, import.meta.url), "utf8");
const oldStudy = read("study-before-engines.json");
const oldArchitecture = read("architecture-before-engines.json");

const writtenRecipe = {
  steps: 200,
  batchSize: 32,
  learningRate: 0.02,
  momentum: 0.9,
  weightDecay: 0.0001,
  labelSmoothing: 0,
  validationImages: 500,
  timeLimitSeconds: 180,
};
const recipe: Recipe = {
  ...writtenRecipe,
  optimizer: "sgd",
  schedule: "cosine",
  gradientClip: 0,
  averageDecay: 0,
  augmentation: { flip: false, shift: 0, cutout: 0 },
};

/** The study as it must be read. Its one latency is 12.5 ms with the interval 12 to 13.25 ms: 6 % wide on one side. */
function asRead(written: Study): Study {
  const [first, ...others] = written.trials;
  if (!first?.latency) throw new Error("The fixture's first trial was measured.");
  const latency: LatencyReport = { ...first.latency, droppedSamples: 0, ended: "time-up" };
  return {
    ...written,
    settings: { ...written.settings, engine: "tfjs-wasm", recipe, skipHopeless: false },
    trials: [{ ...first, latency }, ...others],
  };
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a study file is read with the engine and the recipe that it was made with", () => {
  const { study: written } = JSON.parse(oldStudy);
  expect(written.settings.recipe).toEqual(writtenRecipe);
  const study = parseStudyFile(oldStudy);
  expect(study).toEqual(asRead(written));
});

test.each([
  [[12.2, 12.8], "precise"],
  [[12.125, 12.875], "precise"], // just 3 % on both sides
  [[12.12, 12.6], "time-up"],
  [[12.4, 12.88], "time-up"],
] as const)("a latency of 12.5 ms with the interval %j was ended as %s", (intervalMs, ended) => {
  const file = JSON.parse(oldStudy);
  file.study.trials[0].latency.intervalMs = intervalMs;
  expect(parseStudyFile(JSON.stringify(file)).trials[0]?.latency).toMatchObject({ ended, droppedSamples: 0 });
});

test("an architecture file is read with the recipe that it was made with", () => {
  expect(JSON.parse(oldArchitecture).study.recipe).toEqual(writtenRecipe);
  expect(parseArchitectureFile(oldArchitecture).study?.recipe).toEqual(recipe);
});

test.each([
  ["study-1.json", oldStudy],
  ["architecture-1.json", oldArchitecture],
])("an old file still keeps to the published %s", (name, text) => {
  const isDate = (value: string) => !Number.isNaN(Date.parse(value));
  const ajv = new Ajv2020({ strict: true, formats: { "date-time": isDate } });
  const validate = ajv.compile(JSON.parse(readFileSync(`${schemaFolder}${name}`, "utf8")));
  validate(JSON.parse(text));
  expect(validate.errors).toBeNull();
});

test("a database of before is upgraded: its studies stay, and go on with their engine", async () => {
  const { study: written } = JSON.parse(oldStudy);
  const { trials, ...fields } = written;
  const old = await openDB("mnasium", 1, {
    upgrade(database) {
      database.createObjectStore("studies", { keyPath: "id" }).createIndex("byData", "data.hash");
      database.createObjectStore("trials", { keyPath: ["studyId", "trial.number"] });
      database.createObjectStore("checkpoints");
      database.createObjectStore("datasets", { keyPath: "hash" });
      database.createObjectStore("engines");
    },
  });
  await old.put("studies", { ...fields, trialCount: trials.length, bestReward: 0.5 });
  for (const trial of trials) await old.put("trials", { studyId: fields.id, trial });
  await old.put("checkpoints", sampleCheckpoint(), fields.id);
  await old.put("engines", { engine: "tfjs", backend: "webgl", reason: "Measured." }, "Browser 1");
  old.close();

  const store = await openStudyStore();
  expect((await store.list()).warnings).toEqual([]);
  const { study, checkpoint, warnings } = await store.read(fields.id);
  expect(warnings).toEqual([]);
  expect(checkpoint).toEqual(sampleCheckpoint());
  expect(study).toEqual(asRead(written));
  // A study that goes on keeps reading so.
  await store.update(fields.id, { objective: { targetMs: 5, alpha: 0, beta: -1 } });
  expect((await store.read(fields.id)).study.settings).toMatchObject({ engine: "tfjs-wasm", recipe });
  store.close();

  const upgraded = await openDB("mnasium");
  expect([...upgraded.objectStoreNames]).toEqual([
    "checkpoints",
    "datasets",
    "studies",
    "timings",
    "trainings",
    "trials",
  ]);
  upgraded.close();
});
