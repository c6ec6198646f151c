import {
  add,
  batchNorm,
  concat,
  matMul,
  mean,
  mul,
  reshape,
  split,
  sum,
  type Tensor,
  tensor,
  transpose,
  zerosLike,
} from "@tensorflow/tfjs-core";
import {
  BATCH_NORM_EPSILON,
  type FusedActivation,
  type Node,
  type Parameter,
  type Random,
  type SqueezeExciteNode,
} from "../../core";
import { activate, computeActivation, computeGate } from "./activation";
import { normalise, normaliseGradient } from "./batchNorm";
import {
  convolve,
  convolveDepthwise,
  convolveFilterGradient,
  convolveInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
} from "./convolution";
import { narrow, widen } from "./dilation";
import type { Part } from "./part";
import { averagePool, maximumPool } from "./pooling";

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

/** Computes one node. Activations are [batch, height, width, channels]; from `globalPool` on [batch, channels]. */
export function compute(node: Node, inputs: readonly Tensor[], context: Context): Computed {
  const [x, other] = inputs as [Tensor, Tensor];
  switch (node.kind) {
    case "conv":
    case "depthwise":
      return computeConvolution(node, x, context);
    case "squeezeExcite":
      return squeezeAndExcite(node, x, context);
    case "pool":
      return ofOneInput(node.reduce === "mean" ? averagePool(node, x) : maximumPool(node, x));
    case "activation":
      return ofOneInput(computeActivation(x, node.activation));
    case "add":
      return { output: add(x, other), backward: (dy) => [dy, dy] };
    case "concat":
      return join(inputs);
    case "globalPool":
      return { output: mean(x, [1, 2]), backward: (dy) => [add(zerosLike(x), sharePerPlace(dy, x))] };
    case "dropout":
      return dropOut(x, node.rate, context);
    case "dense":
      return ofOneInput(linear(x, "kernel", "bias", context));
  }
}

function ofOneInput({ output, backward }: Part): Computed {
  return { output, backward: (dy) => [backward(dy)] };
}

function join(inputs: readonly Tensor[]): Computed {
  const channels = inputs.map(({ shape }) => shape[3] as number);
  return { output: concat([...inputs], 3), backward: (dy) => split(dy, channels, 3) };
}

type Convolution = Extract<Node, { kind: "conv" | "depthwise" }>;

function computeConvolution(node: Convolution, x: Tensor, context: Context): Computed {
  const { stride } = node;
  const operation = node.kind === "conv" ? CONV : DEPTHWISE;
  const dilation = node.kind === "conv" ? (node.dilation ?? 1) : 1;
  const kernel = dilation > 1 ? widen(context.weight("kernel"), dilation) : context.weight("kernel");
  const raw = operation.forward(x, kernel, stride);
  const isBare = node.kind === "depthwise" && node.norm === false;
  const normalised = isBare ? unchanged(raw) : normaliseNode(raw, node.activation, context);
  return {
    output: normalised.output,
    backward(dy) {
      const dRaw = normalised.backward(dy);
      const dKernel = operation.filterGradient(x, dRaw, kernel.shape, stride);
      context.training?.gradient("kernel", dilation > 1 ? narrow(dKernel, dilation) : dKernel);
      return context.training?.wantsInput ? [operation.inputGradient(dRaw, kernel, x.shape, stride)] : [];
    },
  };
}

function unchanged(output: Tensor): Part {
  return { output, backward: (dy) => dy };
}

const CONV = { forward: convolve, inputGradient: convolveInputGradient, filterGradient: convolveFilterGradient };
const DEPTHWISE = {
  forward: convolveDepthwise,
  inputGradient: depthwiseInputGradient,
  filterGradient: depthwiseFilterGradient,
};

function normaliseNode(x: Tensor, activation: FusedActivation, { weight, training }: Context): Part {
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

function squeezeAndExcite({ activation, gate }: SqueezeExciteNode, x: Tensor, context: Context): Computed {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const squeeze = linear(mean(x, [1, 2]), "squeezeKernel", "squeezeBias", context);
  const hidden = computeActivation(squeeze.output, activation);
  const excite = linear(hidden.output, "exciteKernel", "exciteBias", context);
  const gates = computeGate(excite.output, gate);
  const factors = reshape(gates.output, [batch, 1, 1, channels]);
  return {
    output: mul(x, factors),
    backward(dy) {
      const dHidden = excite.backward(gates.backward(sum(mul(dy, x), [1, 2])));
      const dMean = squeeze.backward(hidden.backward(dHidden));
      return [add(mul(dy, factors), sharePerPlace(dMean, x))];
    },
  };
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

function dropOut(x: Tensor, rate: number, { training }: Context): Computed {
  if (!training) return { output: x, backward: (dy) => [dy] };
  const kept = Float32Array.from({ length: x.size }, () => (training.random.uniform() < rate ? 0 : 1 / (1 - rate)));
  const mask = tensor(kept, x.shape);
  return { output: mul(x, mask), backward: (dy) => [mul(dy, mask)] };
}
