import { describe, expect, test, vi } from "vitest";
import {
  defaultSettings,
  exponents,
  firstCheckpoint,
  presets,
  type Study,
  type StudySettings,
  type Trial,
} from "../../../src/core";
import type { Dataset } from "../../../src/data";
import type { StudyStore } from "../../../src/storage";
import { engineUnavailable } from "../../../src/workers/engines";
import type { StudyEvents } from "../../../src/workers/protocol";
import type { QuietProfiler, StudyProfiler } from "../../../src/workers/quietProfiler";
import { connectWorker, RemoteError, serve } from "../../../src/workers/rpc";
import { createSession, type Session, type SessionOptions } from "../../../src/workers/session";
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
  /** Times a network, where not as the fakes do. */
  profile?: StudyProfiler["profile"];
}

/** A session among fakes, with everything it told. */
function setUp({ training, device: found, load = async () => undefined, stored, profile }: Surroundings = {}) {
  vi.stubGlobal("navigator", { hardwareConcurrency: 1, userAgent: "test" });
  const told: string[] = [];
  const reasons: string[] = [];
  /** The status of each study that was written, as it was written last. */
  const disk: Record<string, string> = stored ? { [stored.id]: stored.status } : {};
  const trials: number[] = [];
  /** Numbers of the trials that were written anew, and that the page was told of anew. */
  const rewritten: number[] = [];
  const amended: number[] = [];
  /** What the trainers were told in their worker. */
  const trainer: string[] = [];
  let workers = 0;
  const { device } = latencyReport(presets["mnasnet-small"]);
  const profiler: QuietProfiler = {
    async device() {
      await found;
      return device;
    },
    forStudy: (trainers) => ({
      async profile(architecture, trial) {
        await trainers.pause();
        try {
          if (profile) return await profile(architecture, trial);
          return { report: latencyReport(architecture), retries: [] };
        } finally {
          trainers.proceed();
        }
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
    else if (type === "amended") {
      amended.push(...(event as StudyEvents["amended"]).trials.map(({ number }) => number));
    }
  };
  const store = {
    async create({ id, status }: Study) {
      disk[id] = status;
    },
    record: async () => {},
    async amend(_: string, trials: readonly Trial[]) {
      rewritten.push(...trials.map(({ number }) => number));
    },
    async update(id: string, { status }: Partial<Study>) {
      if (!disk[id]) throw new Error("It is not there.");
      disk[id] = status ?? disk[id];
    },
  };
  const session = createSession({
    studies: [{ study: stored ?? study, checkpoint: firstCheckpoint(settings), stored: stored !== undefined }],
    dataset: { name: "x" } as Dataset,
    store: store as unknown as StudyStore,
    profilerFor: () => profiler,
    connectTrainer() {
      workers++;
      const fake = fakeWorker((scope) =>
        serve<TrainerRequests, TrainerEvents>(scope, {
          load,
          async train({ architecture }) {
            await training;
            return { report: accuracyReport(architecture) };
          },
          async pause() {
            trainer.push("pause");
            return undefined;
          },
          proceed() {
            trainer.push("proceed");
            return undefined;
          },
        }),
      );
      return connectWorker(fake.worker);
    },
    emit,
  });
  return { session, told, reasons, trials, disk, rewritten, amended, trainer, workers: () => workers };
}

/** The only study of a session. */
function studyOf({ studies }: Session): Study {
  const [only] = studies;
  if (!only) throw new Error("The session has no study.");
  return only;
}

test("a run goes through its phases to the end of the budget", async () => {
  const { session, told, trials } = setUp();
  session.run();
  await vi.waitFor(() => expect(told).toContain("finished"));
  expect(told).toEqual(["preparing", "running", "finished"]);
  expect(trials).toEqual([0, 1, 2, 3, 4]);
  expect(studyOf(session)).toMatchObject({ status: "finished" });
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
  expect(studyOf(session).status).toBe("finished");
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
  expect(studyOf(session).trials[0]?.objective).toEqual(objective);
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

describe("a trial is measured again", () => {
  /** Each network's second measurement takes a millisecond more, its third two, ... */
  function slower() {
    const times = new Map<number, number>();
    const profile: StudyProfiler["profile"] = async (architecture, trial) => {
      const before = times.get(trial) ?? 0;
      times.set(trial, before + 1);
      const report = latencyReport(architecture);
      return { report: { ...report, medianMs: report.medianMs + before }, retries: [] };
    };
    return profile;
  }
  const medians = (session: Session, number: number) => {
    const { latency, earlierLatencies = [] } = studyOf(session).trials[number] ?? {};
    return [...earlierLatencies, latency].map((report) => report?.medianMs);
  };

  test("when the study is finished: both stand, on disk and on the page, and the reward stays", async () => {
    const { session, told, rewritten, amended } = setUp({ profile: slower() });
    session.run();
    await vi.waitFor(() => expect(told).toContain("finished"));
    const before = studyOf(session).trials[2];
    await session.measureAgain("a", 2);
    await session.measureAgain("a", 2);
    const first = before?.latency?.medianMs ?? Number.NaN;
    expect(medians(session, 2)).toEqual([first, first + 1, first + 2]);
    expect(studyOf(session).trials[2]?.reward).toBe(before?.reward);
    expect(rewritten).toEqual([2, 2]);
    expect(amended).toEqual([2, 2]);
    expect(studyOf(session).trials.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
  });

  test("in a pause, with the trainers held, and the search goes on from it", async () => {
    const profile = slower();
    const { session, told, trials, trainer, rewritten } = setUp({
      profile(architecture, trial) {
        if (!told.includes("pausing")) session.end("pause");
        return profile(architecture, trial);
      },
    });
    session.run();
    await vi.waitFor(() => expect(told).toContain("paused"));
    trainer.length = 0;
    await session.measureAgain("a", 0);
    await vi.waitFor(() => expect(trainer).toEqual(["pause", "proceed"]));
    expect(rewritten).toEqual([0]);
    expect(medians(session, 0)).toHaveLength(2);
    session.run();
    await vi.waitFor(() => expect(told).toContain("finished"));
    expect(trials).toEqual([0, 1, 2, 3, 4]);
    expect(medians(session, 0)).toHaveLength(2);
  });

  test("while the search runs: what was told meanwhile is not lost", async () => {
    const gate = deferred<void>();
    const begun = deferred<void>();
    const profile = slower();
    const timed = new Set<number>();
    const { session, told, trials } = setUp({
      async profile(architecture, trial) {
        if (timed.has(trial)) begun.resolve();
        if (trial === 3) await begun.promise;
        if (trial === 4 || timed.has(trial)) await gate.promise;
        timed.add(trial);
        return profile(architecture, trial);
      },
    });
    session.run();
    await vi.waitFor(() => expect(trials).toContain(0));
    const measured = session.measureAgain("a", 0);
    await vi.waitFor(() => expect(trials).toContain(3));
    expect(session.running).toBe(true);
    gate.resolve();
    await measured;
    await vi.waitFor(() => expect(told).toContain("finished"));
    expect(studyOf(session).trials.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
    expect([0, 1].map((number) => medians(session, number).length)).toEqual([2, 1]);
  });

  test("but not where it has no latency, is not there, or the profiler refuses: it stays as it was", async () => {
    let refusing = false;
    const { session, told, rewritten, amended } = setUp({
      async profile(architecture) {
        if (refusing) throw new RemoteError("other-device", "This study is timed on another GPU.");
        return { report: latencyReport(architecture), retries: [] };
      },
    });
    session.run();
    await vi.waitFor(() => expect(told).toContain("finished"));
    const study = studyOf(session);
    refusing = true;
    await expect(session.measureAgain("a", 1)).rejects.toMatchObject({ code: "other-device" });
    await expect(session.measureAgain("a", 9)).rejects.toMatchObject({ code: "no-latency" });
    expect(studyOf(session)).toEqual(study);
    expect([rewritten, amended]).toEqual([[], []]);
  });
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
    expect(studyOf(session)).toEqual(study);
    broken = false;
    session.run();
    await vi.waitFor(() => expect(told).toContain("finished"));
  });
});
