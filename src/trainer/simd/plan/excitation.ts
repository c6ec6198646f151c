import type { Node, Parameter } from "../../../core";
import type { Slot } from "../arena";
import { padded } from "../padding";
import { activationKinds } from "./activation";
import type { Planner } from "./planner";
import { lastUse, parameter } from "./source";

export type SqueezeExciteNode = Extract<Node, { kind: "squeezeExcite" }>;

/** The two dense layers of squeeze-and-excite, from means to gates. */
export interface Excitation {
  /** All [batch, channels]. */
  means: Slot;
  gates: Slot;
  /** Sums of gradient times gated values. */
  gateSums: Slot;
  /** Gradient by the means. */
  dMeans: Slot;
  /** Bytes of scratch that either direction needs. */
  scratch: number;
  multiplyAdds: number;
  /** From the means to the gates. */
  forward(images: number): void;
  /** From the gates' sums, which do not survive it, to the means' gradient. */
  backward(images: number): void;
}

export function excitation(
  planner: Planner,
  node: SqueezeExciteNode,
  index: number,
  consumers: readonly number[],
  channels: number,
): Excitation {
  const { kernels, batchSize } = planner.options;
  const squeezed = padded(node.squeezed);
  const kept = { from: index, until: Math.max(planner.back(index), lastUse(planner, index, consumers, false)) };
  const now = { from: planner.back(index), until: planner.back(index) };
  const means = planner.slot(batchSize * channels, kept);
  const hidden = planner.slot(batchSize * squeezed, kept);
  const gates = planner.slot(batchSize * channels, kept);
  const gateSums = planner.slot(batchSize * channels, { from: planner.back(Math.max(...consumers)), until: now.until });
  const dHidden = planner.slot(batchSize * squeezed, now);
  const dMeans = planner.slot(batchSize * channels, now);
  // The slope of ReLU is told from its output.
  const before = node.activation === "relu" ? hidden : planner.slot(batchSize * squeezed, kept);
  const kind = activationKinds[node.activation];
  const squeezing = linear(planner, index, "squeezeKernel", "squeezeBias");
  const exciting = linear(planner, index, "exciteKernel", "exciteBias");
  const [gate, gateBackward] =
    node.gate === "hsigmoid"
      ? ([kernels.hardSigmoid, kernels.hardGateBackward] as const)
      : ([kernels.sigmoid, kernels.gateBackward] as const);
  return {
    ...{ means, gates, gateSums, dMeans },
    scratch: 4 * channels * squeezed,
    multiplyAdds: 2 * node.input.channels * node.squeezed,
    forward(images) {
      const at = planner.scratch.address;
      const { weights: w1, bias: b1 } = squeezing;
      const { weights: w2, bias: b2 } = exciting;
      kernels.dense(images, means.address, channels, w1, b1, squeezed, before.address, at);
      kernels.activate(kind, before.address, images * squeezed, hidden.address);
      kernels.dense(images, hidden.address, squeezed, w2, b2, channels, gates.address, at);
      gate(gates.address, images * channels);
    },
    backward(images) {
      const at = planner.scratch.address;
      const { weights: w1, weightGradient: dw1, biasGradient: db1 } = squeezing;
      const { weights: w2, weightGradient: dw2, biasGradient: db2 } = exciting;
      const dh = dHidden.address;
      gateBackward(gates.address, images * channels, gateSums.address);
      kernels.denseBackward(images, hidden.address, squeezed, w2, channels, gateSums.address, dw2, db2, dh, at);
      kernels.activateBackward(kind, before.address, images * squeezed, dh, dh);
      kernels.denseBackward(images, means.address, channels, w1, squeezed, dh, dw1, db1, dMeans.address, at);
    },
  };
}

/** Addresses of a dense layer's weights and of their gradients. */
function linear(planner: Planner, index: number, kernelRole: Parameter["role"], biasRole: Parameter["role"]) {
  const kernel = parameter(planner, index, kernelRole);
  const bias = parameter(planner, index, biasRole);
  return {
    weights: kernel.weights,
    bias: bias.weights,
    weightGradient: kernel.gradient,
    biasGradient: bias.gradient,
  };
}
