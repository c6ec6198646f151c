import {
  add,
  batchNorm,
  fill,
  matMul,
  mean,
  mul,
  relu,
  reshape,
  sigmoid,
  step,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { type Activation, BATCH_NORM_EPSILON, type Node, type Parameter, type PoolNode, type Random } from "../../core";
import { activate } from "./activation";
import { normalise, normaliseGradient } from "./batchNorm";
import {
  convolve,
  convolveDepthwise,
  convolveFilterGradient,
  convolveInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
} from "./convolution";

/** What a node may ask for while it is computed. */
export interface Context {
  weight(role: Parameter["role"]): Tensor;
  /** Absent for inference: moving statistics, no dropout, no way back. */
  training?: {
    random: Random;
    /** Takes the gradient of one of the node's weights. */
    gradient(role: Parameter["role"], value: Tensor): void;
    statistics(mean: Tensor, variance: Tensor): void;
    /** Whether anybody wants the gradient of the node's input; the image's is not wanted. */
    wantsInput: boolean;
  };
}

/** A node's output, and the way from its gradient to the gradients of the inputs that want one. */
export interface Computed {
  output: Tensor;
  backward(dy: Tensor): Tensor[];
}

/** The same for a part of a node with one input. */
interface Part {
  output: Tensor;
  backward(dy: Tensor): Tensor;
}

/** Computes one node. Activations are [batch, height, width, channels]; from `globalPool` on [batch, channels]. */
export function compute(node: Node, inputs: readonly Tensor[], context: Context): Computed {
  const [x, other] = inputs as [Tensor, Tensor];
  switch (node.kind) {
    case "conv":
    case "depthwise":
      return computeConvolution(node, x, context);
    case "squeezeExcite":
      return squeezeAndExcite(x, context);
    case "pool":
      return averagePool(node, x);
    case "add":
      return { output: add(x, other), backward: (dy) => [dy, dy] };
    case "globalPool":
      return { output: mean(x, [1, 2]), backward: (dy) => [add(zerosLike(x), sharePerPlace(dy, x))] };
    case "dropout":
      return dropOut(x, node.rate, context);
    case "dense":
      return dense(x, context);
  }
}

type Convolution = Extract<Node, { kind: "conv" | "depthwise" }>;

function computeConvolution({ kind, stride, activation }: Convolution, x: Tensor, context: Context): Computed {
  const kernel = context.weight("kernel");
  const operation = kind === "conv" ? CONV : DEPTHWISE;
  const normalised = normaliseNode(operation.forward(x, kernel, stride), activation, context);
  return {
    output: normalised.output,
    backward(dy) {
      const dRaw = normalised.backward(dy);
      context.training?.gradient("kernel", operation.filterGradient(x, dRaw, kernel.shape, stride));
      return context.training?.wantsInput ? [operation.inputGradient(dRaw, kernel, x.shape, stride)] : [];
    },
  };
}

const CONV = { forward: convolve, inputGradient: convolveInputGradient, filterGradient: convolveFilterGradient };
const DEPTHWISE = {
  forward: convolveDepthwise,
  inputGradient: depthwiseInputGradient,
  filterGradient: depthwiseFilterGradient,
};

function normaliseNode(x: Tensor, activation: Activation, { weight, training }: Context): Part {
  const gamma = weight("gamma");
  const beta = weight("beta");
  if (!training) {
    const output = batchNorm(x, weight("movingMean"), weight("movingVariance"), beta, gamma, BATCH_NORM_EPSILON);
    return { output: activate(output, activation), backward: noWayBack };
  }
  const normalised = normalise(x, gamma, beta, activation);
  training.statistics(normalised.mean, normalised.variance);
  return {
    output: normalised.output,
    backward(dy) {
      const gradient = normaliseGradient(dy, gamma, normalised, activation);
      training.gradient("gamma", gradient.gamma);
      training.gradient("beta", gradient.beta);
      return gradient.x;
    },
  };
}

function noWayBack(): never {
  throw new Error("A forward pass for inference has no way back.");
}

function squeezeAndExcite(x: Tensor, context: Context): Computed {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const squeeze = linear(mean(x, [1, 2]), "squeezeKernel", "squeezeBias", context);
  const hidden = relu(squeeze.output);
  const excite = linear(hidden, "exciteKernel", "exciteBias", context);
  const gate = sigmoid(excite.output);
  const gates = reshape(gate, [batch, 1, 1, channels]);
  return {
    output: mul(x, gates),
    backward(dy) {
      const dGate = sum(mul(dy, x), [1, 2]);
      const dHidden = excite.backward(mul(dGate, mul(gate, sub(1, gate))));
      const dMean = squeeze.backward(mul(dHidden, step(hidden)));
      return [add(mul(dy, gates), sharePerPlace(dMean, x))];
    },
  };
}

function dense(x: Tensor, context: Context): Computed {
  const { output, backward } = linear(x, "kernel", "bias", context);
  return { output, backward: (dy) => [backward(dy)] };
}

function linear(x: Tensor, kernelRole: Parameter["role"], biasRole: Parameter["role"], context: Context): Part {
  const kernel = context.weight(kernelRole);
  return {
    output: add(matMul(x, kernel), context.weight(biasRole)),
    backward(dy) {
      context.training?.gradient(kernelRole, matMul(transpose(x), dy));
      context.training?.gradient(biasRole, sum(dy, 0));
      return matMul(dy, transpose(kernel));
    },
  };
}

/** The gradient of a mean over height and width at each of its places: [batch, 1, 1, channels]. */
function sharePerPlace(dMean: Tensor, x: Tensor): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  return reshape(mul(dMean, 1 / (height * width)), [batch, 1, 1, channels]);
}

/**
 * A depthwise convolution with ones, over the number of places under the kernel. TensorFlow.js's own gradient of avgPool
 * divides by the whole kernel at the border too, which its forward pass does not.
 */
function averagePool({ kernel, stride, input, output }: PoolNode & Node, x: Tensor): Computed {
  const rows = placesUnder(kernel, stride, input.height, output.height);
  const columns = placesUnder(kernel, stride, input.width, output.width);
  const parts = rows.flatMap((high) => columns.map((wide) => 1 / (high * wide)));
  const weights = tensor(parts, [1, output.height, output.width, 1]);
  const window = fill([kernel, kernel, input.channels, 1], 1);
  return {
    output: mul(convolveDepthwise(x, window, stride), weights),
    backward: (dy) => [depthwiseInputGradient(mul(dy, weights), window, x.shape, stride)],
  };
}

/** How many places of one side of the input each place of the output sees under SAME padding. */
function placesUnder(kernel: number, stride: number, input: number, output: number): number[] {
  const before = Math.floor(Math.max(0, (output - 1) * stride + kernel - input) / 2);
  return Array.from({ length: output }, (_, i) => {
    const start = i * stride - before;
    return Math.min(input, start + kernel) - Math.max(0, start);
  });
}

function dropOut(x: Tensor, rate: number, { training }: Context): Computed {
  if (!training) return { output: x, backward: (dy) => [dy] };
  const kept = Float32Array.from({ length: x.size }, () => (training.random.uniform() < rate ? 0 : 1 / (1 - rate)));
  const mask = tensor(kept, x.shape);
  return { output: mul(x, mask), backward: (dy) => [mul(dy, mask)] };
}
