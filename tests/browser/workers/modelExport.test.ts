import "@tensorflow/tfjs-backend-webgl";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { argMax, div, env, io, setBackend, sub, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { defaultSettings, type StudySettings } from "../../../src/core";
import { createBuiltinDataset, prepare } from "../../../src/data";
import { createStudyClient } from "../../../src/workers/client";

const images = 200;
const settings: StudySettings = {
  ...defaultSettings,
  controller: "random",
  platform: "tfjs-wasm",
  budget: { trials: 1 },
  recipe: { ...defaultSettings.recipe, steps: 60, batchSize: 16, validationImages: images },
  proxy: { ...defaultSettings.proxy, inputSize: 16, widthMultiplier: 0.25 },
  deploy: { ...defaultSettings.deploy, inputSize: 32, widthMultiplier: 0.25 },
};

interface Metadata {
  mean: number[];
  deviation: number[];
  correct: number;
}

/** Held-out images that the model gets right, prepared as its metadata says, in a page with TensorFlow.js alone. */
async function countCorrect(files: readonly File[]): Promise<number> {
  env().set("SOFTWARE_WEBGL_ENABLED", true);
  expect(await setBackend("webgl")).toBe(true);
  const model = await loadGraphModel(io.browserFiles([...files]));
  const { mean, deviation } = model.metadata as Metadata;
  const { validation } = prepare(createBuiltinDataset(), settings.proxy.inputSize, images);
  const pixels = tensor(Float32Array.from(validation.pixels), [images, 16, 16, 3]);
  const logits = model.predict(div(sub(div(pixels, 255), mean), deviation)) as Tensor;
  const answers = argMax(logits, 1).dataSync();
  return validation.labels.reduce((sum, label, i) => sum + (answers[i] === label ? 1 : 0), 0);
}

test("a downloaded model answers as the search counted, and the training for it can be stopped", async () => {
  const client = createStudyClient();
  const finished = new Promise((resolve, reject) => {
    client.on("phase", ({ phase, reason }) => {
      if (phase === "finished") resolve(phase);
      if (phase === "failed") reject(new Error(reason));
    });
  });
  const { study } = await client.call("start", { name: "Model", settings, data: { kind: "builtin" } });
  await finished;
  const [trial] = (await client.call("read", { studyId: study.id })).study.trials;
  const wanted = { studyId: study.id, trial: 0 };

  const steps: number[] = [];
  client.on("exporting", ({ step }) => steps.push(step));
  const { zip } = await client.call("exportModel", { ...wanted, weights: "trained" });
  expect(steps).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  const { "README.txt": readme, ...files } = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  const correct = trial?.accuracy?.correct;
  expect(strFromU8(readme as Uint8Array)).toContain(`(${correct} of ${images} held-out images;`);
  expect(strFromU8(readme as Uint8Array)).not.toContain("another version");
  const handles = Object.entries(files).map(([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name));
  expect(await countCorrect(handles)).toBe(correct);

  const stopped = client.call("exportModel", { ...wanted, weights: "trained" }).catch(({ code }) => code);
  await client.call("stopExport", undefined);
  expect(await stopped).toBe("stopped");

  const random = (await client.call("exportModel", { ...wanted, weights: "random" })).zip;
  expect(strFromU8(unzipSync(new Uint8Array(await random.arrayBuffer()))["README.txt"] as Uint8Array)).toContain(
    "random weights",
  );
  await client.call("remove", { studyId: study.id });
  client.dispose();
});
