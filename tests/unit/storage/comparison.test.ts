import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Study } from "../../../src/core";
import { openStudyStore } from "../../../src/storage";
import { exportStudy, FileError, parseStudyFile } from "../../../src/storage/files";
import { sampleCheckpoint, sampleStudy, sampleTrial } from "./samples";

const side: Study = {
  ...sampleStudy([sampleTrial(0)]),
  comparison: { id: "hard-against-soft", side: 1, sides: 2, label: "Soft" },
};
const read = (study: unknown) =>
  parseStudyFile(JSON.stringify({ ...exportStudy(side, "2026-11-22T12:00:00.000Z"), study }));

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a side's file says whose side it is", () => {
  expect(read(side)).toEqual(side);
});

test.each([
  ["side", { side: 2 }],
  ["sides", { sides: 4 }],
  ["label", { label: 7 }],
  ["id", { id: undefined }],
])("a file whose comparison has a wrong %s is refused by name", (name, change) => {
  const wrong = { ...side, comparison: { ...side.comparison, ...change } };
  expect(() => read(wrong)).toThrow(FileError);
  expect(() => read(wrong)).toThrow(`study.comparison.${name}`);
});

test("a side is found on disk, alone and in the list", async () => {
  const store = await openStudyStore();
  const alone = sampleStudy([], "alone");
  await store.create(side, sampleCheckpoint());
  await store.create(alone, sampleCheckpoint());
  expect((await store.read(side.id)).study).toEqual(side);
  const { studies, warnings } = await store.list();
  expect(warnings).toEqual([]);
  const comparisons = Object.fromEntries(studies.map(({ id, comparison }) => [id, comparison]));
  expect(comparisons).toEqual({ [side.id]: side.comparison, alone: undefined });
  store.close();
});
