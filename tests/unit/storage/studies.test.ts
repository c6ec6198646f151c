import "fake-indexeddb/auto";
import { forceCloseDatabase, IDBFactory } from "fake-indexeddb";
import { deleteDB, type IDBPDatabase, openDB } from "idb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Trial } from "../../../src/core";
import { openStudyStore, StorageError, type StudyStore } from "../../../src/storage";
import { sampleCheckpoint, sampleDataset, sampleStudy, sampleTrial } from "./samples";

let store: StudyStore;
const open: (StudyStore | IDBPDatabase)[] = [];

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  store = await tab();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const connection of open.splice(0)) connection.close();
});

/** Another tab, or this one after a reload. */
async function tab(): Promise<StudyStore> {
  const opened = await openStudyStore();
  open.push(opened);
  return opened;
}

/** The tables behind the store's back. */
async function raw(): Promise<IDBPDatabase> {
  const database = await openDB("mnasium");
  open.push(database);
  return database;
}

async function fill(id: string, trials: number): Promise<void> {
  await store.create(sampleStudy([], id), sampleCheckpoint());
  for (let i = 0; i < trials; i++) await store.record(id, [sampleTrial(i)], sampleCheckpoint(i + 1));
}

async function refusal(promise: Promise<unknown>): Promise<StorageError> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(StorageError);
  return error as StorageError;
}

describe("what was recorded", () => {
  test("is there after a reload: trials in order, the last checkpoint, typed arrays", async () => {
    await fill("a", 11);
    await fill("b", 2);
    const { study, checkpoint, warnings } = await (await tab()).read("a");
    const trials = Array.from({ length: 11 }, (_, i) => sampleTrial(i));
    expect(study).toEqual({ ...sampleStudy(trials, "a"), elapsedSeconds: 11 });
    expect(checkpoint).toEqual(sampleCheckpoint(11));
    expect(warnings).toEqual([]);
  });

  test("may be a study with trials, such as one from before the disk was full", async () => {
    const study = sampleStudy([sampleTrial(0), sampleTrial(1)]);
    await store.create(study, sampleCheckpoint(5));
    await store.record(study.id, [sampleTrial(2)], sampleCheckpoint(6));
    expect((await store.read(study.id)).study.trials).toHaveLength(3);
  });

  test("may be a checkpoint alone", async () => {
    await fill("a", 1);
    await store.record("a", [], sampleCheckpoint(77));
    expect((await store.read("a")).checkpoint?.elapsedSeconds).toBe(77);
    expect((await refusal(store.record("b", [], sampleCheckpoint()))).code).toBe("missing");
  });

  test("is listed newest first with its best reward, without reading a trial", async () => {
    await fill("old", 3);
    await store.create({ ...sampleStudy([], "new"), createdAt: "2026-11-23T09:00:00.000Z" }, sampleCheckpoint());
    const reads = vi.spyOn(IDBObjectStore.prototype, "getAll");
    const { studies, warnings } = await store.list();
    expect(reads.mock.contexts.map((table) => (table as IDBObjectStore).name)).toEqual(["studies"]);
    expect(warnings).toEqual([]);
    expect(studies.map(({ id, trials }) => [id, trials])).toEqual([
      ["new", 0],
      ["old", 3],
    ]);
    expect(studies[0]?.bestReward).toBeUndefined();
    // 252 of 500 images at 14.5 ms, within the target of 20 ms: Equation 2 with exponent 0.
    expect(studies[1]).toMatchObject({ bestReward: 0.504, budgetTrials: 40, status: "open" });
  });

  test("is scored anew when the objective moves", async () => {
    await fill("a", 3);
    await store.update("a", { objective: { targetMs: 1, alpha: 0, beta: -1 }, name: "Renamed", status: "finished" });
    const { study } = await store.read("a");
    expect(study).toMatchObject({ name: "Renamed", status: "finished", settings: { objective: { targetMs: 1 } } });
    // The trial of 12.5 ms is the best now: 0.5 x 1 / 12.5.
    expect((await store.list()).studies[0]?.bestReward).toBeCloseTo(0.5 / 12.5, 12);
    await store.record("a", [sampleTrial(3)], sampleCheckpoint());
    expect((await store.list()).studies[0]?.bestReward).toBeCloseTo(0.5 / 12.5, 12);
  });
});

describe("trials that were measured again", () => {
  const renewed = (number: number, medianMs: number): Trial => {
    const trial = sampleTrial(number);
    if (!trial.latency) throw new Error("The sample was measured.");
    return { ...trial, latency: { ...trial.latency, medianMs }, earlierLatencies: [trial.latency] };
  };

  test("take the place of their rows, and of their rewards in the list", async () => {
    await fill("a", 4);
    await fill("b", 4);
    // 253 of 500 images was the best within 20 ms; at 40 ms it earns half, and trial 2 leads.
    await store.amend("a", [renewed(3, 40), renewed(1, 13)]);
    const { study, checkpoint, warnings } = await (await tab()).read("a");
    expect(study.trials).toEqual([sampleTrial(0), renewed(1, 13), sampleTrial(2), renewed(3, 40)]);
    expect(checkpoint).toEqual(sampleCheckpoint(4));
    expect(warnings).toEqual([]);
    const { studies } = await store.list();
    expect(Object.fromEntries(studies.map(({ id, bestReward }) => [id, bestReward]))).toEqual({ a: 0.504, b: 0.506 });
  });

  test("must be on disk already, all of them", async () => {
    await fill("a", 2);
    expect((await refusal(store.amend("a", [renewed(0, 13), renewed(2, 13)]))).code).toBe("missing");
    expect((await refusal(store.amend("z", [renewed(0, 13)]))).code).toBe("missing");
    expect((await store.read("a")).study.trials).toEqual([sampleTrial(0), sampleTrial(1)]);
  });
});

describe("data sets", () => {
  test("come back with their arrays, also where these were views into a larger buffer or shared memory", async () => {
    const dataset = sampleDataset();
    const shared = new Uint8Array(new SharedArrayBuffer(dataset.train.pixels.length + 8), 8);
    shared.set(dataset.train.pixels);
    const view = { ...dataset, train: { ...dataset.train, pixels: shared } };
    await store.saveDataset(view);
    expect(await store.readDataset(dataset.hash)).toEqual(dataset);
    expect(await store.readDataset("f".repeat(64))).toBeUndefined();
  });

  test("are written once", async () => {
    await store.saveDataset(sampleDataset());
    const put = vi.spyOn(IDBObjectStore.prototype, "put");
    await store.saveDataset(sampleDataset());
    expect(put).not.toHaveBeenCalled();
  });

  test.each([
    ["pixels", new ArrayBuffer(3)],
    ["labels", Uint16Array.from({ length: 20 }, () => 10).buffer],
  ])("with damaged %s are refused", async (field, bytes) => {
    const { hash } = sampleDataset();
    await store.saveDataset(sampleDataset());
    const database = await raw();
    const row = await database.get("datasets", hash);
    await database.put("datasets", { ...row, train: { ...row.train, [field]: bytes } });
    expect((await refusal(store.readDataset(hash))).code).toBe("damaged");
  });

  test("go with the last study that uses them", async () => {
    const { hash } = sampleDataset();
    await store.saveDataset(sampleDataset());
    await store.saveDataset(sampleDataset("e".repeat(64)));
    await fill("a", 2);
    await fill("b", 1);
    await store.remove("a");
    expect(await store.readDataset(hash)).toBeDefined();
    expect((await refusal(store.read("a"))).code).toBe("missing");
    expect((await store.read("b")).study.trials).toHaveLength(1);
    await store.remove("b");
    await store.remove("b");
    expect(await store.readDataset(hash)).toBeUndefined();
    expect(await store.readDataset("e".repeat(64))).toBeDefined();
    const database = await raw();
    for (const table of ["studies", "trials", "checkpoints"]) expect(await database.count(table)).toBe(0);
  });
});

describe("a write that fails", () => {
  /** Makes the browser refuse to write a table. */
  function refuse(table: string, error: unknown) {
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === table) throw error;
      return put.apply(this, args);
    });
  }

  test.each([
    ["the disk is full", new DOMException("Quota", "QuotaExceededError"), "full"],
    ["something else happens", new DOMException("Broken", "UnknownError"), "unavailable"],
  ])("leaves no half where %s", async (_, error, code) => {
    await fill("a", 2);
    const before = await store.read("a");
    refuse("checkpoints", error);
    expect((await refusal(store.record("a", [sampleTrial(2)], sampleCheckpoint(9)))).code).toBe(code);
    expect((await refusal(store.create(sampleStudy([sampleTrial(0)], "b"), sampleCheckpoint()))).code).toBe(code);
    vi.restoreAllMocks();
    expect(await (await tab()).read("a")).toEqual(before);
    expect((await store.list()).studies.map(({ id, trials }) => [id, trials])).toEqual([["a", 2]]);
    await store.record("a", [sampleTrial(2)], sampleCheckpoint(9));
    expect((await store.read("a")).study.trials).toHaveLength(3);
  });

  test("leaves no half where the browser ends the transaction", async () => {
    await fill("a", 1);
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...args) {
      const request = put.apply(this, args);
      if (this.name === "checkpoints") this.transaction.abort();
      return request;
    });
    await refusal(store.record("a", [sampleTrial(1)], sampleCheckpoint(9)));
    vi.restoreAllMocks();
    const { study, checkpoint } = await store.read("a");
    expect([study.trials.length, checkpoint?.elapsedSeconds]).toEqual([1, 1]);
  });

  test("refuses a controller state that cannot be cloned, whole", async () => {
    await fill("a", 1);
    const checkpoint = { ...sampleCheckpoint(9), controller: { name: "ppo" as const, ask: () => [] } };
    await refusal(store.record("a", [sampleTrial(1)], checkpoint));
    expect((await store.read("a")).study.trials).toHaveLength(1);
  });
});

describe("damage", () => {
  test("of a trial leaves the others, and says which it is", async () => {
    await fill("a", 3);
    const database = await raw();
    const row = await database.get("trials", ["a", 1]);
    await database.put("trials", {
      ...row,
      trial: { ...row.trial, accuracy: { ...row.trial.accuracy, correct: "many" } },
    });
    const { study, checkpoint, warnings } = await store.read("a");
    expect(study.trials.map(({ number }) => number)).toEqual([0, 2]);
    expect(checkpoint).toBeUndefined();
    expect(warnings).toEqual([
      'Trial 1 is damaged and was left out: accuracy.correct: expected a whole number of at least 0, found "many".',
      "The study can be looked at and exported, but it cannot go on.",
    ]);
  });

  test("of a trial's decisions is found as well", async () => {
    await fill("a", 1);
    const database = await raw();
    const row = await database.get("trials", ["a", 0]);
    await database.put("trials", { ...row, trial: { ...row.trial, decisions: [7] } });
    expect((await store.read("a")).warnings[0]).toMatch(/^Trial 0 is damaged .*decisions: .* takes 30 decisions/);
    await store.update("a", { objective: { targetMs: 5, alpha: 0, beta: -1 } });
  });

  test("of a whole row shows as well", async () => {
    await fill("a", 3);
    await (await raw()).delete("trials", ["a", 2]);
    expect((await store.read("a")).warnings[0]).toBe("1 of 3 trials are not on disk any more.");
  });

  test("of the checkpoint leaves a study to look at", async () => {
    await fill("a", 2);
    const database = await raw();
    await database.put("checkpoints", { ...sampleCheckpoint(), controller: { name: "oracle" } }, "a");
    const { study, checkpoint, warnings } = await store.read("a");
    expect(study.trials).toHaveLength(2);
    expect(checkpoint).toBeUndefined();
    expect(warnings[0]).toMatch(
      /^The state of the search is damaged: controller\.name: expected one of "guided", "ppo", "reinforce", "evolution", "nsga2", "random"/,
    );
    await database.delete("checkpoints", "a");
    expect((await store.read("a")).study.trials).toHaveLength(2);
  });

  test("of a study's row hides that study only", async () => {
    await fill("a", 1);
    await fill("b", 1);
    const database = await raw();
    const row = await database.get("studies", "a");
    await database.put("studies", { ...row, settings: { ...row.settings, seed: -1 } });
    const { studies, warnings } = await store.list();
    expect(studies.map(({ id }) => id)).toEqual(["b"]);
    expect(warnings[0]).toMatch(
      /^The study "Shapes at 20 ms" is damaged: settings\.seed: expected a whole number from 0/,
    );
    expect((await refusal(store.read("a"))).code).toBe("damaged");
    await store.remove("a");
    expect((await store.list()).warnings).toEqual([]);
  });
});

describe("two tabs", () => {
  test("cannot both record the same trial", async () => {
    await fill("a", 1);
    const other = await tab();
    await other.record("a", [sampleTrial(1)], sampleCheckpoint(2));
    expect((await refusal(store.record("a", [sampleTrial(1)], sampleCheckpoint(3)))).code).toBe("conflict");
    expect((await refusal(store.record("a", [sampleTrial(3)], sampleCheckpoint(3)))).code).toBe("conflict");
    expect((await store.read("a")).checkpoint?.elapsedSeconds).toBe(2);
  });

  test("cannot both create the same study", async () => {
    await fill("a", 1);
    expect((await refusal((await tab()).create(sampleStudy([], "a"), sampleCheckpoint()))).code).toBe("conflict");
  });

  test("hear that a study was removed", async () => {
    await fill("a", 1);
    await (await tab()).remove("a");
    expect((await refusal(store.record("a", [sampleTrial(1)], sampleCheckpoint()))).code).toBe("missing");
    expect((await refusal(store.update("a", { name: "x" }))).code).toBe("missing");
  });

  test("of which one is newer: the older makes way and says so", async () => {
    await fill("a", 1);
    open.push(await openDB("mnasium", 99));
    const error = await refusal(store.record("a", [sampleTrial(1)], sampleCheckpoint()));
    expect([error.code, error.message]).toEqual(["unavailable", expect.stringMatching(/newer Mnasium .* Reload/)]);
    expect((await refusal(openStudyStore())).message).toMatch(/newer Mnasium\. Reload/);
  });
});

describe("a browser that keeps nothing", () => {
  test("has no IndexedDB", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const error = await refusal(openStudyStore());
    expect([error.code, error.message]).toEqual(["unavailable", expect.stringContaining("IndexedDB is missing")]);
  });

  test("refuses to open one, as in a private window", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("A mutation operation was attempted.", "InvalidStateError");
    });
    const error = await refusal(openStudyStore());
    expect([error.code, error.message]).toEqual(["unavailable", expect.stringContaining("private window")]);
  });

  test("waits for another tab that does not make way", async () => {
    const held = await raw();
    const { open: openAs } = IDBFactory.prototype;
    vi.spyOn(indexedDB, "open").mockImplementation(function (this: IDBFactory, name) {
      return openAs.call(this, name, held.version + 1);
    });
    const error = await refusal(openStudyStore());
    expect([error.code, error.message]).toEqual(["unavailable", expect.stringContaining("Close it, then reload")]);
    // When the other tab has gone at last, the connection that nobody waits for any more holds nothing back.
    held.close();
    await deleteDB("mnasium");
  });

  test("ended the connection: the next use opens it again", async () => {
    await fill("a", 1);
    let connection: IDBDatabase | undefined;
    const { transaction } = IDBDatabase.prototype;
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (this: IDBDatabase, ...args) {
      connection = this;
      return transaction.apply(this, args);
    });
    await store.list();
    // The library declares the class where it takes an instance.
    forceCloseDatabase(connection as unknown as Parameters<typeof forceCloseDatabase>[0]);
    expect((await store.list()).studies).toHaveLength(1);
  });

  test("was told to close", async () => {
    store.close();
    expect((await refusal(store.list())).code).toBe("unavailable");
  });
});
