import { beforeEach, describe, expect, test } from "vitest";
import { type Checkpoint, defaultSettings, firstCheckpoint, type Study, type Trial } from "../../../src/core";
import { StorageError, type StudyStore } from "../../../src/storage";
import { createJournal } from "../../../src/workers/journal";
import type { Warning } from "../../../src/workers/protocol";

const study: Study = {
  id: "a",
  name: "A study",
  createdAt: "2026-11-22T00:00:00.000Z",
  settings: defaultSettings,
  data: { name: "x", hash: "0", classes: 10, channels: 3, trainImages: 10, validationImages: 10 },
  trials: [],
  status: "open",
  elapsedSeconds: 0,
};
const checkpoint: Checkpoint = firstCheckpoint({ ...defaultSettings, controller: "random" });
const trial = (number: number) => ({ number }) as Trial;

let onDisk: number[] | undefined;
let fault: StorageError | undefined;
let warnings: Warning[];
const store = {
  async create({ trials }: Study) {
    if (fault) throw fault;
    if (onDisk) throw new StorageError("conflict", "It is there already.");
    onDisk = trials.map(({ number }) => number);
  },
  async record(_: string, trials: readonly Trial[]) {
    if (fault) throw fault;
    if (!onDisk) throw new StorageError("missing", "There is no such study.");
    onDisk.push(...trials.map(({ number }) => number));
  },
} as unknown as StudyStore;
const open = (stored: boolean) =>
  createJournal({ store, study: () => study, stored, onWarning: (warning) => warnings.push(warning) });

beforeEach(() => {
  onDisk = undefined;
  fault = undefined;
  warnings = [];
});

test("the first write makes the study, later ones add to it", async () => {
  const journal = open(false);
  await journal.checkpoint(checkpoint);
  await journal.record(trial(0), checkpoint);
  await journal.record(trial(1), checkpoint);
  expect(onDisk).toEqual([0, 1]);
  expect(warnings).toEqual([]);
});

test("a full disk is told once, and nothing is lost when there is room again", async () => {
  onDisk = [0];
  const journal = open(true);
  fault = new StorageError("full", "There is no room left.");
  await journal.record(trial(1), checkpoint);
  await journal.record(trial(2), checkpoint);
  expect(warnings).toEqual([{ code: "storage-full", message: expect.stringMatching(/no room left.*this tab only/) }]);
  fault = undefined;
  await journal.record(trial(3), checkpoint);
  expect(onDisk).toEqual([0, 1, 2, 3]);
});

describe("trials that were measured again", () => {
  const again = (number: number) => ({ number, reward: 1 }) as Trial;
  const amended: number[][] = [];
  const written: Trial[][] = [];
  const withAmend = {
    ...store,
    async record(id: string, trials: readonly Trial[], at: Checkpoint) {
      await store.record(id, trials, at);
      written.push([...trials]);
    },
    async amend(_: string, trials: readonly Trial[]) {
      if (fault) throw fault;
      amended.push(trials.map(({ number }) => number));
    },
  } as unknown as StudyStore;
  const openIt = (stored: boolean) =>
    createJournal({ store: withAmend, study: () => study, stored, onWarning: (warning) => warnings.push(warning) });

  beforeEach(() => {
    onDisk = [0, 1];
    amended.length = 0;
    written.length = 0;
  });

  test("are written at once", async () => {
    await openIt(true).amend([again(1)]);
    expect(amended).toEqual([[1]]);
    expect(warnings).toEqual([]);
  });

  test("wait with the rest where the disk is full: as changed rows, or as the rows that they become", async () => {
    const journal = openIt(true);
    fault = new StorageError("full", "There is no room left.");
    await journal.record(trial(2), checkpoint);
    await journal.amend([again(0), again(2)]);
    expect(warnings.map(({ code }) => code)).toEqual(["storage-full"]);
    fault = undefined;
    await journal.record(trial(3), checkpoint);
    expect(written).toEqual([[again(2), trial(3)]]);
    expect(amended).toEqual([[0]]);
  });

  test("are written after the trial that is on its way to the disk", async () => {
    const journal = openIt(true);
    await Promise.all([journal.record(trial(2), checkpoint), journal.amend([again(2)])]);
    expect(written).toEqual([[trial(2)]]);
    expect(amended).toEqual([[2]]);
  });
});

test("a study is made as it stands when it is first written", async () => {
  let objective = study.settings.objective;
  const created: Study[] = [];
  const journal = createJournal({
    store: { create: async (made: Study) => void created.push(made) } as unknown as StudyStore,
    study: () => ({ ...study, settings: { ...study.settings, objective } }),
    stored: false,
    onWarning: (warning) => warnings.push(warning),
  });
  objective = { targetMs: 7, alpha: 0, beta: -1 };
  await journal.checkpoint(checkpoint);
  expect(created.map(({ settings }) => settings.objective)).toEqual([objective]);
});

test("a study that could not be made at first is made with all its trials later", async () => {
  const journal = open(false);
  fault = new StorageError("unavailable", "This browser does not let Mnasium keep studies.");
  await journal.checkpoint(checkpoint);
  await journal.record(trial(0), checkpoint);
  fault = undefined;
  await journal.record(trial(1), checkpoint);
  expect(onDisk).toEqual([0, 1]);
  expect(warnings.map(({ code }) => code)).toEqual(["storage-unavailable"]);
});

test("without any store the search is not held up", async () => {
  const journal = createJournal({
    store: undefined,
    study: () => study,
    stored: false,
    onWarning: (w) => warnings.push(w),
  });
  await journal.record(trial(0), checkpoint);
  expect(warnings).toEqual([]);
});
