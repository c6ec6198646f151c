import { afterEach, expect, test } from "vitest";
import {
  defaultFinals,
  defaultSettings,
  finalistSeeds,
  finalsAreDone,
  finalsProgress,
  replayStudy,
  type StudySettings,
} from "../../../src/core";
import { exportStudy, parseStudyFile } from "../../../src/storage/files";
import { createStudyClient, type StudyClient } from "../../../src/workers/client";
import type { FinalsNews } from "../../../src/workers/protocol";

/** A study of seconds, timed on the CPU; its finalists begin by themselves. */
const recipe = { ...defaultSettings.recipe, steps: 2, batchSize: 8, validationImages: 50 };
const settings: StudySettings = {
  ...defaultSettings,
  controller: "random",
  platform: "tfjs-wasm",
  budget: { trials: 3 },
  recipe,
  proxy: { ...defaultSettings.proxy, inputSize: 16, widthMultiplier: 0.25 },
  deploy: { ...defaultSettings.deploy, inputSize: 32, widthMultiplier: 0.25 },
  finals: { ...defaultFinals({ recipe }), finalists: 2, seeds: 2 },
};

const clients: StudyClient[] = [];

function open(): StudyClient {
  const client = createStudyClient();
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

/** Resolves with the first news that are wanted. */
function news(client: StudyClient, wanted: (news: FinalsNews) => boolean): Promise<FinalsNews> {
  return new Promise((resolve, reject) => {
    client.on("phase", ({ phase, reason }) => phase === "failed" && reject(new Error(reason)));
    client.on("finals", (told) => {
      if (told.problem) reject(new Error(told.problem));
      if (wanted(told)) resolve(told);
    });
  });
}

test("a real study replays from its file; its finalists survive their tab", async () => {
  const first = open();
  const onePiece = news(
    first,
    ({ finals }) => finals?.finalists.some(({ accuracies }) => accuracies.length > 0) ?? false,
  );
  const begun = await first.call("start", { name: "Finals", settings, data: { kind: "builtin" } });
  const { finals: kept } = await onePiece;
  first.dispose();

  const second = open();
  const { study } = await second.call("read", { studyId: begun.study.id });
  // Another piece may have been done before the tab was gone.
  const [before, onDisk] = [kept, study.finals].map((finals) => finals && finalsProgress(finals).trainings.done);
  expect(onDisk).toBeGreaterThanOrEqual(before ?? Number.NaN);
  const file = parseStudyFile(JSON.stringify(exportStudy(study, new Date().toISOString())));
  expect(replayStudy(file)).toEqual({ same: study.trials.length });

  const ended = news(second, ({ state }) => state === "ended");
  await second.call("finals", { studyId: study.id });
  const { finals } = await ended;
  expect(finals && finalsAreDone(finals)).toBe(true);
  for (const { trial, accuracies, latency, failure } of finals?.finalists ?? []) {
    expect(failure).toBeUndefined();
    expect(latency?.samplesMs.length).toBeGreaterThan(0);
    expect(accuracies.map(({ seed }) => seed)).toEqual(finalistSeeds(settings.seed, trial, 2));
    for (const { steps, images } of accuracies) {
      expect(steps).toBe(8);
      expect(images).toBe(study.data.validationImages);
    }
  }
  expect((await second.call("read", { studyId: study.id })).study.finals).toEqual(finals);
  await second.call("remove", { studyId: study.id });
}, 300_000);
