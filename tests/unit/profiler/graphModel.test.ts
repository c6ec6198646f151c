import "@tensorflow/tfjs-backend-cpu";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { io, memory, setBackend, type Tensor, tensor, version_core } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom, defaultSettings, instantiate, type Network, presets, spaces } from "../../../src/core";
import type { Batch } from "../../../src/data";
import { foldBatchNorm } from "../../../src/profiler/graph";
import { type GraphModelArtifacts, writeGraphModel } from "../../../src/profiler/graphModel";
import { RUNTIME } from "../../../src/profiler/modelFiles";
import { randomParameters } from "../../../src/profiler/weights";
import { type Kernels, loadKernels } from "../../../src/trainer/simd/kernels";
import { createSimdTrainee } from "../../../src/trainer/simd/trainee";
import { everyNode } from "../trainer/everyNode";

const COUNT = 8;
let kernels: Kernels;

beforeAll(async () => {
  await setBackend("cpu");
  kernels = await loadKernels();
});

function randomNetwork(seed: number, inputSize: number): Network {
  const random = createRandom(seed);
  const space = spaces["factorized-browser"];
  const decisions = space.decisions.map(({ choices }) => random.integer(choices.length));
  const channels = seed % 4 === 0 ? 1 : 3;
  return instantiate(space.decode(decisions), { inputSize, widthMultiplier: 0.25, classes: 10, channels });
}

function noise({ scale }: Network, seed: number): Batch {
  const random = createRandom(seed);
  const images = Float32Array.from({ length: COUNT * scale.inputSize ** 2 * scale.channels }, () => random.normal());
  return { images, labels: Uint16Array.from({ length: COUNT }, () => random.integer(scale.classes)), count: COUNT };
}

/**
 * A network after a few steps on noise, by which no batch norm is what it was at first, and what the engine makes of a
 * batch. Small steps: EfficientNet goes where single precision tells nothing with steps ten times as large.
 */
async function trained(network: Network, seed: number) {
  const trainee = createSimdTrainee(kernels, network, { ...defaultSettings.recipe, batchSize: COUNT }, seed);
  for (let step = 0; step < 6; step++) {
    await trainee.step(noise(network, 10 * seed + step), { learningRate: 0.002, statisticsShare: 0.3 });
  }
  trainee.finish();
  const batch = noise(network, seed);
  return { weights: trainee.weights(), images: batch.images, logits: trainee.logits(batch) };
}

/** What a page does that got the model as files: nothing of ours is left but JSON and bytes. */
async function predict(artifacts: GraphModelArtifacts, network: Network, images: Float32Array): Promise<Float32Array> {
  const { weightData, ...json } = artifacts;
  const model = await loadGraphModel(io.fromMemory({ ...JSON.parse(JSON.stringify(json)), weightData }));
  const { inputSize, channels } = network.scale;
  const input = tensor(images, [COUNT, inputSize, inputSize, channels]);
  const output = model.predict(input) as Tensor;
  const values = output.dataSync<"float32">();
  for (const owned of [input, output, model]) owned.dispose();
  return values;
}

async function expectSameOutputs(network: Network, seed: number): Promise<void> {
  const { weights, images, logits } = await trained(network, seed);
  const actual = await predict(writeGraphModel(foldBatchNorm(network, weights)), network, images);
  expect(actual).toHaveLength(COUNT * network.scale.classes);
  const size = Math.max(...logits.map(Math.abs));
  expect(size).toBeGreaterThan(0.01);
  for (const [i, value] of logits.entries()) {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThan(1e-4 * Math.max(1, size));
  }
}

describe("writeGraphModel", () => {
  test.each(Object.keys(presets) as (keyof typeof presets)[])("%s gives the trained network's logits", async (name) => {
    await expectSameOutputs(instantiate(presets[name], { inputSize: 32, widthMultiplier: 0.2, classes: 7 }), 1);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])("random network %i does so too", async (seed) => {
    await expectSameOutputs(randomNetwork(seed, 16 + (seed % 5)), seed);
  });

  test.each([9, 12])("a network of every kind of node does so too, on %i px", async (size) => {
    await expectSameOutputs(everyNode(size), size);
  });

  test("these networks hold every operation", () => {
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const networks = [...seeds.map((seed) => randomNetwork(seed, 16)), everyNode(9)];
    const kinds = networks.flatMap((network) =>
      foldBatchNorm(network, randomParameters(network, 1)).nodes.map(({ kind }) => kind),
    );
    const fused = ["conv", "dense", "depthwise"];
    const plain = [
      "add",
      "addConstant",
      "bareDepthwise",
      "concat",
      "everySecond",
      "mean",
      "multiply",
      "multiplyConstant",
    ];
    const all = [...fused, ...plain, "pool", "relu", "relu6", "sigmoid"];
    expect([...new Set(kinds)].sort()).toEqual(all.sort());
  });

  test("runs convolution, bias and activation as one operation, and nothing that training needed", () => {
    const network = instantiate(presets["mnasnet-a1"], { inputSize: 32, widthMultiplier: 0.35, classes: 7 });
    const { node } = writeGraphModel(foldBatchNorm(network, randomParameters(network, 1))).modelTopology;
    const count = (kind: string) => network.nodes.filter((each) => each.kind === kind).length;
    const ops = (op: string) => node.filter((each) => each.op === op).length;
    expect(ops("_FusedConv2D")).toBe(count("conv") + 2 * count("squeezeExcite"));
    expect(ops("FusedDepthwiseConv2dNative")).toBe(count("depthwise"));
    expect(ops("Mul")).toBe(count("squeezeExcite"));
    const known = ["Placeholder", "Const", "_FusedConv2D", "FusedDepthwiseConv2dNative", "Mul", "Mean", "AddV2"];
    expect(node.filter(({ op }) => ![...known, "_FusedMatMul"].includes(op))).toEqual([]);
  });

  test("is held against the version that it names", () => {
    expect(RUNTIME).toBe(`TensorFlow.js ${version_core}`);
  });

  test("names and sizes its input and output", async () => {
    const network = instantiate(presets["mnasnet-small"], { inputSize: 32, widthMultiplier: 0.35, classes: 7 });
    const before = memory().numTensors;
    const model = await loadGraphModel(
      io.fromMemory(writeGraphModel(foldBatchNorm(network, randomParameters(network, 1)))),
    );
    expect(model.inputs).toMatchObject([{ name: "image", shape: [-1, 32, 32, 3], dtype: "float32" }]);
    expect(model.outputs).toMatchObject([{ name: "logits" }]);
    expect(model.outputNodes).toEqual(["logits"]);
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
