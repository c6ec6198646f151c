import {
  add,
  avgPool,
  conv2d,
  depthwiseConv2d,
  div,
  engine,
  grads,
  logSoftmax,
  matMul,
  mean,
  moments,
  mul,
  neg,
  ones,
  relu,
  relu6,
  reshape,
  rsqrt,
  type Scalar,
  setBackend,
  sigmoid,
  sub,
  sum,
  type Tensor,
  type Tensor4D,
  tensor,
  tidy,
  variable,
  variableGrads,
} from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { beforeAll, describe, expect, test } from "vitest";
import {
  BATCH_NORM_EPSILON,
  createRandom,
  type FusedActivation,
  listParameters,
  type Network,
  networkParameters,
  sizeOf,
} from "../../../src/core";
import { loadBackend } from "../../../src/trainer/tfjs/backends";
import { normalise, normaliseGradient } from "../../../src/trainer/tfjs/batchNorm";
import { trainingPass } from "../../../src/trainer/tfjs/forward";
import { crossEntropy } from "../../../src/trainer/tfjs/loss";
import { initialWeights } from "../../../src/trainer/weights";
import { everyNode } from "./everyNode";
import { plainForward } from "./plain";
import { randomNetwork, randomValues, relativeError, scoped, wasmPath } from "./support";

const activations = ["none", "relu", "relu6"] as const;
const backends = ["cpu", "wasm"] as const;

beforeAll(async () => {
  await loadBackend("cpu");
  await loadBackend("wasm", { wasmPath });
});

describe.each(backends)("batch norm in closed form on %s", (backend) => {
  const shape = [3, 4, 5, 6] as [number, number, number, number];
  const make = () => ({
    x: add(mul(tensor(randomValues(360, 1), shape), 3), 2),
    gamma: tensor(randomValues(6, 2)),
    beta: add(tensor(randomValues(6, 3)), 1),
    dy: tensor(randomValues(360, 4), shape),
  });

  test.each(activations)("agrees with automatic differentiation, activation %s", async (activation) => {
    await setBackend(backend);
    tidy(() => {
      const { x, gamma, beta, dy } = make();
      const forward = normalise(x, gamma, beta, activation);
      const closed = normaliseGradient(dy, gamma, forward, activation);
      const output = stockBatchNorm(x, gamma, beta, activation);
      const differentiate = grads((x, gamma, beta) => sum(mul(stockBatchNorm(x, gamma, beta, activation), dy)));
      const [dx, dGamma, dBeta] = differentiate([x, gamma, beta]) as [Tensor, Tensor, Tensor];
      expect(relativeError(forward.output.dataSync(), output.dataSync())).toBeLessThan(1e-5);
      expect(relativeError(closed.x.dataSync(), dx.dataSync())).toBeLessThan(1e-5);
      expect(relativeError(closed.gamma.dataSync(), dGamma.dataSync())).toBeLessThan(1e-5);
      expect(relativeError(closed.beta.dataSync(), dBeta.dataSync())).toBeLessThan(1e-5);
    });
  });

  test("agrees with finite differences", async () => {
    await setBackend(backend);
    tidy(() => {
      const { x, gamma, beta, dy } = make();
      const forward = normalise(x, gamma, beta, "none");
      const slope = normaliseGradient(dy, gamma, forward, "none").x.dataSync();
      const values = x.dataSync();
      const outcome = (at: number, nudge: number) => {
        const nudged = Float32Array.from(values);
        nudged[at] = (nudged[at] as number) + nudge;
        return weightedOutput(nudged, shape, gamma.dataSync(), beta.dataSync(), dy.dataSync());
      };
      for (const at of [0, 17, 101, 359]) {
        const difference = (outcome(at, 0.05) - outcome(at, -0.05)) / 0.1;
        expect(slope[at]).toBeCloseTo(difference, 2);
      }
    });
  });

  test("its variance does not cancel far from zero", async () => {
    await setBackend(backend);
    tidy(() => {
      const values = randomValues(4000, 7).map((value) => 1000 + value);
      const { variance } = normalise(tensor(values, [10, 20, 20, 1]), tensor([1]), tensor([0]), "none");
      const average = values.reduce((total, value) => total + value, 0) / 4000;
      const truth = values.reduce((total, value) => total + (value - average) ** 2, 0) / 4000;
      expect(relativeError(variance.dataSync(), [truth])).toBeLessThan(1e-3);
    });
  });
});

describe("gradients of whole networks agree with TensorFlow.js's automatic ones through stock operations", () => {
  test.each([1, 2, 3, 4])("random architecture %i", async (seed) => {
    const network = randomNetwork(seed, 24, 0.25);
    await setBackend("cpu");
    const truth = stockGradients(network, seed);
    expect(truth.size).toBe(listParameters(network).filter(({ trainable }) => trainable).length);
    for (const backend of backends) {
      await setBackend(backend);
      const ours = ownGradients(network, seed);
      expect([...ours.keys()].sort()).toEqual([...truth.keys()].sort());
      for (const [name, expected] of truth) {
        // A shift that the next batch norm takes out again has gradient zero, and both sides show rounding there.
        const error = relativeError(ours.get(name) as Float32Array, expected, ROUNDING);
        expect(error, `${name} on ${backend}`).toBeLessThan(1e-3);
      }
    }
  });

  test.each([8, 7])(
    "every other kind of node on %i px: with differences of plain loops in double precision",
    async (size) => {
      const network = everyNode(size);
      const trained = listParameters(network).filter(({ trainable }) => trainable);
      const sample = trained.map(({ name, shape }) => {
        const places = somePlaces(sizeOf(shape));
        return { name, places, truth: places.map((place) => differenceQuotient(network, size, name, place)) };
      });
      for (const backend of backends) {
        await setBackend(backend);
        const ours = ownGradients(network, size);
        expect(ours.size).toBe(trained.length);
        for (const { name, places, truth } of sample) {
          const slopes = places.map((place) => ours.get(name)?.[place] as number);
          expect(relativeError(slopes, truth, ROUNDING), `${name} on ${backend}`).toBeLessThan(1e-3);
        }
      }
    },
  );

  test("the trained weights are as many as core counts", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const network = randomNetwork(seed, 32);
      const sizes = [...ownGradients(network, seed).values()].map(({ length }) => length);
      expect(sizes.reduce((total, size) => total + size, 0)).toBe(networkParameters(network));
    }
  });
});

function somePlaces(length: number): number[] {
  return [...new Set([0.3, 0.9].map((share) => Math.floor(share * length)))];
}

/** The slope of the loss over one weight: the middle of two losses beside it, in plain loops. */
function differenceQuotient(network: Network, seed: number, name: string, place: number): number {
  const lossAt = (nudge: number) => {
    const weights = new Map(
      [...initialWeights(network, seed)].map(([key, values]) => [key, Float64Array.from(values)]),
    );
    const nudged = weights.get(name) as Float64Array;
    nudged[place] = (nudged[place] as number) + nudge;
    return plainLoss(network, seed, weights);
  };
  const reach = 1e-6;
  return (lossAt(reach) - lossAt(-reach)) / (2 * reach);
}

function plainLoss(network: Network, seed: number, weights: ReadonlyMap<string, Float64Array>): number {
  const { inputSize, channels, classes } = network.scale;
  const values = Float64Array.from(imageValues(network, seed));
  const logits = plainForward(
    network,
    weights,
    { count: BATCH, height: inputSize, width: inputSize, channels, values },
    true,
  );
  const wanted = targetRows(network);
  let loss = 0;
  wanted.forEach((row, n) => {
    const mine = logits.subarray(n * classes, (n + 1) * classes);
    const total = Math.log(mine.reduce((sum, value) => sum + Math.exp(value), 0));
    row.forEach((share, c) => {
      loss -= (share * ((mine[c] as number) - total)) / BATCH;
    });
  });
  return loss;
}

const BATCH = 4;
const ROUNDING = 3e-3;

function ownGradients(network: Network, seed: number): Map<string, Float32Array> {
  return scoped(() => {
    const values = initialWeights(network, seed);
    const weights = new Map(
      listParameters(network).map(({ name, shape }) => [name, tensor(values.get(name) as Float32Array, [...shape])]),
    );
    const pass = trainingPass(network, weights, images(network, seed), createRandom(1));
    const gradients = pass.backward(crossEntropy(pass.logits, targets(network)).slope);
    return new Map([...gradients].map(([name, gradient]) => [name, gradient.dataSync() as Float32Array]));
  });
}

/** An independent forward pass of stock operations, differentiated by TensorFlow.js. */
function stockGradients(network: Network, seed: number): Map<string, Float32Array> {
  const values = initialWeights(network, seed);
  const weights = new Map(
    listParameters(network)
      .filter(({ trainable }) => trainable)
      .map(({ name, shape }) => [name, variable(tensor(values.get(name) as Float32Array, [...shape]), true, name)]),
  );
  const result = scoped(() => {
    const { grads } = variableGrads(() => {
      const outputs: Tensor[] = [];
      network.nodes.forEach((node, index) => {
        const weight = (role: string) => weights.get(`${index}/${role}`) as Tensor;
        const [x, other] = node.inputs.map((i) => outputs[i] ?? images(network, seed)) as [Tensor4D, Tensor];
        outputs.push(stockNode(node, x, other, weight));
      });
      const logits = outputs[outputs.length - 1] as Tensor;
      return div(neg(sum(mul(targets(network), logSoftmax(logits)))), BATCH) as Scalar;
    });
    return new Map(Object.entries(grads).map(([name, gradient]) => [name, gradient.dataSync() as Float32Array]));
  });
  engine().disposeVariables();
  return result;
}

function stockNode(
  node: Network["nodes"][number],
  x: Tensor4D,
  other: Tensor,
  weight: (role: string) => Tensor,
): Tensor {
  const filter = () => weight("kernel") as Tensor4D;
  const norm = (y: Tensor, activation: FusedActivation) =>
    stockBatchNorm(y, weight("gamma"), weight("beta"), activation);
  switch (node.kind) {
    case "conv":
      return norm(conv2d(x, filter(), node.stride, "same"), node.activation);
    case "depthwise":
      return norm(depthwiseConv2d(x, filter(), node.stride, "same"), node.activation);
    case "squeezeExcite": {
      const hidden = relu(add(matMul(mean(x, [1, 2]), weight("squeezeKernel")), weight("squeezeBias")));
      const gate = sigmoid(add(matMul(hidden, weight("exciteKernel")), weight("exciteBias")));
      return mul(x, reshape(gate, [BATCH, 1, 1, -1]));
    }
    case "pool": {
      const window = ones([node.kernel, node.kernel, node.input.channels, 1]) as Tensor4D;
      const count = depthwiseConv2d(ones(x.shape) as Tensor4D, window, node.stride, "same");
      const pooled = div(depthwiseConv2d(x, window, node.stride, "same"), count);
      const stock = avgPool(x, node.kernel, node.stride, "same");
      expect(relativeError(pooled.dataSync(), stock.dataSync())).toBeLessThan(1e-5);
      return pooled;
    }
    case "add":
      return add(x, other);
    case "globalPool":
      return mean(x, [1, 2]);
    case "dense":
      return add(matMul(x, weight("kernel")), weight("bias"));
    default:
      throw new Error(`The default space has no ${node.kind}.`);
  }
}

function stockBatchNorm(x: Tensor, gamma: Tensor, beta: Tensor, activation: FusedActivation): Tensor {
  const { mean: average, variance } = moments(x, [0, 1, 2]);
  const y = add(mul(mul(sub(x, average), rsqrt(add(variance, BATCH_NORM_EPSILON))), gamma), beta);
  if (activation === "none") return y;
  return activation === "relu" ? relu(y) : relu6(y);
}

function images(network: Network, seed: number): Tensor {
  const { inputSize, channels } = network.scale;
  return tensor(imageValues(network, seed), [BATCH, inputSize, inputSize, channels]);
}

function imageValues({ scale }: Network, seed: number): Float32Array {
  return randomValues(BATCH * scale.inputSize ** 2 * scale.channels, seed + 100);
}

function targets(network: Network): Tensor {
  return tensor(targetRows(network));
}

function targetRows({ scale }: Network): number[][] {
  return Array.from({ length: BATCH }, (_, i) =>
    Array.from({ length: scale.classes }, (_, c) => (c === (3 * i) % scale.classes ? 0.91 : 0.01)),
  );
}

/** Batch norm in double precision, weighted by dy and summed. */
function weightedOutput(
  x: ArrayLike<number>,
  shape: readonly number[],
  gamma: ArrayLike<number>,
  beta: ArrayLike<number>,
  dy: ArrayLike<number>,
): number {
  const channels = shape[shape.length - 1] as number;
  let total = 0;
  for (let c = 0; c < channels; c++) {
    const values = Array.from(x).filter((_, i) => i % channels === c);
    const slopes = Array.from(dy).filter((_, i) => i % channels === c);
    const average = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - average) ** 2, 0) / values.length;
    values.forEach((value, i) => {
      const standard = (value - average) / Math.sqrt(variance + BATCH_NORM_EPSILON);
      total += (slopes[i] as number) * (standard * (gamma[c] as number) + (beta[c] as number));
    });
  }
  return total;
}
