import { describe, expect, test, vi } from "vitest";
import {
  defaultSettings,
  exponents,
  firstCheckpoint,
  presets,
  type Study,
  type StudySettings,
} from "../../../src/core";
import type { Dataset } from "../../../src/data";
import type { StudyStore } from "../../../src/storage";
import { engineUnavailable } from "../../../src/workers/engines";
import type { StudyEvents } from "../../../src/workers/protocol";
import type { QuietProfiler } from "../../../src/workers/quietProfiler";
import { connectWorker, serve } from "../../../src/workers/rpc";
import { createSession, type SessionOptions } from "../../../src/workers/session";
import type { TrainerEvents, TrainerRequests } from "../../../src/workers/trainerProtocol";
import { accuracyReport, deferred, latencyReport } from "../core/fakes";
import { fakeWorker, messages } from "./fakeWorker";

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
  /** The device is found after this. */
  device?: Promise<void>;
  /** A trainer starts its engine. */
  load?(): Promise<undefined>;
  /** The study is one from disk. */
  stored?: Study;
}

/** A session among fakes, with everything it told. */
function setUp({ training, device: found, load = async () => undefined, stored }: Surroundings = {}) {
  vi.stubGlobal("navigator", { hardwareConcurrency: 2, userAgent: "test" });
  const told: string[] = [];
  const reasons: string[] = [];
  /** The status of each study that was written, as it was written last. */
  const disk: Record<string, string> = stored ? { [stored.id]: stored.status } : {};
  const trials: number[] = [];
  let workers = 0;
  const { device } = latencyReport(presets["mnasnet-small"]);
  const profiler: QuietProfiler = {
    async device() {
      await found;
      return device;
    },
    forStudy: () => ({
      async profile(architecture) {
        return { report: latencyReport(architecture), retries: [] };
      },
      end: () => {},
    }),
    dispose: () => {},
  };
  const emit: SessionOptions["emit"] = (type, event) => {
    if (type === "phase") {
      const { phase, reason } = event as StudyEvents["phase"];
      told.push(phase);
      if (reason) reasons.push(reason);
    } else if (type === "trial") trials.push((event as { trial: { number: number } }).trial.number);
    else if (type === "warning") told.push("warning");
  };
  const store = {
    async create({ id, status }: Study) {
      disk[id] = status;
    },
    record: async () => {},
    async update(id: string, { status }: Partial<Study>) {
      if (!disk[id]) throw new Error("It is not there.");
      disk[id] = status ?? disk[id];
    },
  };
  const session = createSession({
    study: stored ?? study,
    checkpoint: firstCheckpoint(settings),
    dataset: { name: "x" } as Dataset,
    store: store as unknown as StudyStore,
    stored: stored !== undefined,
    profiler,
    connectTrainer() {
      workers++;
      const fake = fakeWorker((scope) =>
        serve<TrainerRequests, TrainerEvents>(scope, {
          load,
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
  return { session, told, reasons, trials, disk, workers: () => workers };
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

const verbs = [
  ["cancel", "finished"],
  ["stop", "finished"],
  ["pause", "paused"],
] as const;

test.each(verbs)("%s while preparing is at once, and nothing starts afterwards", async (verb, phase) => {
  const found = deferred<void>();
  const { session, told, workers, disk } = setUp({ device: found.promise });
  session.run();
  await messages();
  session.end(verb);
  await vi.waitFor(() => expect(told.at(-1)).toBe(phase));
  found.resolve();
  await messages();
  expect(workers()).toBe(0);
  expect(disk).toEqual({});
  expect(told.at(-1)).toBe(phase);
});

test.each(verbs)("%s while an engine starts is at once, and no network is trained", async (verb, phase) => {
  const { session, told, trials, disk } = setUp({ load: () => new Promise(() => {}) });
  session.run();
  await messages();
  session.end(verb);
  await vi.waitFor(() => expect(told.at(-1)).toBe(phase));
  expect(told).not.toContain("running");
  expect(trials).toEqual([]);
  expect(disk).toEqual({});
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
  const found = deferred<void>();
  const { session, told } = setUp({ device: found.promise });
  session.run();
  session.setObjective(objective);
  found.resolve();
  await vi.waitFor(() => expect(told).toContain("finished"));
  expect(session.study.trials[0]?.objective).toEqual(objective);
});

test("a session that is disposed of falls silent, also in the middle of its preparation", async () => {
  const found = deferred<void>();
  const { session, told, trials, workers } = setUp({ device: found.promise });
  session.run();
  await messages();
  const before = [...told];
  session.dispose();
  found.resolve();
  await messages();
  expect(told).toEqual(before);
  expect(trials).toEqual([]);
  expect(workers()).toBe(0);
});

describe("an engine that cannot be had", () => {
  const refuse = () => Promise.reject(engineUnavailable("simd", new Error("No SIMD in this browser.")));

  test("fails the run with what to do, and leaves no study behind", async () => {
    const { session, told, reasons, trials, disk, workers } = setUp({ load: refuse });
    session.run();
    await vi.waitFor(() => expect(told).toEqual(["preparing", "failed"]));
    expect(reasons).toEqual([
      expect.stringMatching(/^Mnasium SIMD.* No SIMD in this browser\. .*settings.*TensorFlow\.js, WebGL/),
    ]);
    expect(trials).toEqual([]);
    expect(disk).toEqual({});
    expect(workers()).toBe(1); // a fresh worker would not have it either
  });

  test("leaves a study from disk as it was, and another run may go on", async () => {
    let broken = true;
    const { session, told, disk } = setUp({ load: async () => (broken ? refuse() : undefined), stored: study });
    session.run();
    await vi.waitFor(() => expect(told).toContain("failed"));
    expect(disk).toEqual({ a: "open" });
    expect(session.study).toEqual(study);
    broken = false;
    session.run();
    await vi.waitFor(() => expect(told).toContain("finished"));
  });
});
