import { beforeAll, expect, test } from "vitest";
import { instantiate, type Network, type SqueezeExciteNode } from "../../../../src/core";
import { type Kernels, loadKernels } from "../../../../src/trainer/simd/kernels";
import { loadBackend } from "../../../../src/trainer/tfjs/backends";
import { networkOf, type Step } from "./support/networks";
import { oracleLoss } from "./support/oracle";
import { threePasses } from "./support/passes";

/**
 * The loss of a plain forward pass in double precision, a weight moved by this much either way: the difference has
 * about nine digits (rounding of the loss, 1e-16, over the step; the cubic term, the step squared). In single precision,
 * where the loss has seven digits, no step would leave more than three.
 */
const STEP = 1e-5;
/** No value may pass where its activation bends while a weight moves. */
const FAR_FROM_BENDS = 2e-4;

let kernels: Kernels;

beforeAll(async () => {
  await loadBackend("cpu");
  kernels = await loadKernels();
});

const head: Step[] = [{ kind: "globalPool" }, { kind: "dense" }];
const conv = (kernel: number, filters: number, activation: "none" | "relu6"): Step => ({
  ...{ kind: "conv", kernel, stride: 1, filters, activation },
});
const squeezeExcite = (
  squeezed: number,
  activation: SqueezeExciteNode["activation"] = "relu",
  gate: SqueezeExciteNode["gate"] = "sigmoid",
): Step => ({ kind: "squeezeExcite", squeezed, activation, gate });
const norms = networkOf({ inputSize: 8, classes: 3, channels: 1 }, [
  ...[conv(3, 5, "none"), conv(1, 3, "none"), conv(3, 2, "relu6")],
  ...head,
]);
const gates = networkOf({ inputSize: 8, classes: 3, channels: 1 }, [
  ...[conv(3, 5, "none"), { kind: "depthwise", kernel: 3, stride: 2, activation: "none" } as const],
  ...[squeezeExcite(3), conv(1, 4, "none")],
  ...[conv(3, 4, "none"), squeezeExcite(2), { kind: "add", inputs: [3, 5] } as const],
  ...[conv(1, 3, "relu6"), ...head],
]);
const hard = networkOf({ inputSize: 8, classes: 3, channels: 1 }, [
  ...[conv(3, 5, "none"), { kind: "activation", activation: "hswish" } as const, squeezeExcite(3, "swish", "hsigmoid")],
  ...[conv(1, 3, "none"), { kind: "activation", activation: "swish" } as const, { kind: "globalPool" } as const],
  ...[{ kind: "dense", filters: 5 } as const, { kind: "activation", activation: "hswish" } as const],
  { kind: "dense" },
]);
const cell = networkOf({ inputSize: 8, classes: 3, channels: 1 }, [
  { kind: "conv", kernel: 3, stride: 2, filters: 3, activation: "none" },
  { kind: "pool", reduce: "max", kernel: 3, stride: 1 },
  { kind: "depthwise", kernel: 3, stride: 1, activation: "none", norm: false, inputs: [0] },
  { kind: "conv", kernel: 1, columns: 3, stride: 1, filters: 3, activation: "none" },
  { kind: "concat", inputs: [3, 1, 0] },
  { kind: "activation", activation: "swish" },
  { kind: "conv", kernel: 3, dilation: 2, stride: 2, filters: 4, activation: "none" },
  { kind: "activation", activation: "relu" },
  ...head,
]);
const everything = instantiate(
  {
    stem: { filters: 4, stride: 2 },
    blocks: [
      { operation: "mbconv", expansion: 3, kernel: 3, seRatio: 0.5, skip: "pool", filters: 4, layers: 1, stride: 2 },
      { operation: "conv", expansion: 1, kernel: 3, seRatio: 0, skip: "identity", filters: 4, layers: 1, stride: 1 },
    ],
    head: { filters: 8, scaling: "never" },
    activation: "relu",
    dropout: 0,
    divisor: 4,
  },
  { inputSize: 9, widthMultiplier: 1, classes: 3, channels: 1 },
);

test.each<[string, Network]>([
  ["batch norm", norms],
  ["squeeze-and-excite", gates],
  ["activations and gates", hard],
  ["what a cell does", cell],
  ["every kind of block", everything],
])("gradients are the slopes of the loss: %s", async (_, network) => {
  const { simd, truth, weights, batch, smoothing } = await threePasses(kernels, network, {
    ...{ count: 4, seed: 2, rounding: FAR_FROM_BENDS },
  });
  const moved = new Map([...weights].map(([name, values]) => [name, Float64Array.from(values)]));
  let largest = 0;
  let simdError = 0;
  let truthError = 0;
  for (const [name, expected] of truth.gradients) {
    const values = moved.get(name) as Float64Array;
    const found = simd.gradients.get(name) ?? [];
    expect(found).toHaveLength(values.length);
    values.forEach((value, i) => {
      const lossAt = (weight: number) => {
        values[i] = weight;
        return oracleLoss(network, moved, batch, smoothing);
      };
      const slope = (lossAt(value + STEP) - lossAt(value - STEP)) / (2 * STEP);
      values[i] = value;
      largest = Math.max(largest, Math.abs(slope));
      simdError = Math.max(simdError, Math.abs((found[i] as number) - slope));
      truthError = Math.max(truthError, Math.abs((expected[i] as number) - slope));
    });
  }
  expect(largest).toBeGreaterThan(0.01);
  expect(truthError).toBeLessThan(1e-7 * largest);
  expect(simdError).toBeLessThan(1e-5 * largest);
});
