import { expect, test, vi } from "vitest";
import { presets } from "../../../src/core";
import { imageNet } from "../../../src/ui/lab/networks";
import { workOf } from "../../../src/ui/lab/timing/estimate";
import { createSubject, measurementKey, type Subject } from "../../../src/ui/lab/timing/subject";
import { createTimingRun } from "../../../src/ui/lab/timing/timingRun";
import type { StudyRequests } from "../../../src/workers/protocol";
import { RemoteError } from "../../../src/workers/rpc";
import { timingOf } from "./timings";

const subjects = (["mnasnet-a1", "mnasnet-b1", "mobilenet-v2"] as const).map((key) =>
  createSubject({
    key,
    network: key,
    architecture: presets[key],
    scale: { inputSize: 32, widthMultiplier: 1, ...imageNet },
  }),
);
const [first, second] = subjects as [Subject, Subject, Subject];

/** A run whose timings end when they are told to, 2 s each. */
function setUp() {
  const asked: string[] = [];
  const state = {
    clock: 0,
    finish: (_?: string) => {},
    fail: (_code: string, _message: string) => {},
  };
  const run = createTimingRun({
    time: (subject) =>
      new Promise<StudyRequests["timeNetwork"]["result"]>((resolve, reject) => {
        asked.push(subject.network);
        state.finish = (notKept) => {
          state.clock += 2000;
          resolve({ timing: timingOf(subject, asked.length), notKept });
        };
        state.fail = (code, message) => reject(new RemoteError(code, message));
      }),
    stop: () => state.fail("stopped", "The timing was stopped."),
    now: () => state.clock,
  });
  const phase = (wanted: string) => vi.waitFor(() => expect(run.store.getState().phase).toBe(wanted));
  const asks = (number: number) => vi.waitFor(() => expect(asked).toHaveLength(number));
  return { run, asked, state, phase, asks, get: run.store.getState };
}

test("times one after the other, tells how far it is and how long each took, and ends", async () => {
  const { run, asked, state, phase, asks, get } = setUp();
  run.begin(subjects, "tfjs-webgl");
  await asks(1);
  expect(get()).toMatchObject({ phase: "running", current: first, done: 0, of: 3 });
  state.finish();
  await asks(2);
  expect(get()).toMatchObject({ current: second, done: 1, spent: { seconds: 2, work: workOf([first]) } });
  state.finish();
  await asks(3);
  state.finish();
  await phase("idle");
  expect(asked).toEqual(subjects.map(({ network }) => network));
  expect(get().timed.map(({ network }) => network)).toEqual(asked);
  expect(get()).toMatchObject({ current: undefined, problem: undefined, failures: {} });
});

test("a pause lets the present one end and begins none; resuming goes on with the rest", async () => {
  const { run, asked, state, phase, asks, get } = setUp();
  run.begin(subjects, "tfjs-webgl");
  await asks(1);
  run.pause();
  expect(get().phase).toBe("pausing");
  state.finish();
  await phase("paused");
  expect(asked).toHaveLength(1);
  expect(get()).toMatchObject({ done: 1, of: 3, current: undefined });
  run.resume();
  await asks(2);
  state.finish();
  await asks(3);
  state.finish();
  await phase("idle");
  expect(get().timed).toHaveLength(3);
});

test("a pause during the last one is an end; a pause that is taken back is none", async () => {
  const { run, state, phase, asks } = setUp();
  run.begin([first, second], "tfjs-webgl");
  await asks(1);
  run.pause();
  run.resume();
  state.finish();
  await asks(2);
  run.pause();
  state.finish();
  await phase("idle");
});

test("stopping gives up the present one and all that wait; what is timed stays, and another run can begin", async () => {
  const { run, asked, state, phase, asks, get } = setUp();
  run.begin(subjects, "tfjs-webgl");
  await asks(1);
  state.finish();
  await asks(2);
  run.stop();
  await phase("idle");
  expect(get().timed).toHaveLength(1);
  expect(get()).toMatchObject({ waiting: [], problem: undefined, failures: {} });
  run.begin([second], "tfjs-webgl");
  await asks(3);
  expect(asked.at(-1)).toBe(second.network);
  run.stop();
  await phase("idle");
});

test("a stop that comes after the present one has ended begins none", async () => {
  const { run, asked, state, phase, asks } = setUp();
  run.begin(subjects, "tfjs-webgl");
  await asks(1);
  state.finish();
  run.stop();
  await phase("idle");
  expect(asked).toHaveLength(1);
});

test("a paused run can be stopped", async () => {
  const { run, state, phase, asks, get } = setUp();
  run.begin(subjects, "tfjs-webgl");
  await asks(1);
  run.pause();
  state.finish();
  await phase("paused");
  run.stop();
  expect(get()).toMatchObject({ phase: "idle", waiting: [] });
});

test("a network that fails is told with its reason, the others are timed; its next success takes the reason back", async () => {
  const { run, state, phase, asks, get } = setUp();
  run.begin([first, second], "tfjs-webgl");
  await asks(1);
  state.fail("out-of-memory", "The GPU ran out of memory.");
  await asks(2);
  state.finish();
  await phase("idle");
  expect(get().failures).toEqual({ [measurementKey(first)]: "The GPU ran out of memory." });
  run.begin([first], "tfjs-webgl");
  await asks(3);
  state.finish();
  await phase("idle");
  expect(get().failures).toEqual({});
});

test("what concerns every network ends the run and is told once", async () => {
  const { run, asked, state, phase, asks, get } = setUp();
  run.begin(subjects, "tfjs-webgl");
  await asks(1);
  state.fail("platform-unavailable", "This browser has no WebGL.");
  await phase("idle");
  expect(asked).toHaveLength(1);
  expect(get()).toMatchObject({ problem: "This browser has no WebGL.", failures: {} });
  run.begin([first], "tfjs-webgl");
  expect(get().problem).toBeUndefined();
});

test("says where timings are not on disk", async () => {
  const { run, state, phase, asks, get } = setUp();
  run.begin([first], "tfjs-webgl");
  await asks(1);
  state.finish("The disk is full.");
  await phase("idle");
  expect(get().notKept).toBe("The disk is full.");
});
