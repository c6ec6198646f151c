import { expect, test } from "vitest";
import { matches } from "../../../scripts/support/install.mjs";

const lock = {
  packages: {
    "": {},
    "node_modules/a": { integrity: "sha512-a" },
    "node_modules/for-another-machine": { integrity: "sha512-b", optional: true },
  },
};

test("packages for other machines may be absent", () => {
  expect(matches(lock, { packages: { "node_modules/a": { integrity: "sha512-a" } } })).toBe(true);
});

test("a package that is absent, or there in another version, does not match", () => {
  expect(matches(lock, { packages: {} })).toBe(false);
  expect(matches(lock, { packages: { "node_modules/a": { integrity: "sha512-older" } } })).toBe(false);
});
