import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { defaultSettings, exponents, presets, type StudySettings } from "../../../src/core";
import type { Dataset } from "../../../src/data";
import { openStudyStore, type StudyStore } from "../../../src/storage";
import type { Phase, StudyEvents } from "../../../src/workers/protocol";
import type { QuietProfiler } from "../../../src/workers/quietProfiler";
import { connectWorker, serve } from "../../../src/workers/rpc";
import { createSessions } from "../../../src/workers/sessions";
import type { TrainerEvents, TrainerRequests } from "../../../src/workers/trainerProtocol";
import { accuracyReport, latencyReport } from "../core/fakes";
import { fakeWorker, messages } from "./fakeWorker";

const settings: StudySettings = { ...defaultSettings, controller: "random", budget: { trials: 5 } };
const sides = [
  { label: "Hard", objective: { targetMs: 20, ...exponents.hard } },
  { label: "Soft", objective: { targetMs: 20, ...exponents.soft } },
];
const data = { kind: "builtin" } as const;
const wanted = { name: "Both", settings, data };
const dataset = {
  name: "Images",
  hash: "0".repeat(64),
  classes: 10,
  channels: 3,
  train: { count: 40 },
  validation: { count: 50 },
} as unknown as Dataset;

/** Names of the locks that are held. */
let held: Set<string>;
let store: StudyStore;

beforeEach(async () => {
  held = new Set();
  const locks = {
    async request(name: string, _: LockOptions, callback: (lock: object | null) => unknown) {
      if (held.has(name)) return callback(null);
      held.add(name);
      await callback({});
      held.delete(name);
    },
  };
  vi.stubGlobal("navigator", { hardwareConcurrency: 2, userAgent: "test", locks });
  vi.stubGlobal("indexedDB", new IDBFactory());
  store = await openStudyStore();
});

afterEach(() => {
  store.close();
  vi.unstubAllGlobals();
});

/** A tab: what it told, and how many networks it has trained and timed. */
function openTab() {
  const phases: Phase[] = [];
  const warnings: StudyEvents["warning"]["warning"][] = [];
  const trials: StudyEvents["trial"][] = [];
  const work = { trained: 0, timed: 0 };
  /** Called whenever a trial is told. */
  const listeners: (() => void)[] = [];
  const profiler: QuietProfiler = {
    device: async () => latencyReport(presets["mnasnet-small"]).device,
    forStudy: () => ({
      async profile(architecture) {
        work.timed++;
        return { report: latencyReport(architecture), retries: [] };
      },
      end: () => {},
    }),
    dispose: () => {},
  };
  const sessions = createSessions({
    store: Promise.resolve(store),
    dataSource: { load: async () => ({ dataset, remarks: [] }) },
    profilerFor: () => profiler,
    connectTrainer() {
      const fake = fakeWorker((scope) =>
        serve<TrainerRequests, TrainerEvents>(scope, {
          load: async () => undefined,
          train({ architecture }) {
            work.trained++;
            return { report: accuracyReport(architecture) };
          },
          pause: () => undefined,
          proceed: () => undefined,
        }),
      );
      return connectWorker(fake.worker);
    },
    emit(type, event) {
      if (type === "phase") phases.push((event as StudyEvents["phase"]).phase);
      if (type === "warning") warnings.push((event as StudyEvents["warning"]).warning);
      if (type !== "trial") return;
      trials.push(event as StudyEvents["trial"]);
      for (const listener of listeners) listener();
    },
  });
  return { sessions, phases, warnings, trials, work, listeners };
}

type Tab = ReturnType<typeof openTab>;

const comesTo = (tab: Tab, phase: Phase) => vi.waitFor(() => expect(tab.phases.at(-1)).toBe(phase));

/** A comparison that was paused after its first trials; its tab is closed. */
async function pausedComparison(): Promise<[string, string]> {
  const tab = openTab();
  tab.listeners.push(() => tab.trials.length === 3 && tab.sessions.end("pause"));
  const [hard, soft] = await tab.sessions.compare(wanted, sides);
  if (!hard || !soft) throw new Error("Two sides were asked for.");
  await comesTo(tab, "paused");
  tab.sessions.close();
  return [hard.id, soft.id];
}

const numbers = async (id: string) => (await store.read(id)).study.trials.map(({ number }) => number);

describe("a comparison", () => {
  test("is as many studies, each whole on disk, over the same networks", async () => {
    const tab = openTab();
    const studies = await tab.sessions.compare(wanted, sides);
    await comesTo(tab, "finished");
    expect(tab.phases).toEqual(["preparing", "preparing", "running", "finished"]);
    expect(studies.map(({ name, comparison }) => [name, comparison?.label, comparison?.side])).toEqual([
      ["Both: Hard", "Hard", 0],
      ["Both: Soft", "Soft", 1],
    ]);
    expect(new Set(studies.map(({ comparison }) => comparison?.id)).size).toBe(1);
    for (const [side, { id, comparison }] of studies.entries()) {
      const { study, warnings } = await store.read(id);
      expect(warnings).toEqual([]);
      expect(study).toMatchObject({ status: "finished", comparison });
      expect(study.trials.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
      expect(study.trials.map(({ objective }) => objective)).toEqual(Array(5).fill(sides[side]?.objective));
      const told = tab.trials.filter(({ studyId }) => studyId === id).map(({ trial }) => trial);
      expect(told.map(({ key }) => key)).toEqual(study.trials.map(({ key }) => key));
    }
    // The seed is the same and random search learns nothing: both sides ask for the same networks.
    expect(tab.work.trained).toBeLessThanOrEqual(5);
    expect(tab.work.timed).toBe(5);
    expect((await store.list()).studies.map(({ comparison }) => comparison?.sides)).toEqual([2, 2]);
  });

  test("has two or three sides", async () => {
    const { sessions } = openTab();
    for (const count of [0, 1, 4]) {
      const wrong = Array.from({ length: count }, () => ({ label: "A", objective: settings.objective }));
      await expect(sessions.compare(wanted, wrong)).rejects.toMatchObject({ code: "bad-comparison" });
    }
    expect((await store.list()).studies).toEqual([]);
  });

  test("keeps its objectives", async () => {
    const tab = openTab();
    await tab.sessions.compare(wanted, sides);
    expect(() => tab.sessions.setObjective(settings.objective)).toThrowError(/keep the objectives/);
    await comesTo(tab, "finished");
  });

  test.each(["stop", "cancel"] as const)("%s ends all sides, also in a pause", async (verb) => {
    const tab = openTab();
    tab.listeners.push(() => tab.trials.length === 2 && tab.sessions.end("pause"));
    const studies = await tab.sessions.compare(wanted, sides);
    await comesTo(tab, "paused");
    expect((await store.list()).studies.map(({ status }) => status)).toEqual(["open", "open"]);
    tab.sessions.end(verb);
    await comesTo(tab, "finished");
    expect((await store.list()).studies.map(({ status }) => status)).toEqual(["finished", "finished"]);
    tab.sessions.close();
    expect(studies).toHaveLength(2);
    await vi.waitFor(() => expect(held.size).toBe(0));
  });

  test("of which one side breaks fails as a whole, and both sides stay open", async () => {
    const [hard] = await pausedComparison();
    const tab = openTab();
    // The first trial that is told breaks its side; the other could go on.
    tab.listeners.push(() => {
      if (tab.trials.length === 1) throw new Error("One side cannot go on.");
    });
    await tab.sessions.resume(hard, data);
    await comesTo(tab, "failed");
    const told = tab.trials.length;
    await messages();
    expect(tab.trials).toHaveLength(told);
    expect(tab.phases.at(-1)).toBe("failed");
    expect((await store.list()).studies.map(({ status }) => status)).toEqual(["open", "open"]);
  });
});

describe("a comparison from disk", () => {
  test.each([0, 1])("goes on as a whole, whichever side is resumed (%d)", async (side) => {
    const ids = await pausedComparison();
    const tab = openTab();
    const resumed = await tab.sessions.resume(ids[side] ?? "", data);
    expect(resumed.map(({ id }) => id)).toEqual(ids);
    expect(held.size).toBe(2);
    await comesTo(tab, "finished");
    expect(await Promise.all(ids.map(numbers))).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ]);
    expect(tab.warnings).toEqual([]);
    // Each of the five networks was timed once in both tabs together; some by the first.
    expect(tab.work.timed).toBeLessThan(5);
  });

  test("goes on without a side that is not there any more, and says so", async () => {
    const [hard, soft] = await pausedComparison();
    await store.remove(soft);
    const tab = openTab();
    expect((await tab.sessions.resume(hard, data)).map(({ id }) => id)).toEqual([hard]);
    await comesTo(tab, "finished");
    expect(await numbers(hard)).toEqual([0, 1, 2, 3, 4]);
    expect(tab.warnings).toMatchObject([{ code: "side-missing", message: expect.stringMatching(/^1 of the 2 sides/) }]);
  });

  test("does not where another tab has one of its sides, and leaves the others free", async () => {
    const [hard, soft] = await pausedComparison();
    await vi.waitFor(() => expect(held.size).toBe(0));
    held.add(`mnasium-study-${soft}`);
    const tab = openTab();
    await expect(tab.sessions.resume(hard, data)).rejects.toMatchObject({ code: "other-tab" });
    await vi.waitFor(() => expect([...held]).toEqual([`mnasium-study-${soft}`]));
  });

  test("trials of each side can be measured again", async () => {
    const ids = await pausedComparison();
    const tab = openTab();
    await tab.sessions.resume(ids[0], data);
    await comesTo(tab, "finished");
    for (const id of ids) await tab.sessions.measureAgain(id, 1);
    for (const id of ids) expect((await store.read(id)).study.trials[1]?.earlierLatencies).toHaveLength(1);
    await expect(tab.sessions.resume("another", data)).rejects.toThrow();
  });
});
