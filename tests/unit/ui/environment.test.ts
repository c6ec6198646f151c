import { expect, test } from "vitest";
import { missingHere } from "../../../src/ui/environment";

test("says what is missing where the page is not isolated or not secure, and nothing where it is both", () => {
  expect(missingHere(true, true)).toEqual([]);
  expect(missingHere(false, true).join(" ")).toMatch(/clock is coarser/);
  expect(missingHere(true, false).join(" ")).toMatch(/kept awake/);
  expect(missingHere(false, false)).toHaveLength(2);
});
