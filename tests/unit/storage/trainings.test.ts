import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presets, recipes } from "../../../src/core";
import { openTimingStore, openTrainingStore, type Training, type TrainingStore } from "../../../src/storage";
import { sampleStudy, sampleTrial } from "./samples";

const open: { close(): void }[] = [];

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  for (const store of open.splice(0)) store.close();
  vi.unstubAllGlobals();
});

async function tab(): Promise<TrainingStore> {
  const store = await openTrainingStore();
  open.push(store);
  return store;
}

function training(id: string, trainedAt: string): Training {
  const { accuracy } = sampleTrial(0);
  if (!accuracy) throw new Error("The sample has no accuracy.");
  return {
    id,
    network: "NASNet-A (mobile)",
    architecture: presets["nasnet-a-mobile"],
    scale: { inputSize: 32, widthMultiplier: 0.5, classes: 10, channels: 3 },
    recipe: recipes.standard,
    data: sampleStudy().data,
    accuracy,
    trainedAt,
    retries: [],
  };
}

const early = training("b", "2026-11-22T10:00:00.000Z");
const late = training("a", "2026-11-22T11:00:00.000Z");

test("trainings are there after a reload, oldest first", async () => {
  const store = await tab();
  await store.add(late);
  await store.add(early);
  expect(await (await tab()).list()).toEqual([early, late]);
  await expect(store.add(early)).rejects.toMatchObject({ name: "StorageError", code: "conflict" });
});

test("a damaged row is left out, the others stay", async () => {
  const store = await tab();
  await store.add(early);
  const behind = await openDB("mnasium");
  await behind.put("trainings", { ...late, accuracy: { accuracy: 2 } });
  behind.close();
  expect(await store.list()).toEqual([early]);
});

test("a database of before has its timings still, and takes trainings", async () => {
  const before = await openDB("mnasium", 3, {
    upgrade(database) {
      database.createObjectStore("studies", { keyPath: "id" }).createIndex("byData", "data.hash");
      database.createObjectStore("trials", { keyPath: ["studyId", "trial.number"] });
      database.createObjectStore("checkpoints");
      database.createObjectStore("datasets", { keyPath: "hash" });
      database.createObjectStore("timings", { keyPath: "id" });
    },
  });
  const { latency } = sampleTrial(0);
  const { id, network, architecture, scale } = early;
  const timing = { id, network, architecture, scale, latency, retries: [] };
  await before.put("timings", timing);
  before.close();
  await (await tab()).add(early);
  const timings = await openTimingStore();
  open.push(timings);
  expect(await timings.list()).toEqual([timing]);
});
