import { expect, test, vi } from "vitest";
import { defaultSettings } from "../../../src/core";
import { saveStudy, saveTrials } from "../../../src/ui/files";
import { fakeStudy } from "../../fixtures/fakeClient";

vi.mock("../../../src/storage/files", () => {
  throw new TypeError("Failed to fetch dynamically imported module");
});

test("where the writers of files cannot be loaded, the person reads what to do", async () => {
  const study = fakeStudy(2, defaultSettings);
  for (const save of [saveStudy, saveTrials]) await expect(save(study)).rejects.toThrow(/check the connection/);
});
