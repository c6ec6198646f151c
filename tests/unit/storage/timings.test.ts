import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presets } from "../../../src/core";
import { openTimingStore, type Timing, type TimingStore } from "../../../src/storage";
import { sampleTrial } from "./samples";

const open: TimingStore[] = [];

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  for (const store of open.splice(0)) store.close();
  vi.unstubAllGlobals();
});

async function tab(): Promise<TimingStore> {
  const store = await openTimingStore();
  open.push(store);
  return store;
}

function timing(id: string, takenAt: string): Timing {
  const { latency } = sampleTrial(0);
  if (!latency) throw new Error("The sample has no latency.");
  return {
    id,
    network: "MnasNet-A1",
    architecture: presets["mnasnet-a1"],
    scale: { inputSize: 224, widthMultiplier: 1, classes: 1000, channels: 3 },
    latency: { ...latency, takenAt },
    retries: ["The worker ended."],
  };
}

const early = timing("b", "2026-11-22T10:00:00.000Z");
const late = timing("a", "2026-11-22T11:00:00.000Z");

test("timings are there after a reload, oldest first, until they are removed", async () => {
  const store = await tab();
  await store.add(late);
  await store.add(early);
  const reloaded = await tab();
  expect(await reloaded.list()).toEqual([early, late]);
  await reloaded.remove(["b", "never there"]);
  expect(await store.list()).toEqual([late]);
});

test("a damaged row is left out, the others stay", async () => {
  const store = await tab();
  await store.add(early);
  const behind = await openDB("mnasium");
  await behind.put("timings", { ...late, latency: { medianMs: "fast" } });
  behind.close();
  expect(await store.list()).toEqual([early]);
});

test("the same timing is not added twice", async () => {
  const store = await tab();
  await store.add(early);
  await expect(store.add(early)).rejects.toMatchObject({ name: "StorageError", code: "conflict" });
});
