import "@tensorflow/tfjs-backend-cpu";
import {
  add,
  avgPool,
  batchNorm,
  conv2d,
  depthwiseConv2d,
  matMul,
  mean,
  memory,
  mul,
  profile,
  relu,
  relu6,
  reshape,
  setBackend,
  sigmoid,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Architecture,
  browserSkeleton,
  createRandom,
  IMAGE,
  instantiate,
  listParameters,
  type Network,
  parseBlock,
  presets,
  spaces,
} from "../../../src/core";
import { foldBatchNorm, type ParameterValues } from "../../../src/profiler/graph";
import { createInference } from "../../../src/profiler/inference";
import { randomParameters } from "../../../src/profiler/weights";

const scale = { inputSize: 24, widthMultiplier: 0.5, classes: 10 };
const space = spaces["factorized-browser"];

function randomNetwork(seed: number, inputSize = scale.inputSize): Network {
  const random = createRandom(seed);
  const decisions = space.decisions.map(({ choices }) => random.integer(choices.length));
  return instantiate(space.decode(decisions), { ...scale, inputSize });
}

function randomImage(network: Network, seed: number): Float32Array {
  const random = createRandom(seed);
  const { inputSize, channels } = network.scale;
  return Float32Array.from({ length: inputSize ** 2 * channels }, () => random.normal());
}

/** The network as core's nodes define it, one plain operation after the other. */
function unfused(network: Network, parameters: ParameterValues, image: Float32Array): Float32Array {
  const shapes = new Map(listParameters(network).map(({ name, shape }) => [name, [...shape]]));
  const { inputSize, channels } = network.scale;
  return tidy(() => {
    const results: Tensor[] = [];
    const input = tensor(image, [1, inputSize, inputSize, channels]);
    network.nodes.forEach((node, index) => {
      const weight = (role: string) =>
        tensor(parameters.get(`${index}/${role}`) ?? [], shapes.get(`${index}/${role}`) ?? []);
      const normalise = (x: Tensor) =>
        batchNorm(x, weight("movingMean"), weight("movingVariance"), weight("beta"), weight("gamma"), 1e-3);
      const activate = (x: Tensor, name: string) => (name === "relu" ? relu(x) : name === "relu6" ? relu6(x) : x);
      const [x, y] = node.inputs.map((from) => (from === IMAGE ? input : results[from])) as [Tensor4D, Tensor4D];
      const compute = (): Tensor => {
        switch (node.kind) {
          case "conv":
            return activate(normalise(conv2d(x, weight("kernel") as Tensor4D, node.stride, "same")), node.activation);
          case "depthwise": {
            const filtered = depthwiseConv2d(x, weight("kernel") as Tensor4D, node.stride, "same");
            return activate(normalise(filtered), node.activation);
          }
          case "squeezeExcite": {
            const pooled = mean(x, [1, 2]);
            const squeezed = relu(add(matMul(pooled, weight("squeezeKernel")), weight("squeezeBias")));
            const gate = sigmoid(add(matMul(squeezed, weight("exciteKernel")), weight("exciteBias")));
            return mul(x, reshape(gate, [1, 1, 1, node.input.channels]));
          }
          case "pool":
            return avgPool(x, node.kernel, node.stride, "same");
          case "add":
            return add(x, y);
          case "globalPool":
            return mean(x, [1, 2]);
          case "dropout":
            return x;
          case "dense":
            return add(matMul(x as Tensor as Tensor2D, weight("kernel")), weight("bias"));
        }
      };
      results.push(compute());
    });
    return (results.at(-1) as Tensor).dataSync<"float32">();
  });
}

async function logits(network: Network, parameters: ParameterValues, image: Float32Array): Promise<Float32Array> {
  const inference = await createInference(foldBatchNorm(network, parameters), image);
  const values = inference.run();
  inference.dispose();
  return values;
}

async function expectSame(network: Network, seed: number): Promise<void> {
  const parameters = randomParameters(network, seed);
  const image = randomImage(network, seed);
  const expected = unfused(network, parameters, image);
  const actual = await logits(network, parameters, image);
  expect(actual).toHaveLength(network.scale.classes);
  const size = Math.max(...expected.map(Math.abs));
  expect(size).toBeGreaterThan(0.01);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThan(1e-4 * Math.max(1, size));
  }
}

beforeAll(async () => {
  await setBackend("cpu");
});

describe("foldBatchNorm", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("random network %d gives the logits of the unfused one", async (seed) => {
    await expectSame(randomNetwork(seed, seed % 2 ? 24 : 25), seed);
  });

  test("networks with ReLU, dropout and seven blocks too", async () => {
    await expectSame(instantiate(presets["mnasnet-a1"], { inputSize: 32, widthMultiplier: 0.35, classes: 7 }), 1);
  });

  test("every batch norm parameter matters", async () => {
    const network = randomNetwork(3);
    const parameters = randomParameters(network, 3);
    const image = randomImage(network, 3);
    const before = await logits(network, parameters, image);
    for (const role of ["gamma", "beta", "movingMean", "movingVariance"]) {
      const name = `0/${role}`;
      const changed = new Map(parameters).set(
        name,
        (parameters.get(name) as Float32Array).map((value) => 2 * value + 0.5),
      );
      const expected = unfused(network, changed, image);
      const actual = await logits(network, changed, image);
      for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 4);
      expect(actual).not.toEqual(before);
    }
  });

  test("says which parameter is missing or of the wrong size", () => {
    const network = randomNetwork(1);
    const parameters = new Map(randomParameters(network, 1));
    parameters.set("0/gamma", new Float32Array(3));
    expect(() => foldBatchNorm(network, parameters)).toThrow('Parameter "0/gamma" has 3 values, not 8.');
    parameters.delete("0/gamma");
    expect(() => foldBatchNorm(network, parameters)).toThrow(
      'Parameter "0/gamma" is missing; it should have 8 values.',
    );
  });
});

describe("createInference", () => {
  test("leaves no tensor behind, and gives the same logits each time", async () => {
    const network = randomNetwork(5);
    const before = memory().numTensors;
    const inference = await createInference(
      foldBatchNorm(network, randomParameters(network, 5)),
      randomImage(network, 5),
    );
    const between = memory().numTensors;
    const first = inference.run();
    expect(inference.run()).toEqual(first);
    expect(memory().numTensors).toBe(between);
    inference.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test("frees an activation once nothing needs it", async () => {
    const blocks = [parseBlock("r12_k3_s11_e1_i8_o16")];
    const deep: Architecture = { ...browserSkeleton.frame, blocks, head: { filters: 0, scaling: "never" } };
    const network = instantiate(deep, { ...scale, widthMultiplier: 1 });
    const inference = await createInference(
      foldBatchNorm(network, randomParameters(network, 1)),
      randomImage(network, 1),
    );
    const held = memory().numBytes;
    const { peakBytes } = await profile(() => {
      inference.run();
    });
    inference.dispose();
    const sizes = network.nodes.map(({ output }) => 4 * output.height * output.width * output.channels);
    // Input, output, a skip and the backend's own copies: a few activations, not all of them.
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(20 * Math.max(...sizes));
    expect(peakBytes - held).toBeLessThan(6 * Math.max(...sizes));
  });
});

describe("randomParameters", () => {
  test("keep every activation of deep networks within what half precision holds, and off zero", async () => {
    for (const seed of [1, 2, 3]) {
      const network = randomNetwork(seed);
      const image = randomImage(network, seed);
      const values = await logits(network, randomParameters(network, 1), image);
      for (const value of values) {
        expect(Math.abs(value)).toBeLessThan(1000);
        expect(Math.abs(value)).toBeGreaterThan(1e-6);
      }
    }
  });
});
