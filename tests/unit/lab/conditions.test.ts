import { expect, test } from "vitest";
import { restoreConditions } from "../../../src/ui/lab/timing/conditions";

const sizes = [224, 96];

test("what was set comes back", () => {
  const set = { platform: "tfjs-wasm", inputSize: 96, choices: { "mnasnet-a1": false, "mnasnet-b1": true } };
  expect(restoreConditions(JSON.stringify(set), sizes)).toEqual(set);
});

test.each([
  ["nothing", null],
  ["no JSON", "{"],
  ["another value", '"tfjs-wasm"'],
  ["foreign values", '{"platform":"abacus","inputSize":1000,"choices":{"a":1,"b":null}}'],
])("%s leaves the experiment as it would be", (_, text) => {
  expect(restoreConditions(text, sizes)).toEqual({ choices: {} });
});
