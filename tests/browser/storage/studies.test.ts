import { deleteDB } from "idb";
import { afterEach, expect, test } from "vitest";
import { lockStudy, openStudyStore } from "../../../src/storage";
import { sampleCheckpoint, sampleDataset, sampleStudy, sampleTrial } from "../../unit/storage/samples";

const TRIALS = 200;
const CHECKPOINT_BYTES = 2_000_000;

afterEach(() => deleteDB("mnasium"));

test("200 trials with checkpoints of 2 MB are all there after the database is opened again", async () => {
  const store = await openStudyStore();
  const dataset = sampleDataset();
  await store.saveDataset(dataset);
  await store.create(sampleStudy(), sampleCheckpoint(0, CHECKPOINT_BYTES));
  const start = performance.now();
  for (let i = 0; i < TRIALS; i++) {
    await store.record("study-1", [sampleTrial(i)], sampleCheckpoint(i + 1, CHECKPOINT_BYTES));
  }
  const perRecord = (performance.now() - start) / TRIALS;
  store.close();

  const reopened = await openStudyStore();
  const reading = performance.now();
  const { study, checkpoint, warnings } = await reopened.read("study-1");
  console.info(`record ${perRecord.toFixed(1)} ms, read ${(performance.now() - reading).toFixed(1)} ms`);
  expect(warnings).toEqual([]);
  expect(study.trials).toEqual(Array.from({ length: TRIALS }, (_, i) => sampleTrial(i)));
  expect(checkpoint).toEqual(sampleCheckpoint(TRIALS, CHECKPOINT_BYTES));
  expect(await reopened.readDataset(dataset.hash)).toEqual(dataset);
  reopened.close();
});

test("a transaction that the browser refuses leaves nothing", async () => {
  const store = await openStudyStore();
  await store.create(sampleStudy(), sampleCheckpoint());
  const checkpoint = { ...sampleCheckpoint(9), controller: { name: "ppo" as const, ask: () => [] } };
  await expect(store.record("study-1", [sampleTrial(0)], checkpoint)).rejects.toMatchObject({ name: "StorageError" });
  const stored = await store.read("study-1");
  expect(stored.study.trials).toEqual([]);
  expect(stored.checkpoint).toEqual(sampleCheckpoint());
  store.close();
});

test("a study is locked by one thread at a time", async () => {
  const lock = await lockStudy("study-1");
  expect(lock).toBeDefined();
  expect(await lockStudy("study-1")).toBeUndefined();
  const other = await lockStudy("study-2");
  expect(other).toBeDefined();
  lock?.release();
  other?.release();
  const names = async () => (await navigator.locks.query()).held?.map(({ name }) => name) ?? [];
  await expect.poll(names).not.toContain("mnasium-study-study-1");
  const again = await lockStudy("study-1");
  expect(again).toBeDefined();
  again?.release();
});
