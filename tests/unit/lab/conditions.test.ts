import { expect, test } from "vitest";
import { restoreConditions } from "../../../src/ui/lab/timing/conditions";

const sizes = [224, 96];

test("what was set comes back", () => {
  const set = { platform: "tfjs-wasm", inputSize: 96, choices: { "mnasnet-a1": false, "mnasnet-b1": true } };
  expect(restoreConditions(set, sizes)).toEqual(set);
});

test.each([
  ["nothing", {}],
  ["foreign values", { platform: "abacus", inputSize: 1000, choices: { a: 1, b: null } }],
])("%s leaves the experiment as it would be", (_, kept) => {
  expect(restoreConditions(kept, sizes)).toEqual({ choices: {} });
});
