import { expect, test } from "vitest";
import { notYetUsed, utilisationAt, withActivity, withoutTrainers } from "../../../src/ui/state/utilisation";
import type { Activity } from "../../../src/workers/protocol";

const told = (worker: string, task: Activity["task"]): Activity => ({ worker, task });

test("the share of the trainers' time with a candidate; time between runs does not count", () => {
  let state = withActivity(notYetUsed, told("trainer 1", "training"), 1000);
  state = withActivity(state, told("trainer 2", "idle"), 1000);
  state = withActivity(state, told("profiler", "timing"), 1500);
  state = withActivity(state, told("trainer 2", "training"), 2000);
  // At 3000 ms: trainer 1 worked for 2 of 2 s, trainer 2 for 1 of 2 s.
  expect(utilisationAt(state, 3000)).toBeCloseTo(3 / 4, 12);
  state = withoutTrainers(state, 3000);
  expect(utilisationAt(state, 60_000)).toBeCloseTo(3 / 4, 12);
  state = withActivity(state, told("trainer 1", "idle"), 61_000);
  expect(utilisationAt(state, 62_000)).toBeCloseTo(3 / 5, 12);
});

test("nothing is said before the first trainer", () => {
  expect(utilisationAt(withActivity(notYetUsed, told("profiler", "timing"), 5), 10)).toBeUndefined();
});
