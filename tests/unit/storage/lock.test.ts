import { afterEach, expect, test, vi } from "vitest";
import { lockStudy } from "../../../src/storage";

afterEach(() => vi.unstubAllGlobals());

test("without Web Locks, as in a page over plain HTTP, a study can be run all the same", async () => {
  vi.stubGlobal("navigator", {});
  const lock = await lockStudy("study-1");
  expect(lock).toBeDefined();
  lock?.release();
});
