import { expect, test, vi } from "vitest";
import {
  defaultSettings,
  exponents,
  firstCheckpoint,
  presets,
  type Study,
  type StudySettings,
} from "../../../src/core";
import type { Dataset } from "../../../src/data";
import type { EngineChoice, StudyStore } from "../../../src/storage";
import type { QuietProfiler } from "../../../src/workers/quietProfiler";
import { connectWorker, serve } from "../../../src/workers/rpc";
import { createSession, type SessionOptions } from "../../../src/workers/session";
import type { TrainerEvents, TrainerRequests } from "../../../src/workers/trainerProtocol";
import { accuracyReport, deferred, latencyReport } from "../core/fakes";
import { fakeWorker, messages } from "./fakeWorker";

const choice: EngineChoice = { engine: "tfjs", backend: "wasm", reason: "Measured." };
const settings: StudySettings = { ...defaultSettings, controller: "random", budget: { trials: 5 } };
const study: Study = {
  id: "a",
  name: "A study",
  createdAt: "2026-11-22T00:00:00.000Z",
  settings,
  data: { name: "x", hash: "0", classes: 10, channels: 3, trainImages: 10, validationImages: 10 },
  trials: [],
  status: "open",
  elapsedSeconds: 0,
};

interface Surroundings {
  /** What the search trains waits for this. */
  training?: Promise<void>;
  choose?(): Promise<EngineChoice>;
}

/** A session among fakes, with everything it told. */
function setUp({ training, choose = async () => choice }: Surroundings = {}) {
  vi.stubGlobal("navigator", { hardwareConcurrency: 2, userAgent: "test" });
  const told: string[] = [];
  const trials: number[] = [];
  let workers = 0;
  const { device } = latencyReport(presets["mnasnet-small"]);
  const profiler: QuietProfiler = {
    device: async () => device,
    forStudy: () => ({
      async profile(architecture) {
        return { report: latencyReport(architecture), retries: [] };
      },
      end: () => {},
    }),
    dispose: () => {},
  };
  const emit: SessionOptions["emit"] = (type, event) => {
    if (type === "phase") told.push((event as { phase: string }).phase);
    else if (type === "trial") trials.push((event as { trial: { number: number } }).trial.number);
    else if (type === "warning") told.push("warning");
  };
  const session = createSession({
    study,
    checkpoint: firstCheckpoint(settings),
    dataset: { name: "x" } as Dataset,
    store: { create: async () => {}, record: async () => {}, update: async () => {} } as unknown as StudyStore,
    stored: false,
    profiler,
    engines: { choose, distrust: () => {} },
    connectTrainer() {
      workers++;
      const fake = fakeWorker((scope) =>
        serve<TrainerRequests, TrainerEvents>(scope, {
          calibrate: () => Promise.reject(new Error("not asked for here")),
          load: async () => undefined,
          async train({ architecture }) {
            await training;
            return { report: accuracyReport(architecture) };
          },
          pause: async () => undefined,
          proceed: () => undefined,
        }),
      );
      return connectWorker(fake.worker);
    },
    emit,
  });
  return { session, told, trials, workers: () => workers };
}

test("a run goes through its phases to the end of the budget", async () => {
  const { session, told, trials } = setUp();
  session.run();
  await vi.waitFor(() => expect(told).toContain("finished"));
  expect(told).toEqual(["preparing", "running", "finished"]);
  expect(trials).toEqual([0, 1, 2, 3, 4]);
  expect(session.study).toMatchObject({ status: "finished" });
});

test.each(["stop", "cancel"] as const)("%s while paused ends the study", async (verb) => {
  const gate = deferred<void>();
  const { session, told } = setUp({ training: gate.promise });
  session.run();
  await vi.waitFor(() => expect(told).toContain("running"));
  session.end("pause");
  gate.resolve();
  await vi.waitFor(() => expect(told).toContain("paused"));
  session.end(verb);
  await vi.waitFor(() => expect(told.at(-1)).toBe("finished"));
  expect(session.study.status).toBe("finished");
});

test("a pause that comes after the end changes nothing", async () => {
  const { session, told } = setUp();
  session.run();
  await vi.waitFor(() => expect(told).toContain("finished"));
  session.end("pause");
  await messages();
  expect(told.at(-1)).toBe("finished");
});

test("a second run beside the first is none", async () => {
  const { session, told } = setUp();
  session.run();
  session.run();
  await vi.waitFor(() => expect(told).toContain("finished"));
  expect(told.filter((phase) => phase === "preparing")).toHaveLength(1);
});

test.each([
  ["cancel", "finished"],
  ["stop", "finished"],
  ["pause", "paused"],
] as const)("%s while preparing is at once, and nothing starts afterwards", async (verb, phase) => {
  const calibrated = deferred<EngineChoice>();
  const { session, told, workers } = setUp({ choose: () => calibrated.promise });
  session.run();
  await messages();
  session.end(verb);
  await vi.waitFor(() => expect(told.at(-1)).toBe(phase));
  calibrated.resolve(choice);
  await messages();
  expect(workers()).toBe(0);
  expect(told.at(-1)).toBe(phase);
});

test("a study can go on after each end", async () => {
  const gate = deferred<void>();
  const { session, told, trials } = setUp({ training: gate.promise });
  session.run();
  await vi.waitFor(() => expect(told).toContain("running"));
  session.end("cancel");
  await vi.waitFor(() => expect(told).toContain("finished"));
  gate.resolve();
  session.run();
  await vi.waitFor(() => expect(told.filter((phase) => phase === "finished")).toHaveLength(2));
  expect(trials).toEqual([0, 1, 2, 3, 4]);
});

test("an objective that is moved while preparing rewards the first trial", async () => {
  const objective = { targetMs: 7, ...exponents.soft };
  const calibrated = deferred<EngineChoice>();
  const { session, told } = setUp({ choose: () => calibrated.promise });
  session.run();
  session.setObjective(objective);
  calibrated.resolve(choice);
  await vi.waitFor(() => expect(told).toContain("finished"));
  expect(session.study.trials[0]?.objective).toEqual(objective);
});

test("a session that is disposed of falls silent, also in the middle of its preparation", async () => {
  const calibrated = deferred<EngineChoice>();
  const { session, told, trials, workers } = setUp({ choose: () => calibrated.promise });
  session.run();
  await messages();
  const before = [...told];
  session.dispose();
  calibrated.resolve(choice);
  await messages();
  expect(told).toEqual(before);
  expect(trials).toEqual([]);
  expect(workers()).toBe(0);
});

test("an engine that cannot be had fails the run with the reason, and another run may go on", async () => {
  let broken = true;
  const { session, told } = setUp({
    choose: () => (broken ? Promise.reject(new Error("no engine")) : Promise.resolve(choice)),
  });
  session.run();
  await vi.waitFor(() => expect(told).toContain("failed"));
  broken = false;
  session.run();
  await vi.waitFor(() => expect(told).toContain("finished"));
});
