import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { instantiate, listParameters, type Network, networkParameters, presets } from "../../../../src/core";
import { placeArrays } from "../../../../src/trainer/simd/descent";
import { type Kernels, loadKernels } from "../../../../src/trainer/simd/kernels";
import {
  layOutParameters,
  type ParameterLayout,
  readWeights,
  writeWeights,
} from "../../../../src/trainer/simd/parameters";
import { createSimdTrainee } from "../../../../src/trainer/simd/trainee";
import { initialWeights } from "../../../../src/trainer/weights";
import { randomNetwork, relativeError } from "../support";
import { networkOf } from "./support/networks";
import { noise, recipeOf } from "./support/passes";

let kernels: Kernels;

beforeAll(async () => {
  kernels = await loadKernels();
});

/** Nothing in it is a multiple of four. */
const odd: Network = networkOf({ inputSize: 9, classes: 7, channels: 3 }, [
  { kind: "conv", kernel: 3, stride: 1, filters: 5, activation: "relu6" },
  { kind: "conv", kernel: 1, stride: 1, filters: 10, activation: "relu" },
  { kind: "depthwise", kernel: 5, stride: 2, activation: "relu6" },
  { kind: "squeezeExcite", squeezed: 3, activation: "relu", gate: "sigmoid" },
  { kind: "conv", kernel: 3, stride: 1, filters: 10, activation: "none" },
  { kind: "pool", reduce: "mean", kernel: 3, stride: 1, inputs: [4] },
  { kind: "add", inputs: [4, 5] },
  { kind: "activation", activation: "hswish" },
  { kind: "depthwise", kernel: 3, stride: 1, activation: "none", norm: false },
  { kind: "conv", kernel: 3, columns: 1, dilation: 2, stride: 1, filters: 5, activation: "none" },
  { kind: "pool", reduce: "max", kernel: 3, stride: 1, inputs: [7] },
  { kind: "concat", inputs: [9, 10, 9] },
  { kind: "activation", activation: "swish" },
  { kind: "squeezeExcite", squeezed: 3, activation: "swish", gate: "hsigmoid" },
  { kind: "globalPool" },
  { kind: "dense", filters: 6 },
  { kind: "activation", activation: "relu6" },
  { kind: "dropout", rate: 0.2 },
  { kind: "dense" },
]);

const networks = fc.oneof(
  fc.constant(odd),
  fc.constant(instantiate(presets["mnasnet-small"], { inputSize: 32, widthMultiplier: 0.3, classes: 37, channels: 1 })),
  fc.nat(1000).map((seed) => randomNetwork(seed, 16, 0.35)),
);

test("weights come back as they were written, with zeros between them", () => {
  fc.assert(
    fc.property(networks, fc.nat(), (network, seed) => {
      const layout = layOutParameters(network);
      const weights = initialWeights(network, seed);
      const memory = new Float32Array(layout.total).fill(Number.NaN);
      writeWeights(layout, weights, memory);
      const read = readWeights(layout, memory);
      expect([...read.keys()].sort()).toEqual([...weights.keys()].sort());
      for (const [name, values] of weights) expect(relativeError(read.get(name) ?? [], values), name).toBe(0);
      const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + Math.abs(value), 0);
      const whole = [...weights.values()].reduce((total, values) => total + sum(values), 0);
      expect(sum(memory)).toBeCloseTo(whole, 3); // NaN where padding was not written
    }),
    { numRuns: 20 },
  );
});

test("what decays lies first, then what is trained, then moving statistics, and nothing overlaps", () => {
  fc.assert(
    fc.property(networks, (network) => {
      const { placements, decayed, trained, total } = layOutParameters(network);
      expect([...placements.keys()].sort()).toEqual(
        listParameters(network)
          .map(({ name }) => name)
          .sort(),
      );
      let end = 0;
      for (const { offset, length, parameter } of [...placements.values()].sort((a, b) => a.offset - b.offset)) {
        expect(offset).toBe(end);
        end += length;
        const part = end <= decayed ? "decayed" : end <= trained ? "trained" : "moving";
        const moving = parameter.role.startsWith("moving") ? "moving" : "trained";
        expect(part).toBe(/kernel$/i.test(parameter.role) ? "decayed" : moving);
      }
      expect(end).toBe(total);
      expect(trained).toBeGreaterThanOrEqual(networkParameters(network));
    }),
    { numRuns: 20 },
  );
});

/** Numbers of the layout that are no parameter's. */
function paddingOf(layout: ParameterLayout, values: Float32Array): Float32Array {
  const copy = values.slice();
  writeWeights(layout, new Map([...readWeights(layout, copy)].map(([name, array]) => [name, array.fill(1)])), copy);
  return values.filter((_, i) => copy[i] === 0);
}

test.each(["sgd", "rmsprop"] as const)("padding stays exactly zero while %s trains", async (optimizer) => {
  const recipe = recipeOf({ batchSize: 6, optimizer, averageDecay: 0.9, gradientClip: 0.5, labelSmoothing: 0.1 });
  const trainee = createSimdTrainee(kernels, odd, recipe, 1);
  for (let step = 0; step < 10; step++)
    await trainee.step(noise(odd, 6, step), { learningRate: 0.1, statisticsShare: 0.3 });
  trainee.finish();

  const layout = layOutParameters(odd);
  const FIRST_ADDRESS = 65536;
  const arrays = placeArrays(layout, recipe, FIRST_ADDRESS);
  const numbers = (address: number, count: number) => new Float32Array(kernels.memory.buffer, address, count);
  const weights = numbers(arrays.weights, layout.total);
  expect([...readWeights(layout, weights)], "weights are where the test looks").toEqual([...trainee.weights()]);

  const padding = paddingOf(layout, weights);
  expect(padding.length).toBeGreaterThan(500);
  expect(padding.every((value) => value === 0)).toBe(true);
  const trained = { ...layout, total: layout.trained };
  for (const address of [arrays.gradients, arrays.velocities]) {
    const whole = new Float32Array(layout.total);
    whole.set(numbers(address, trained.total));
    expect(paddingOf(layout, whole).every((value) => value === 0)).toBe(true);
    expect(whole.some((value) => value !== 0)).toBe(true);
  }
});
