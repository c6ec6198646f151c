import "@tensorflow/tfjs-backend-cpu";
import { memory, profile, setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type Architecture,
  browserSkeleton,
  createRandom,
  instantiate,
  type Network,
  parseBlock,
  presets,
  spaces,
} from "../../../src/core";
import { foldBatchNorm, type ParameterValues } from "../../../src/profiler/graph";
import { createInference } from "../../../src/profiler/inference";
import { randomParameters } from "../../../src/profiler/weights";
import { loadBackend } from "../../../src/trainer/tfjs/backends";
import { everyNode } from "../trainer/everyNode";
import { plainForward } from "../trainer/plain";
import { wasmPath } from "../trainer/support";

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

/** The network as core's nodes define it, in plain loops. */
function unfused(network: Network, parameters: ParameterValues, image: Float32Array): Float64Array {
  const { inputSize, channels } = network.scale;
  const field = { count: 1, height: inputSize, width: inputSize, channels, values: Float64Array.from(image) };
  return plainForward(network, parameters, field, false);
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
  await loadBackend("wasm", { wasmPath });
});

beforeEach(async () => {
  await setBackend("cpu");
});

describe("foldBatchNorm", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("random network %d gives the logits of the unfused one", async (seed) => {
    await expectSame(randomNetwork(seed, seed % 2 ? 24 : 25), seed);
  });

  test("networks with ReLU, dropout and seven blocks too", async () => {
    await expectSame(instantiate(presets["mnasnet-a1"], { inputSize: 32, widthMultiplier: 0.35, classes: 7 }), 1);
  });

  test.each([
    ["cpu", 14],
    ["cpu", 11],
    ["wasm", 14],
    ["wasm", 11],
  ])("networks with the nodes of cells and of later mobile networks too, on %s at %d px", async (backend, size) => {
    await setBackend(backend);
    await expectSame(everyNode(size), 1);
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
    const nasnet = instantiate(presets["nasnet-a-mobile"], { ...scale, inputSize: 32 });
    for (const network of [1, 2, 3].map((seed) => randomNetwork(seed)).concat(nasnet)) {
      const image = randomImage(network, 1);
      const values = await logits(network, randomParameters(network, 1), image);
      for (const value of values) {
        expect(Math.abs(value)).toBeLessThan(1000);
        expect(Math.abs(value)).toBeGreaterThan(1e-6);
      }
    }
  });
});
