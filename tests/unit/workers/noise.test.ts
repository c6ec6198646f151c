import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { estimateNoise, type MeasuredNoise, noiseTrainings, type Study } from "../../../src/core";
import { createBuiltinDataset, type Dataset } from "../../../src/data";
import { previewOf } from "../../../src/workers/dataSource";
import { createNoiseRuns } from "../../../src/workers/noise";
import type { NoiseNews, StudyEvents } from "../../../src/workers/protocol";
import { RemoteError } from "../../../src/workers/rpc";
import { accuracyReport, deferred } from "../core/fakes";
import { sampleStudy, sampleTrial } from "../storage/samples";
import { messages } from "./fakeWorker";
import { type Surroundings, surround } from "./trainAgain";

const study: Study = { ...sampleStudy([0, 1, 2, 3, 4].map((number) => sampleTrial(number))), status: "finished" };
const wanted = noiseTrainings(study);

beforeEach(() => {
  vi.stubGlobal("navigator", { hardwareConcurrency: 3, userAgent: "test" });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

interface Options extends Partial<Surroundings> {
  /** Seeds from which training diverges. */
  diverges?: readonly number[];
}

function setUp({ diverges = [], ...surroundings }: Options = {}) {
  const { options, ...seen } = surround({ kept: study, ...surroundings }, ({ architecture, seed }) =>
    diverges.includes(seed)
      ? { failure: { stage: "training", code: "diverged", message: "It diverged." } }
      : { report: { ...accuracyReport(architecture), seed } },
  );
  const news: NoiseNews[] = [];
  const warnings: string[] = [];
  const runs = createNoiseRuns({
    ...options,
    emit(type, event) {
      if (type === "noise") news.push(event as NoiseNews);
      else if (type === "warning") warnings.push((event as StudyEvents["warning"]).warning.code);
    },
  });
  return { ...seen, runs, news, warnings };
}

const seedsOf = ({ networks }: MeasuredNoise) => networks.map(({ accuracies }) => accuracies.map(({ seed }) => seed));

describe("a measurement", () => {
  test("trains three networks from two seeds each by the study's own recipe, and keeps what it finds", async () => {
    const { runs, news, asked, disk, workers, ended } = setUp();
    const noise = await runs.measure(study.id);
    expect(asked.map(({ seed }) => seed).sort()).toEqual(wanted.map(({ seed }) => seed).sort());
    for (const { recipe, halfwayLimit } of asked) {
      expect(recipe).toEqual(study.settings.recipe);
      expect(halfwayLimit).toBeUndefined();
    }
    expect(noise.networks.map(({ trial }) => trial)).toEqual([0, 2, 4]);
    expect(seedsOf(noise).flat().sort()).toEqual(wanted.map(({ seed }) => seed).sort());
    expect(disk().noise).toEqual(noise);
    expect(runs.withNoise(study).noise).toEqual(noise);
    expect(estimateNoise(runs.withNoise(study))).toMatchObject({ degrees: 6, trainings: 9 });
    expect(news.map(({ trainings }) => trainings.done)).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 6]);
    expect(news[0]?.state).toBe("preparing");
    expect(news.at(-1)).toMatchObject({ state: "ended", noise });
    expect(ended()).toBe(workers());
    expect(runs.running).toBe(false);
  });

  test("leaves out what diverges, as long as one network was trained twice", async () => {
    const [first, , ...others] = wanted.map(({ seed }) => seed);
    if (first === undefined) throw new Error("There is nothing to train.");
    const some = await setUp({ diverges: [first, ...others] }).runs.measure(study.id);
    expect(some.networks.map(({ trial }) => trial)).toEqual([0]);
    const none = setUp({ diverges: wanted.map(({ seed }) => seed) });
    await expect(none.runs.measure(study.id)).rejects.toMatchObject({ code: "noise-unknown" });
    expect(none.disk().noise).toBeUndefined();
    expect(none.news.at(-1)?.problem).toMatch(/not known/);
  });

  test("stopped ends at once, keeps nothing and can begin again", async () => {
    const gate = deferred<void>();
    const { runs, asked, disk, workers, ended } = setUp({ training: gate.promise });
    const measuring = runs.measure(study.id);
    const refused = expect(measuring).rejects.toMatchObject({ code: "stopped" });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    runs.stop();
    expect(runs.running).toBe(false);
    expect(ended()).toBe(workers());
    await refused;
    expect(disk().noise).toBeUndefined();
    gate.resolve();
    expect((await runs.measure(study.id)).networks).toHaveLength(3);
  });

  test("a disk that refuses is told; what was found holds in this tab", async () => {
    const { runs, warnings } = setUp({ update: () => Promise.reject(new Error("The disk is full.")) });
    const noise = await runs.measure(study.id);
    expect(warnings).toHaveLength(1);
    expect(runs.withNoise(study).noise).toBe(noise);
  });
});

describe("what is refused", () => {
  test("beside a running search or another measurement", async () => {
    const busy = setUp({ session: { running: true } });
    await expect(busy.runs.measure(study.id)).rejects.toMatchObject({ code: "search-running" });
    expect(busy.news).toEqual([]);
    const gate = deferred<void>();
    const { runs } = setUp({ training: gate.promise });
    const first = runs.measure(study.id);
    await expect(runs.measure("another")).rejects.toMatchObject({ code: "noise-running" });
    gate.resolve();
    await first;
  });

  test("a study without trained networks, or without its images", async () => {
    const empty = setUp({ kept: sampleStudy([]) });
    await expect(empty.runs.measure(study.id)).rejects.toMatchObject({ code: "no-networks" });
    expect(empty.workers()).toBe(0);
    const blind = setUp({ images: () => Promise.reject(new RemoteError("missing-data", "Choose its files again.")) });
    await expect(blind.runs.measure(study.id)).rejects.toMatchObject({ code: "missing-data" });
    expect(blind.runs.running).toBe(false);
  });

  test("stopped while it prepares, it starts no worker", async () => {
    const found = deferred<Dataset>();
    const { runs, workers } = setUp({ images: () => found.promise });
    const measuring = runs.measure(study.id);
    await messages();
    runs.stop();
    found.resolve({ name: "x" } as Dataset);
    await expect(measuring).rejects.toMatchObject({ code: "stopped" });
    expect(workers()).toBe(0);
  });
});

test("a preview counts the held-out images of each class", () => {
  const dataset = createBuiltinDataset({ train: 20, validation: 25 });
  const { heldOut } = previewOf({ dataset, remarks: [] });
  expect(heldOut).toHaveLength(10);
  expect(heldOut.reduce((sum, count) => sum + count, 0)).toBe(25);
  expect(heldOut[3]).toBe([...dataset.validation.labels].filter((label) => label === 3).length);
});
