import { describe, expect, test } from "vitest";
import { defaultSettings, type Study } from "../../../src/core";
import { createBuiltinDataset } from "../../../src/data";
import type { StudyStore } from "../../../src/storage";
import { createDataSource, referenceTo } from "../../../src/workers/dataSource";
import { createStudyOpener } from "../../../src/workers/openStudies";

const dataSource = {
  ...createDataSource(),
  load: async (choice: { kind: string; difficulty?: "easy" | "medium" | "hard" }) => ({
    dataset: createBuiltinDataset({ difficulty: choice.difficulty, train: 20, validation: 10 }),
    remarks: [],
  }),
};
const empty = { readDataset: async () => undefined } as unknown as StudyStore;
const opener = createStudyOpener({ store: Promise.resolve(empty), dataSource, emit: () => {} });

function studyOn(data: Study["data"]): Study {
  const frame = { id: "a", name: "A study", createdAt: "2026-11-22T00:00:00.000Z", elapsedSeconds: 0 };
  return { ...frame, settings: defaultSettings, data, trials: [], status: "open" };
}

describe("a study on built-in images", () => {
  test.each(["easy", "medium", "hard"] as const)("has its %s images drawn again", async (difficulty) => {
    const own = createBuiltinDataset({ difficulty, train: 20, validation: 10 });
    expect((await opener.images(studyOn(referenceTo(own)))).hash).toBe(own.hash);
  });

  test("of an earlier generator is told that no files help", async () => {
    const now = referenceTo(createBuiltinDataset({ train: 20, validation: 10 }));
    for (const name of ["Shapes (built in)", now.name]) {
      const asked = opener.images(studyOn({ ...now, name, hash: "0" }));
      await expect(asked).rejects.toMatchObject({ code: "redrawn-data" });
      await expect(asked).rejects.toThrow(/have changed since.*begin a new study/);
    }
  });

  test("on files is still asked for them", async () => {
    const reference = { ...referenceTo(createBuiltinDataset({ train: 20, validation: 10 })), name: "train", hash: "0" };
    await expect(opener.images(studyOn(reference))).rejects.toMatchObject({ code: "missing-data" });
  });
});
