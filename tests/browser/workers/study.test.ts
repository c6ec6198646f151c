import { afterEach, expect, test } from "vitest";
import { defaultSettings, exponents, rewardOf, type StudySettings, spaces, type Trial } from "../../../src/core";
import { createBuiltinDataset } from "../../../src/data";
import { createStudyClient, type StudyClient } from "../../../src/workers/client";
import type { Phase } from "../../../src/workers/protocol";
import { connectWorker } from "../../../src/workers/rpc";
import { createTrainerPool } from "../../../src/workers/trainerPool";

/** A study that SwiftShader gets through in seconds: one trial before its tab is gone, one after. */
const small: StudySettings = {
  ...defaultSettings,
  controller: "random",
  budget: { trials: 2 },
  recipe: { ...defaultSettings.recipe, steps: 3, batchSize: 8, validationImages: 50 },
  proxy: { ...defaultSettings.proxy, inputSize: 16, widthMultiplier: 0.25 },
  deploy: { ...defaultSettings.deploy, inputSize: 32, widthMultiplier: 0.25 },
  // Else all trials are trained, and so under way, before the first is timed.
  lookahead: 1,
};

/** The same in less time, where the platform is not the matter. */
const onCpu: StudySettings = { ...small, platform: "tfjs-wasm" };

const clients: StudyClient[] = [];

function open(): StudyClient {
  const client = createStudyClient();
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

function phase(client: StudyClient, ...wanted: Phase[]): Promise<Phase> {
  return new Promise((resolve, reject) => {
    client.on("phase", ({ phase, reason }) => {
      if (wanted.includes(phase)) resolve(phase);
      else if (phase === "failed") reject(new Error(reason));
    });
  });
}

test("a search trains and times real networks, survives its tab, and goes on to the same trials", async () => {
  const first = open();
  const paused = phase(first, "paused");
  first.on("trial", ({ trial }) => {
    if (trial.number === 0) first.call("pause", undefined);
  });
  const { study } = await first.call("start", { name: "Test", settings: small, data: { kind: "builtin" } });
  await paused;
  first.dispose();

  const second = open();
  const finished = phase(second, "finished");
  await expect(second.call("list", undefined)).resolves.toMatchObject({ studies: [{ id: study.id, status: "open" }] });
  await second.call("resume", { studyId: study.id });
  await finished;
  const { trials, status } = (await second.call("read", { studyId: study.id })).study;

  expect(status).toBe("finished");
  expect(trials.map(({ number }) => number)).toEqual([0, 1]);
  for (const trial of trials) checkTrial(trial);
  await second.call("remove", { studyId: study.id });
  await expect(second.call("list", undefined)).resolves.toMatchObject({ studies: [] });

  // Accuracies depend on the seed alone: an undisturbed run of the same study gives them again, whatever it is timed on.
  const again = open();
  const done = phase(again, "finished");
  const whole = (await again.call("start", { name: "Again", settings: onCpu, data: { kind: "builtin" } })).study;
  await done;
  const repeated = (await again.call("read", { studyId: whole.id })).study.trials;
  expect(repeated.map(({ decisions }) => decisions)).toEqual(trials.map(({ decisions }) => decisions));
  expect(repeated.map(({ accuracy }) => accuracy?.correct)).toEqual(trials.map(({ accuracy }) => accuracy?.correct));
  await again.call("remove", { studyId: whole.id });
}, 300_000);

test("two studies are compared on the same workers, survive their tab, and share what both ask for", async () => {
  const { targetMs } = small.objective;
  const sides = [
    { label: "Hard", objective: { targetMs, ...exponents.hard } },
    { label: "Soft", objective: { targetMs, ...exponents.soft } },
  ];
  const first = open();
  const paused = phase(first, "paused");
  first.on("trial", ({ trial }) => {
    if (trial.number === 0) first.call("pause", undefined);
  });
  const settings = { ...onCpu, budget: { trials: 3 }, skipHopeless: false }; // else the hard side may leave out what the soft one trains
  const { studies } = await first.call("compare", { name: "Both", settings, data: { kind: "builtin" }, sides });
  await paused;
  first.dispose();

  const second = open();
  const finished = phase(second, "finished");
  const [hard, soft] = studies.map(({ id }) => id);
  const resumed = await second.call("resume", { studyId: soft ?? "" });
  expect(resumed.study.id).toBe(soft);
  expect(resumed.sides?.map(({ id }) => id)).toEqual([hard, soft]);
  await finished;

  const read = await Promise.all(studies.map(({ id }) => second.call("read", { studyId: id })));
  const [ofHard = [], ofSoft = []] = read.map(({ study }) => study.trials);
  expect(ofHard.map(({ number }) => number)).toEqual([0, 1, 2]);
  // Random search of one seed asks for the same networks on both sides, and each was trained and timed once.
  expect(ofSoft.map(({ key }) => key)).toEqual(ofHard.map(({ key }) => key));
  expect(ofSoft.map(({ accuracy }) => accuracy)).toEqual(ofHard.map(({ accuracy }) => accuracy));
  expect(ofSoft.map(({ latency }) => latency)).toEqual(ofHard.map(({ latency }) => latency));
  for (const [side, trials] of [ofHard, ofSoft].entries()) {
    for (const trial of trials) expect(trial.reward).toBe(rewardOf(trial, sides[side]?.objective ?? small.objective));
  }
  for (const { id } of studies) await second.call("remove", { studyId: id });
}, 300_000);

function checkTrial(trial: Trial): void {
  const { accuracy, latency } = trial;
  expect(trial.failure).toBeUndefined();
  expect(accuracy).toMatchObject({ images: 50, steps: 3, engine: "simd", backend: "wasm" });
  expect(accuracy?.accuracy).toBe((accuracy?.correct ?? Number.NaN) / 50);
  expect(latency?.medianMs).toBeGreaterThan(0);
  expect(latency?.samplesMs.length).toBeGreaterThanOrEqual(5);
  expect(latency?.device).toMatchObject({ platform: "tfjs-webgl", thread: "worker", software: true });
  expect(trial.reward).toBe(rewardOf(trial, small.objective));
}

test("bad files are refused before anything starts", async () => {
  const client = open();
  const files = [new File(["this is no IDX file"], "train-images-idx3-ubyte")];
  await expect(client.call("preview", { data: { kind: "files", files } })).rejects.toMatchObject({
    message: expect.stringMatching(/train-images-idx3-ubyte/),
  });
});

test("a real trainer worker that dies in mid-trial is replaced and the trial retried", async () => {
  const workers: Worker[] = [];
  const replaced: string[] = [];
  const pool = createTrainerPool({
    size: 1,
    connect() {
      const worker = new Worker(new URL("../../../src/workers/trainer.worker.ts", import.meta.url), { type: "module" });
      workers.push(worker);
      return connectWorker(worker);
    },
    engine: small.engine,
    dataset: createBuiltinDataset({ train: 40, validation: 50 }),
    recipe: small.recipe,
    scale: small.proxy,
    seed: 1,
    silenceSeconds: 120,
    onActivity({ task, step }) {
      if (workers.length === 1 && task === "training" && step === 1) {
        workers[0]?.dispatchEvent(new ErrorEvent("error", { message: "Out of memory", cancelable: true }));
      }
    },
    onReplaced: (reason) => replaced.push(reason),
  });
  const space = spaces[small.space];
  const { report, retries } = await pool.train(space.decode(space.decisions.map(() => 0)), 0);
  expect(workers).toHaveLength(2);
  expect(retries).toEqual(["Out of memory"]);
  expect(replaced).toEqual(retries);
  expect(report.images).toBe(50);
  pool.dispose();
});
