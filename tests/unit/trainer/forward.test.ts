import { setBackend, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Architecture, createRandom, instantiate, listParameters, type Network } from "../../../src/core";
import { loadBackend } from "../../../src/trainer/tfjs/backends";
import { predict, trainingPass } from "../../../src/trainer/tfjs/forward";
import { everyNode } from "./everyNode";
import { plainForward } from "./plain";
import { randomNetwork, randomValues, relativeError, wasmPath } from "./support";

beforeAll(async () => {
  await loadBackend("cpu");
  await loadBackend("wasm", { wasmPath });
});

/** Odd sizes, stride 2 in pool, conv and depthwise, kernel 1, 3 and 5, SE, both activations, dropout. */
const mixed: Architecture = {
  stem: { filters: 4, stride: 2 },
  blocks: [
    { operation: "conv", expansion: 1, kernel: 5, seRatio: 0.25, skip: "pool", filters: 4, layers: 2, stride: 2 },
    { operation: "dconv", expansion: 1, kernel: 3, seRatio: 0, skip: "identity", filters: 8, layers: 2, stride: 1 },
    { operation: "mbconv", expansion: 3, kernel: 5, seRatio: 0.5, skip: "pool", filters: 8, layers: 2, stride: 2 },
  ],
  head: { filters: 12, scaling: "never" },
  activation: "relu",
  dropout: 0.3,
  divisor: 4,
};

const networks: [string, Network][] = [
  ["every kind of layer on 17 px", instantiate(mixed, { inputSize: 17, widthMultiplier: 1, classes: 3, channels: 1 })],
  ["every kind of layer on 20 px", instantiate(mixed, { inputSize: 20, widthMultiplier: 1, classes: 5 })],
  ["every other kind of node on 14 px", everyNode(14)],
  ["every other kind of node on 11 px", everyNode(11)],
  ["a random architecture", randomNetwork(11, 19, 0.25)],
  ["another random architecture", randomNetwork(12, 32, 0.25)],
];
const COUNT = 3;

describe.each(["cpu", "wasm"])("the forward pass on %s gives the logits of plain loops", (backend) => {
  test.each(networks)("%s", async (_, network) => {
    await setBackend(backend);
    const { inputSize, channels, classes } = network.scale;
    const pixels = randomValues(COUNT * inputSize * inputSize * channels, 3);
    const weights = randomWeights(network);
    const image = { count: COUNT, height: inputSize, width: inputSize, channels, values: Float64Array.from(pixels) };
    const without = { ...network, nodes: network.nodes.map((node) => (node.kind === "dropout" ? still(node) : node)) };

    const logits = tidy(() => {
      const tensors = new Map(
        listParameters(network).map(({ name, shape }) => [name, tensor(weights.get(name) as Float32Array, [...shape])]),
      );
      const images = tensor(pixels, [COUNT, inputSize, inputSize, channels]);
      const inference = predict(network, tensors, images);
      const training = trainingPass(without, tensors, images, createRandom(1)).logits;
      expect([inference.shape, training.shape]).toEqual([
        [COUNT, classes],
        [COUNT, classes],
      ]);
      return { inference: inference.dataSync(), training: training.dataSync() };
    });
    expect(relativeError(logits.inference, plainForward(network, weights, image, false))).toBeLessThan(1e-4);
    expect(relativeError(logits.training, plainForward(network, weights, image, true))).toBeLessThan(1e-3);
  });
});

test("dropout drops about its share while training, and keeps the mean", async () => {
  await setBackend("cpu");
  const dropout: Network = {
    scale: { inputSize: 8, widthMultiplier: 1, classes: 10_000, channels: 1 },
    nodes: [
      {
        kind: "dropout",
        rate: 0.3,
        inputs: [-1],
        input: { height: 1, width: 1, channels: 10_000 },
        output: { height: 1, width: 1, channels: 10_000 },
        place: { block: "head", layer: 0 },
      },
    ],
  };
  const values = tidy(() => {
    const images = tensor(new Float32Array(10_000).fill(1), [1, 10_000]);
    return trainingPass(dropout, new Map(), images, createRandom(5)).logits.dataSync();
  });
  const dropped = values.filter((value) => value === 0).length;
  expect(Math.abs(dropped - 3000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.3 * 0.7));
  expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
});

function still(node: Network["nodes"][number]): Network["nodes"][number] {
  return { ...node, kind: "dropout", rate: 0 };
}

function randomWeights(network: Network): Map<string, Float32Array> {
  return new Map(
    listParameters(network).map(({ name, shape, role }, i) => {
      const values = randomValues(
        shape.reduce((a, b) => a * b, 1),
        i + 50,
      );
      if (role === "movingVariance") return [name, values.map((value) => 0.5 + value * value)];
      return [name, values.map((value) => (role === "gamma" ? 1 + 0.3 * value : 0.4 * value))];
    }),
  );
}
