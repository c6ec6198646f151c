import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presets, recipes } from "../../../src/core";
import type { Dataset } from "../../../src/data";
import { createBuiltinDataset } from "../../../src/data";
import type { NetworkToTrain } from "../../../src/workers/protocol";
import type { TrainOutcome } from "../../../src/workers/trainerProtocol";
import { createTrainings } from "../../../src/workers/trainings";
import { accuracyReport, deferred } from "../core/fakes";
import { sampleStudy } from "../storage/samples";
import { surround } from "./trainAgain";

const dataset = createBuiltinDataset({ train: 20, validation: 20 });
const wanted: NetworkToTrain = {
  network: "MnasNet-A1",
  architecture: presets["mnasnet-a1"],
  scale: { inputSize: 32, widthMultiplier: 0.5, classes: 1000 },
  recipe: recipes.quick,
  seed: 7,
  data: { kind: "builtin" },
};

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

interface Options {
  /** Trainings wait for this. */
  training?: Promise<void>;
  outcome?: TrainOutcome;
  images?(): Promise<Dataset>;
  searching?: boolean;
}

function setUp({ training, outcome, images = async () => dataset, searching = false }: Options = {}) {
  const { options, ...seen } = surround(
    { kept: sampleStudy(), training },
    ({ architecture, seed }) => outcome ?? { report: { ...accuracyReport(architecture), seed } },
  );
  const { connectTrainer } = options;
  return { ...seen, trainings: createTrainings({ images, connectTrainer, searching: () => searching }) };
}

test("a network is trained once, by the recipe and seed asked for, on the classes of the images, and kept", async () => {
  const { trainings, asked, workers, ended } = setUp();
  const { training, notKept } = await trainings.train(wanted);
  expect(notKept).toBeUndefined();
  expect(asked).toMatchObject([
    { seed: 7, recipe: recipes.quick, scale: { inputSize: 32, widthMultiplier: 0.5, classes: 10, channels: 3 } },
  ]);
  expect(training).toMatchObject({ network: "MnasNet-A1", accuracy: { seed: 7 }, data: { hash: dataset.hash } });
  expect(await trainings.list()).toEqual([training]);
  expect(ended()).toBe(workers());
  expect(trainings.running).toBe(false);
});

test("several are trained at the same time, a worker each, and all are given up together", async () => {
  const gate = deferred<void>();
  const { trainings, asked, workers, ended } = setUp({ training: gate.promise });
  const both = [trainings.train(wanted), trainings.train({ ...wanted, seed: 8 })];
  const refused = both.map((one) => expect(one).rejects.toMatchObject({ code: "stopped" }));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(trainings.running).toBe(true);
  trainings.stop();
  await Promise.all(refused);
  expect([workers(), ended()]).toEqual([2, 2]);
  expect(trainings.running).toBe(false);
  expect(await trainings.list()).toEqual([]);
});

test("stopped before the images are there, it starts no worker", async () => {
  const gate = deferred<Dataset>();
  const { trainings, workers } = setUp({ images: () => gate.promise });
  const training = trainings.train(wanted);
  const refused = expect(training).rejects.toMatchObject({ code: "stopped" });
  trainings.stop();
  await refused;
  gate.resolve(dataset);
  await gate.promise;
  expect(workers()).toBe(0);
});

test("beside a search it is refused; a network that diverges says so and is not kept", async () => {
  await expect(setUp({ searching: true }).trainings.train(wanted)).rejects.toMatchObject({ code: "search-running" });
  const { trainings } = setUp({
    outcome: { failure: { stage: "training", code: "diverged", message: "It diverged." } },
  });
  await expect(trainings.train(wanted)).rejects.toMatchObject({ code: "training-failed", message: "It diverged." });
  expect(await trainings.list()).toEqual([]);
});

test("a browser that keeps nothing says why; the result is there all the same", async () => {
  vi.stubGlobal("indexedDB", undefined);
  const { training, notKept } = await setUp().trainings.train(wanted);
  expect(training.accuracy.seed).toBe(7);
  expect(notKept).toMatch(/IndexedDB is missing/);
});
