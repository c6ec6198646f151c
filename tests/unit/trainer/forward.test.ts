import { setBackend, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Activation,
  type Architecture,
  BATCH_NORM_EPSILON,
  createRandom,
  instantiate,
  listParameters,
  type Network,
} from "../../../src/core";
import { loadBackend } from "../../../src/trainer/tfjs/backends";
import { predict, trainingPass } from "../../../src/trainer/tfjs/forward";
import { randomNetwork, randomValues, relativeError, wasmPath } from "./support";

/** A batch of activations as plain numbers, read by place. */
interface Field {
  count: number;
  height: number;
  width: number;
  channels: number;
  values: Float64Array;
}
type Weight = (role: string) => Float32Array;

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

function plainForward(network: Network, weights: Map<string, Float32Array>, image: Field, training: boolean) {
  const fields: Field[] = [];
  network.nodes.forEach((node, index) => {
    const weight: Weight = (role) => weights.get(`${index}/${role}`) as Float32Array;
    const [x, other] = node.inputs.map((input) => fields[input] ?? image) as [Field, Field];
    fields.push(plainNode(node, x, other, weight, training));
  });
  return (fields[fields.length - 1] as Field).values;
}

function plainNode(node: Network["nodes"][number], x: Field, other: Field, weight: Weight, training: boolean): Field {
  switch (node.kind) {
    case "conv":
    case "depthwise": {
      const { output, kernel, stride, activation } = node;
      const filter = weight("kernel");
      const depthwise = node.kind === "depthwise";
      const y = slide(x, output.channels, kernel, stride, (n, c, tap, place) => {
        if (depthwise) return (filter[tap * x.channels + c] as number) * at(x, n, place, c);
        let total = 0;
        for (let i = 0; i < x.channels; i++) {
          total += (filter[(tap * x.channels + i) * output.channels + c] as number) * at(x, n, place, i);
        }
        return total;
      });
      return plainNorm(y.sums, weight, activation, training);
    }
    case "squeezeExcite":
      return plainSqueeze(x, node.squeezed, weight);
    case "pool": {
      const { sums, places } = slide(x, x.channels, node.kernel, node.stride, (n, c, _tap, place) =>
        at(x, n, place, c),
      );
      return { ...sums, values: sums.values.map((value, i) => value / (places[i] as number)) };
    }
    case "add":
      return { ...x, values: x.values.map((value, i) => value + (other.values[i] as number)) };
    case "globalPool":
      return plainMean(x);
    case "dropout":
      return x;
    case "dense":
      return plainLinear(x, node.output.channels, weight("kernel"), weight("bias"));
  }
}

function at(x: Field, n: number, place: number, c: number): number {
  return x.values[(n * x.height * x.width + place) * x.channels + c] as number;
}

/** Slides a window with TensorFlow's SAME padding: the sum over its places inside the field, and how many those are. */
function slide(
  x: Field,
  channels: number,
  kernel: number,
  stride: number,
  term: (n: number, c: number, tap: number, place: number) => number,
): { sums: Field; places: number[] } {
  const height = Math.ceil(x.height / stride);
  const width = Math.ceil(x.width / stride);
  const top = Math.floor(Math.max(0, (height - 1) * stride + kernel - x.height) / 2);
  const left = Math.floor(Math.max(0, (width - 1) * stride + kernel - x.width) / 2);
  const values: number[] = [];
  const places: number[] = [];
  for (let n = 0; n < x.count; n++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let c = 0; c < channels; c++) {
          let total = 0;
          let inside = 0;
          for (let tap = 0; tap < kernel * kernel; tap++) {
            const y = row * stride - top + Math.floor(tap / kernel);
            const z = column * stride - left + (tap % kernel);
            if (y < 0 || z < 0 || y >= x.height || z >= x.width) continue;
            total += term(n, c, tap, y * x.width + z);
            inside++;
          }
          values.push(total);
          places.push(inside);
        }
  return { sums: { count: x.count, height, width, channels, values: Float64Array.from(values) }, places };
}

function plainNorm(x: Field, weight: Weight, activation: Activation, training: boolean): Field {
  const means = Array.from(weight("movingMean"));
  const variances = Array.from(weight("movingVariance"));
  if (training) {
    for (let c = 0; c < x.channels; c++) {
      const column = x.values.filter((_, i) => i % x.channels === c);
      const average = column.reduce((a, b) => a + b, 0) / column.length;
      means[c] = average;
      variances[c] = column.reduce((a, b) => a + (b - average) ** 2, 0) / column.length;
    }
  }
  const ceiling = activation === "relu6" ? 6 : Number.POSITIVE_INFINITY;
  const values = x.values.map((value, i) => {
    const c = i % x.channels;
    const standard = (value - (means[c] as number)) / Math.sqrt((variances[c] as number) + BATCH_NORM_EPSILON);
    const scaled = standard * (weight("gamma")[c] as number) + (weight("beta")[c] as number);
    return activation === "none" ? scaled : Math.min(ceiling, Math.max(0, scaled));
  });
  return { ...x, values };
}

function plainSqueeze(x: Field, squeezed: number, weight: Weight): Field {
  const hidden = plainLinear(plainMean(x), squeezed, weight("squeezeKernel"), weight("squeezeBias"));
  const active = { ...hidden, values: hidden.values.map((value) => Math.max(0, value)) };
  const gates = plainLinear(active, x.channels, weight("exciteKernel"), weight("exciteBias"));
  const values = x.values.map((value, i) => {
    const n = Math.floor(i / (x.height * x.width * x.channels));
    return value / (1 + Math.exp(-(gates.values[n * x.channels + (i % x.channels)] as number)));
  });
  return { ...x, values };
}

function plainMean(x: Field): Field {
  const values = new Float64Array(x.count * x.channels);
  x.values.forEach((value, i) => {
    const n = Math.floor(i / (x.height * x.width * x.channels));
    const to = n * x.channels + (i % x.channels);
    values[to] = (values[to] as number) + value / (x.height * x.width);
  });
  return { count: x.count, height: 1, width: 1, channels: x.channels, values };
}

function plainLinear(x: Field, units: number, kernel: Float32Array, bias: Float32Array): Field {
  const values = new Float64Array(x.count * units).map((_, i) => {
    let total = bias[i % units] as number;
    for (let c = 0; c < x.channels; c++) {
      total += at(x, Math.floor(i / units), 0, c) * (kernel[c * units + (i % units)] as number);
    }
    return total;
  });
  return { ...x, channels: units, values };
}
