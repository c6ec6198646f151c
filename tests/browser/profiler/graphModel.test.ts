import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { env, io, memory, setBackend, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { createRandom, defaultSettings, instantiate, type Network, presets, spaces } from "../../../src/core";
import type { Batch } from "../../../src/data";
import { foldBatchNorm } from "../../../src/profiler/graph";
import { writeGraphModel } from "../../../src/profiler/graphModel";
import { modelFiles } from "../../../src/profiler/modelFiles";
import { randomParameters } from "../../../src/profiler/weights";
import { loadKernels } from "../../../src/trainer/simd/kernels";
import { createSimdTrainee } from "../../../src/trainer/simd/trainee";
import { everyNode } from "../../unit/trainer/everyNode";
import { plainForward } from "../../unit/trainer/plain";

/** A page that knows nothing of us: TensorFlow.js and the files. */
beforeAll(async () => {
  env().set("SOFTWARE_WEBGL_ENABLED", true);
  expect(await setBackend("webgl")).toBe(true);
});

const COUNT = 4;

function randomNetwork(seed: number): Network {
  const random = createRandom(seed);
  const space = spaces["factorized-browser"];
  const decisions = space.decisions.map(({ choices }) => random.integer(choices.length));
  return instantiate(space.decode(decisions), { inputSize: 24, widthMultiplier: 0.5, classes: 10 });
}

function noise({ scale }: Network, seed: number): Batch {
  const random = createRandom(seed);
  const images = Float32Array.from({ length: COUNT * scale.inputSize ** 2 * scale.channels }, () => random.normal());
  return { images, labels: Uint16Array.from({ length: COUNT }, () => random.integer(scale.classes)), count: COUNT };
}

test.each([
  ["MnasNet-A1", instantiate(presets["mnasnet-a1"], { inputSize: 32, widthMultiplier: 0.35, classes: 10 })],
  ["a random network", randomNetwork(1)],
  ["another one", randomNetwork(2)],
])("%s gives the trained network's logits in a plain page, on WebGL", async (_, network) => {
  const trainee = createSimdTrainee(await loadKernels(), network, { ...defaultSettings.recipe, batchSize: COUNT }, 3);
  for (let step = 0; step < 5; step++) {
    await trainee.step(noise(network, step), { learningRate: 0.02, statisticsShare: 0.3 });
  }
  trainee.finish();
  const batch = noise(network, 9);
  const expected = trainee.logits(batch);
  const metadata = { mean: [0.5, 0.4, 0.3] };
  const files = modelFiles(writeGraphModel(foldBatchNorm(network, trainee.weights())), metadata);

  const before = memory().numTensors;
  const handles = [...files].map(([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name));
  const model = await loadGraphModel(io.browserFiles(handles));
  expect(model.metadata).toEqual(metadata);
  const { inputSize, channels } = network.scale;
  const input = tensor(batch.images, [COUNT, inputSize, inputSize, channels]);
  const output = model.predict(input) as Tensor;
  expect(output.shape).toEqual([COUNT, 10]);
  const actual = output.dataSync<"float32">();
  for (const owned of [input, output, model]) owned.dispose();
  expect(memory().numTensors).toBe(before);

  const size = Math.max(...expected.map(Math.abs));
  expect(size).toBeGreaterThan(0.01);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThan(1e-4 * Math.max(1, size));
  }
});

test.each([
  ["webgl", 10],
  ["webgpu", 7],
])("every kind of node gives what plain loops give, on %s", async (backend, size) => {
  await setBackend(backend);
  const network = everyNode(size);
  const weights = randomParameters(network, 1);
  const { images } = noise(network, 5);
  const field = { count: COUNT, height: size, width: size, channels: 3, values: Float64Array.from(images) };
  const expected = plainForward(network, weights, field, false);
  const model = await loadGraphModel(io.fromMemory(writeGraphModel(foldBatchNorm(network, weights))));
  const input = tensor(images, [COUNT, size, size, 3]);
  const output = model.predict(input) as Tensor;
  const actual = await output.data<"float32">();
  for (const owned of [input, output, model]) owned.dispose();
  for (const [i, value] of expected.entries()) expect(Math.abs((actual[i] as number) - value)).toBeLessThan(1e-5);
});
