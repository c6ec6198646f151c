import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  defaultFinals,
  EvaluationError,
  type Finals,
  finalistSeeds,
  finalsAreDone,
  presets,
  type Study,
} from "../../../src/core";
import type { Dataset } from "../../../src/data";
import { createFinalsRuns } from "../../../src/workers/finals";
import type { FinalsNews, StudyEvents } from "../../../src/workers/protocol";
import type { QuietProfiler } from "../../../src/workers/quietProfiler";
import { RemoteError } from "../../../src/workers/rpc";
import { accuracyReport, deferred, latencyReport } from "../core/fakes";
import { sampleStudy, sampleTrial } from "../storage/samples";
import { messages } from "./fakeWorker";
import { type Surroundings, surround } from "./trainAgain";

/** Accuracy and latency rise together: all four are on the front. */
const trials = [0, 1, 2, 3].map((number) => sampleTrial(number));
const study: Study = { ...sampleStudy(trials), status: "finished" };
const settings = { ...defaultFinals(study.settings), finalists: 3, seeds: 2 };

beforeEach(() => {
  vi.stubGlobal("navigator", { hardwareConcurrency: 3, userAgent: "test" });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

interface Options extends Partial<Surroundings> {
  /** A network that cannot be timed. */
  untimeable?: number;
}

function setUp({ untimeable, ...surroundings }: Options = {}) {
  const { options, ...seen } = surround({ kept: study, ...surroundings }, ({ architecture, seed, recipe }) => ({
    report: { ...accuracyReport(architecture), seed, steps: recipe.steps },
  }));
  const news: FinalsNews[] = [];
  const warnings: string[] = [];
  /** Written to disk when the news came. */
  const onDisk: (Finals | undefined)[] = [];
  const { device } = latencyReport(presets["mnasnet-small"]);
  const profiler: QuietProfiler = {
    device: async () => device,
    forStudy: (trainers) => ({
      async profile(architecture, trial) {
        await trainers.pause();
        trainers.proceed();
        if (trial === untimeable) throw new EvaluationError({ stage: "timing", code: "error", message: "No." });
        return { report: latencyReport(architecture), retries: [] };
      },
      end: () => {},
    }),
    dispose: () => {},
  };
  const runs = createFinalsRuns({
    ...options,
    profilerFor: () => profiler,
    emit(type, event) {
      if (type === "finals") {
        news.push(event as FinalsNews);
        onDisk.push(seen.disk().finals);
      } else if (type === "warning") warnings.push((event as StudyEvents["warning"]).warning.code);
    },
  });
  return {
    ...seen,
    runs,
    news,
    onDisk,
    warnings,
    over: () => vi.waitFor(() => expect(news.at(-1)?.state).toBe("ended")),
  };
}

describe("a stage", () => {
  test("trains with the longer recipe and the stage's seeds, and everything told is on disk", async () => {
    const { runs, news, onDisk, asked, disk, over, workers, ended } = setUp();
    const begun = await runs.start({ studyId: study.id, settings });
    expect(begun.finalists).toHaveLength(3);
    await over();
    expect(news.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1])).toEqual([
      "preparing",
      "running",
      "ended",
    ]);
    expect(disk().finals && finalsAreDone(disk().finals as Finals)).toBe(true);
    for (const [index, { state, finals }] of news.entries()) {
      if (state === "running") expect(onDisk[index]).toEqual(finals);
    }
    const wanted = begun.finalists.flatMap(({ trial }) => finalistSeeds(study.settings.seed, trial, 2));
    expect(asked.map(({ seed }) => seed).sort()).toEqual(wanted.sort());
    expect(asked.every(({ recipe }) => recipe.steps === settings.recipe.steps)).toBe(true);
    expect(ended()).toBe(workers());
    expect(runs.running).toBe(false);
    expect(runs.withFinals(study).finals).toEqual(disk().finals);
  });

  test("stopped at once loses what is under way only, and goes on later", async () => {
    const gate = deferred<void>();
    const first = setUp({ training: gate.promise });
    await first.runs.start({ studyId: study.id, settings });
    await vi.waitFor(() => expect(first.disk().finals?.finalists.every(({ latency }) => latency)).toBe(true));
    first.runs.stop(true);
    expect(first.runs.running).toBe(false);
    gate.resolve();
    await messages();
    expect(first.disk().finals?.finalists.every(({ accuracies }) => accuracies.length === 0)).toBe(true);
    expect(first.ended()).toBe(first.workers());

    const second = setUp({ kept: first.disk() });
    await second.runs.start({ studyId: study.id });
    await second.over();
    const whole = setUp();
    await whole.runs.start({ studyId: study.id, settings });
    await whole.over();
    expect(second.disk().finals).toEqual(whole.disk().finals);
  });

  test("paused keeps what is under way", async () => {
    const gate = deferred<void>();
    const { runs, asked, disk, over, news } = setUp({ training: gate.promise });
    await runs.start({ studyId: study.id, settings });
    await vi.waitFor(() => expect(asked.length).toBe(2));
    runs.stop(false);
    expect(news.at(-1)?.state).toBe("pausing");
    gate.resolve();
    await over();
    expect(disk().finals?.finalists.flatMap(({ accuracies }) => accuracies)).toHaveLength(2);
  });

  test("a finalist that fails is told, the others go on", async () => {
    const { runs, disk, over } = setUp({ untimeable: 2 });
    await runs.start({ studyId: study.id, settings });
    await over();
    const finalists = disk().finals?.finalists ?? [];
    expect(finalists.filter(({ failure }) => failure).map(({ trial }) => trial)).toEqual([2]);
    for (const { failure, accuracies } of finalists) if (!failure) expect(accuracies).toHaveLength(2);
  });

  test("a disk that refuses is told once; the stage goes on and is kept in this tab", async () => {
    const { runs, warnings, over, disk } = setUp({ update: () => Promise.reject(new Error("The disk is full.")) });
    await runs.start({ studyId: study.id, settings });
    await over();
    expect(warnings).toHaveLength(1);
    expect(disk().finals).toBeUndefined();
    expect(finalsAreDone(runs.withFinals(study).finals as Finals)).toBe(true);
  });
});

describe("what is refused", () => {
  test("beside a running search", async () => {
    const { runs, news } = setUp({ session: { running: true } });
    await expect(runs.start({ studyId: study.id })).rejects.toMatchObject({ code: "search-running" });
    expect(news).toEqual([]);
  });

  test("a study without measured networks, or without its images", async () => {
    const empty = setUp({ kept: sampleStudy([]) });
    await expect(empty.runs.start({ studyId: study.id })).rejects.toMatchObject({ code: "no-finalists" });
    expect(empty.news.at(-1)).toMatchObject({ state: "ended" });
    expect(empty.news.at(-1)?.problem).toMatch(/none to train/);
    const blind = setUp({ images: () => Promise.reject(new RemoteError("missing-data", "Choose its files again.")) });
    await expect(blind.runs.start({ studyId: study.id })).rejects.toMatchObject({ code: "missing-data" });
    expect(blind.runs.running).toBe(false);
  });

  test("another study's beside it; stopping while it prepares starts no worker", async () => {
    const found = deferred<Dataset>();
    const { runs, workers } = setUp({ images: () => found.promise });
    const starting = runs.start({ studyId: study.id, settings });
    await messages();
    await expect(runs.start({ studyId: "another" })).rejects.toMatchObject({ code: "finals-running" });
    runs.stop(true);
    found.resolve({ name: "x" } as Dataset);
    await expect(starting).rejects.toMatchObject({ code: "stopped" });
    expect(workers()).toBe(0);
  });
});

test("by itself where the settings ask for it, and only there", async () => {
  const asking = { ...study, settings: { ...study.settings, finals: settings } };
  const { runs, disk, news } = setUp({ kept: asking });
  await runs.afterSearch([study]);
  expect(news).toEqual([]);
  await runs.afterSearch([asking]);
  expect(finalsAreDone(disk().finals as Finals)).toBe(true);
  expect(disk().finals?.settings).toEqual(settings);
});
