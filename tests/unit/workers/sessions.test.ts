import { beforeEach, describe, expect, test, vi } from "vitest";
import { defaultSettings, firstCheckpoint, presets, rewardOf, type Study, spaces, type Trial } from "../../../src/core";
import type { StudyStore } from "../../../src/storage";
import type { StudyEvents } from "../../../src/workers/protocol";
import type { QuietProfiler } from "../../../src/workers/quietProfiler";
import { createSessions, type SessionsOptions } from "../../../src/workers/sessions";
import { accuracyReport, deferred, latencyReport } from "../core/fakes";

const settings = { ...defaultSettings, controller: "random" as const };
const architecture = presets["mnasnet-small"];
const measured = { accuracy: accuracyReport(architecture), latency: latencyReport(architecture) };
const decisions = spaces[settings.space].decisions.map(() => 0);
const trial = (number: number, change: Partial<Trial> = {}): Trial => ({
  number,
  decisions,
  key: "",
  ...measured,
  objective: settings.objective,
  reward: rewardOf(measured, settings.objective),
  ...change,
});
const kept: Study = {
  id: "kept",
  name: "A study",
  createdAt: "2026-11-22T00:00:00.000Z",
  settings,
  data: { name: "x", hash: "0", classes: 10, channels: 3, trainImages: 10, validationImages: 10 },
  trials: [trial(0), trial(1, { repeats: 0 })],
  status: "finished",
  elapsedSeconds: 8,
};

let rewritten: Trial[];
let amended: StudyEvents["amended"][];
let asked: number[];
/** What each measurement waits for. */
let quiet: Promise<void>;

beforeEach(() => {
  vi.stubGlobal("navigator", { hardwareConcurrency: 2, userAgent: "test" });
  rewritten = [];
  amended = [];
  asked = [];
  quiet = Promise.resolve();
});

function setUp() {
  const profiler: QuietProfiler = {
    device: async () => measured.latency.device,
    forStudy: () => ({
      async profile(_, number) {
        asked.push(number);
        await quiet;
        return { report: { ...measured.latency, medianMs: 7 + asked.length }, retries: [] };
      },
      end: () => {},
    }),
    dispose: () => {},
  };
  const store = {
    read: async () => ({ study: kept, checkpoint: firstCheckpoint(settings), warnings: [] }),
    amend: async (_: string, trials: readonly Trial[]) => void rewritten.push(...trials),
  } as unknown as StudyStore;
  const options: Partial<SessionsOptions> = {
    store: Promise.resolve(store),
    profilerFor: () => profiler,
    emit(type, event) {
      if (type === "amended") amended.push(event as StudyEvents["amended"]);
    },
    dataSource: { load: () => new Promise(() => {}) } as unknown as SessionsOptions["dataSource"],
  };
  return createSessions(options as SessionsOptions);
}

describe("a trial of a study on disk is measured again", () => {
  test("and written with its repeats, before it is told", async () => {
    await setUp().measureAgain("kept", 0);
    expect(rewritten).toMatchObject([
      { number: 0, latency: { medianMs: 8 }, earlierLatencies: [measured.latency] },
      { number: 1, repeats: 0, latency: { medianMs: 8 }, earlierLatencies: [measured.latency] },
    ]);
    expect(amended).toEqual([{ studyId: "kept", trials: rewritten }]);
  });

  test("by one that repeats it: it is the same network", async () => {
    await setUp().measureAgain("kept", 1);
    expect(asked).toEqual([0]);
    expect(rewritten.map(({ number }) => number)).toEqual([0, 1]);
  });

  test("one at a time", async () => {
    const gate = deferred<void>();
    quiet = gate.promise;
    const sessions = setUp();
    const both = [sessions.measureAgain("kept", 0), sessions.measureAgain("kept", 0)];
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    gate.resolve();
    await Promise.all(both);
    expect(asked).toHaveLength(2);
  });

  test("not while another study is being opened", async () => {
    const sessions = setUp();
    sessions.begin({ name: "Another", settings, data: { kind: "builtin" } }).catch(() => {});
    await expect(sessions.measureAgain("kept", 0)).rejects.toMatchObject({ code: "other-study" });
    expect(asked).toEqual([]);
  });

  test("and not where its device has changed", async () => {
    const sessions = setUp();
    quiet = Promise.reject(Object.assign(new Error("Another GPU."), { code: "other-device" }));
    await expect(sessions.measureAgain("kept", 0)).rejects.toMatchObject({ code: "other-device" });
    expect([rewritten, amended]).toEqual([[], []]);
    // A refusal does not stand in the way of the next.
    quiet = Promise.resolve();
    await sessions.measureAgain("kept", 0);
    expect(rewritten).toHaveLength(2);
  });
});
