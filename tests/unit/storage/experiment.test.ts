import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Study } from "../../../src/core";
import { openStudyStore } from "../../../src/storage";
import { exportStudy, FileError, parseStudyFile } from "../../../src/storage/files";
import { sampleCheckpoint, sampleStudy, sampleTrial } from "./samples";

const study: Study = {
  ...sampleStudy([sampleTrial(0)]),
  experiment: { name: "table-5", begunAt: "2026-11-22T12:00:00.000Z", part: "cells-multi" },
};
const read = (value: unknown) =>
  parseStudyFile(JSON.stringify({ ...exportStudy(study, "2026-11-22T12:00:00.000Z"), study: value }));

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a study's file says which experiment it is of; one of before is of none", () => {
  expect(read(study)).toEqual(study);
  const { experiment: _, ...older } = study;
  expect(read(older).experiment).toBeUndefined();
});

test.each([
  ["name", { name: undefined }],
  ["begunAt", { begunAt: "yesterday" }],
  ["part", { part: 2 }],
])("a file whose experiment has a wrong %s is refused by name", (name, change) => {
  const wrong = { ...study, experiment: { ...study.experiment, ...change } };
  expect(() => read(wrong)).toThrow(FileError);
  expect(() => read(wrong)).toThrow(`study.experiment.${name}`);
});

test("an experiment's study is found on disk, alone and in the list", async () => {
  const store = await openStudyStore();
  await store.create(study, sampleCheckpoint());
  await store.create(sampleStudy([], "alone"), sampleCheckpoint());
  expect((await store.read(study.id)).study).toEqual(study);
  const { studies } = await store.list();
  const experiments = Object.fromEntries(studies.map(({ id, experiment }) => [id, experiment]));
  expect(experiments).toEqual({ [study.id]: study.experiment, alone: undefined });
  store.close();
});
