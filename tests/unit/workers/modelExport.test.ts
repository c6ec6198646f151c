import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type AccuracyReport,
  defaultSettings,
  instantiate,
  type Study,
  type StudySettings,
  spaces,
  type Trial,
} from "../../../src/core";
import { createBuiltinDataset, type Dataset } from "../../../src/data";
import { randomParameters } from "../../../src/profiler/weights";
import { createGate } from "../../../src/workers/gate";
import { createModelExport } from "../../../src/workers/modelExport";
import { connectWorker, RemoteError, serve } from "../../../src/workers/rpc";
import type { TrainerEvents, TrainerRequests, TrainParams } from "../../../src/workers/trainerProtocol";
import { fakeStudy } from "../../fixtures/fakeClient";
import { fakeWorker, messages, silence } from "./fakeWorker";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const study = fakeStudy(17, defaultSettings);
const dataset = createBuiltinDataset({ train: 40, validation: 20 });

/** An export whose trainers take `steps` steps each; `release` lets the last one end. */
function setUp(images: (study: Study) => Promise<Dataset> = async () => dataset) {
  const workers: ReturnType<typeof fakeWorker>[] = [];
  const trained: TrainParams[] = [];
  const seen: number[] = [];
  let release = () => {};
  const models = createModelExport({
    images,
    silenceSeconds: 120,
    onProgress: ({ step }) => seen.push(step),
    connectTrainer() {
      const fake = fakeWorker((scope) => {
        const gate = createGate();
        const { emit } = serve<TrainerRequests, TrainerEvents>(scope, {
          load: async () => undefined,
          async train(params) {
            trained.push(params);
            gate.enter();
            await gate.pass();
            emit("progress", { phase: "training", step: 1, steps: params.recipe.steps });
            await new Promise<void>((resolve) => {
              release = resolve;
            });
            gate.leave();
            const { architecture, scale, recipe, seed } = params;
            const first = study.trials[0]?.accuracy as AccuracyReport;
            const report: AccuracyReport = { ...first, seed, steps: recipe.steps };
            const weights = new Map(randomParameters(instantiate(architecture, scale), 5));
            return { report, trained: { weights, mean: [0.5, 0.25, 0.125], deviation: [0.25, 0.5, 1] } };
          },
          pause: () => gate.close().then(() => undefined),
          proceed: () => gate.open() as undefined,
        });
      });
      workers.push(fake);
      return connectWorker(fake.worker);
    },
  });
  return { models, workers, trained, seen, release: () => release() };
}

async function contentOf(zip: Blob) {
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  const { "model.json": json, "group1-shard1of1.bin": bytes, "README.txt": readme, ...rest } = files;
  expect(rest).toEqual({});
  if (!json || !bytes || !readme) throw new Error("a file of the model is missing");
  return { json: JSON.parse(strFromU8(json)), bytes, readme: strFromU8(readme) };
}

function trialWith(changes: Partial<Trial>): Study {
  return { ...study, trials: study.trials.map((trial) => ({ ...trial, ...changes })) };
}

describe("trained weights", () => {
  test("come from the trial's own run: architecture, proxy scale, recipe and seed", async () => {
    const { models, workers, trained, seen, release } = setUp();
    const answer = models.write(study, 2, "trained");
    await messages();
    release();
    const { json, bytes, readme } = await contentOf(await answer);

    const trial = study.trials[2] as Trial;
    const { space, proxy, recipe } = study.settings;
    const architecture = spaces[space].decode(trial.decisions);
    expect(trained).toMatchObject([{ architecture, scale: proxy, seed: trial.accuracy?.seed, keepWeights: true }]);
    expect({ ...trained[0]?.recipe, timeLimitSeconds: recipe.timeLimitSeconds }).toEqual(recipe);
    expect(seen).toEqual([1]);
    expect(workers.map((worker) => worker.terminated())).toEqual([true]);

    expect(json.format).toBe("graph-model");
    expect(json.userDefinedMetadata).toMatchObject({ weights: "trained", mean: [0.5, 0.25, 0.125] });
    const values = json.weightsManifest[0].weights.map(({ shape }: { shape: number[] }) =>
      shape.reduce((product, side) => product * side, 1),
    );
    expect(bytes.byteLength).toBe(4 * values.reduce((sum: number, size: number) => sum + size, 0));
    expect(readme).toContain("Model, as trained in the search");
    const { inputSize } = defaultSettings.proxy;
    expect(readme).toContain(`[batch, ${inputSize}, ${inputSize}, 3]`);
    expect(readme).toContain("mean       [0.5, 0.25, 0.125]");
    expect(readme).toContain("by another version of Mnasium"); // the fake's accuracy is trial 1's
    for (const name of dataset.classNames ?? []) expect(readme).toContain(name);
  });

  test("are refused where the run cannot be repeated", async () => {
    const { models, workers } = setUp();
    await expect(models.write(study, 16, "trained")).rejects.toThrow(
      "Trial 17 has no trained network: its training failed. Its model can be had with random weights only.",
    );
    const skipped = { reason: "beyond-target", assumedAccuracy: 0.5 } as const;
    await expect(models.write(trialWith({ accuracy: undefined, skipped }), 0, "trained")).rejects.toThrow(
      /Trial 1 has no trained network: it is so far beyond T .* timed only\. Its model can be had with random weights only/,
    );
    const ended = { reason: "learns-worse", assumedAccuracy: 0.4, halfwayLoss: 2 } as const;
    await expect(models.write(trialWith({ accuracy: undefined, skipped: ended }), 0, "trained")).rejects.toThrow(
      "its training was ended halfway",
    );
    const accuracy = { ...(study.trials[0]?.accuracy as AccuracyReport), engine: "tfjs", backend: "webgl" };
    await expect(models.write(trialWith({ accuracy }), 0, "trained")).rejects.toThrow(
      "TensorFlow.js, WebGL, whose runs cannot be repeated exactly",
    );
    expect(workers).toHaveLength(0);
  });

  test("are refused where the images are gone", async () => {
    const { models } = setUp(() => Promise.reject(new RemoteError("missing-data", "Choose its files again to go on.")));
    await expect(models.write(study, 0, "trained")).rejects.toMatchObject({
      code: "missing-data",
      message: expect.stringContaining("does not keep the images of this study (builtin)"),
    });
  });

  test("can be stopped, also before the worker is there", async () => {
    const { models, workers } = setUp();
    const first = models.write(study, 0, "trained").catch((error: RemoteError) => error.code);
    models.stop();
    expect(await first).toBe("stopped");
    expect(workers).toHaveLength(0);

    const second = models.write(study, 0, "trained").catch((error: RemoteError) => error.code);
    await messages();
    models.stop();
    expect(await second).toBe("stopped");
    expect(workers.map((worker) => worker.terminated())).toEqual([true]);
  });

  test("wait while a network is timed", async () => {
    const { models, workers, trained, seen, release } = setUp();
    await models.pause();
    const answer = models.write(study, 0, "trained");
    await messages();
    expect(workers).toHaveLength(0);
    models.proceed();
    await messages();
    expect(trained).toHaveLength(1);
    expect(seen).toEqual([1]);
    release();
    await answer;
  });

  test("are given up where the worker falls silent", async () => {
    const { models } = setUp();
    const answer = models.write(study, 0, "trained").catch((error: RemoteError) => error.code);
    await silence(120);
    expect(await answer).toBe("worker-died");
  });
});

test("random weights need no trainer and no images, and stand at deploy scale", async () => {
  const { models, workers } = setUp(() => Promise.reject(new Error("no images are wanted")));
  const { json, readme } = await contentOf(await models.write(study, 3, "random"));
  expect(workers).toHaveLength(0);
  const sides = json.signature.inputs.image.tensorShape.dim.map(({ size }: { size: string }) => Number(size));
  expect(sides).toEqual([-1, 96, 96, 3]);
  expect(json.userDefinedMetadata).toEqual({ weights: "random" });
  expect(readme).toContain("Model at deploy scale, random weights");
  expect(readme).not.toContain("ccuracy");
});

test("a model of cells tells its two cells and how they follow one another", async () => {
  const settings: StudySettings = { ...defaultSettings, space: "cells-browser" };
  const decisions = spaces["cells-browser"].decisions.map(() => 0);
  const trial = { ...(study.trials[0] as Trial), decisions };
  const { models } = setUp();
  const { json, readme } = await contentOf(await models.write({ ...study, settings, trials: [trial] }, 0, "random"));
  expect(json.format).toBe("graph-model");
  const [, network = ""] = readme.split("NETWORK\n");
  expect(network).toMatch(/^normal cell\nstate 2 = identity\(0\) \+ identity\(0\)\n/);
  expect(network).toContain("\nreduction cell\nstate 2 = ");
  // `browserCellFrame`: a reduction of half the 24 filters, and the same again with twice as many.
  expect(network).toContain("at width x1: reduction 12, normal 24, reduction 48, normal 48\n");
});
