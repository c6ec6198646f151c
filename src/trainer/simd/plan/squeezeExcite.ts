import type { Node, Parameter } from "../../../core";
import type { Slot } from "../arena";
import { padded } from "../padding";
import { deliver } from "../records";
import type { Planner, Value } from "./planner";
import { beforeReceiving, gradientOf, input, lastUse, parameter, pieceScratch, source } from "./source";

type SqueezeExciteNode = Extract<Node, { kind: "squeezeExcite" }>;

/** Global mean, two dense layers, and gates that the consumer applies while it loads the values. */
export function squeezeExcite(
  planner: Planner,
  node: SqueezeExciteNode,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels, batchSize, network } = planner.options;
  const { nodes } = network;
  const from = input(planner, node);
  if (!from.norm) throw new RangeError("Squeeze-and-excite must follow a convolution that nothing else reads.");
  const { channels } = from;
  const squeezed = padded(node.squeezed);
  const kept = { from: index, until: Math.max(planner.back(index), lastUse(planner, index, consumers, false)) };
  const now = { from: planner.back(index), until: planner.back(index) };
  const means = planner.slot(batchSize * channels, kept);
  const hidden = planner.slot(batchSize * squeezed, kept);
  const gates = planner.slot(batchSize * channels, kept);
  const gateSums = planner.slot(batchSize * channels, { from: planner.back(Math.max(...consumers)), until: now.until });
  const dHidden = planner.slot(batchSize * squeezed, now);
  const dMeans = planner.slot(batchSize * channels, now);
  const value: Value = { ...from, gates, gateSums, producer: index, consumers, gradient: undefined };

  const squeezing = linear(planner, index, "squeezeKernel", "squeezeBias");
  const exciting = linear(planner, index, "exciteKernel", "exciteBias");
  const ungated = source(planner, from, index);
  const { scratch } = planner;
  const reader = nodes[consumers[0] ?? -1];
  // A convolution leaves its gradient for the gates alone, which becomes the norm's in place, and sums for the gates.
  const convolved = consumers.length === 1 && (reader?.kind === "conv" || reader?.kind === "depthwise");
  if (convolved && from.gradient) {
    value.gradient = from.gradient;
    from.gradient.from = planner.back(consumers[0] as number);
  }
  const gated = convolved ? undefined : gatedRecord(planner, value);
  planner.needScratch(() => Math.max(4 * channels * squeezed, pieceScratch(planner, channels)));
  planner.forward.push({
    kernel: "squeeze-excite",
    multiplyAdds: 2 * node.input.channels * node.squeezed,
    run({ images }) {
      const at = scratch.address;
      const { weights: w1, bias: b1 } = squeezing;
      const { weights: w2, bias: b2 } = exciting;
      kernels.squeeze(ungated.address, images, means.address);
      kernels.dense(images, means.address, channels, w1, b1, squeezed, hidden.address, at);
      kernels.relu(hidden.address, images * squeezed);
      kernels.dense(images, hidden.address, squeezed, w2, b2, channels, gates.address, at);
      kernels.sigmoid(gates.address, images * channels);
    },
  });
  planner.backward.push(...beforeReceiving(planner, from), {
    kernel: "squeeze-excite backward",
    multiplyAdds: 4 * node.input.channels * node.squeezed,
    run({ images }) {
      const at = scratch.address;
      const gradient = gradientOf(value);
      const { weights: w1, weightGradient: dw1, biasGradient: db1 } = squeezing;
      const { weights: w2, weightGradient: dw2, biasGradient: db2 } = exciting;
      if (gated) kernels.sumForGates(gated.address, images, gradient, at);
      kernels.gateBackward(gates.address, images * channels, gateSums.address);
      const dh = dHidden.address;
      kernels.denseBackward(images, hidden.address, squeezed, w2, channels, gateSums.address, dw2, db2, dh, at);
      kernels.reluBackward(hidden.address, images * squeezed, dh);
      kernels.denseBackward(images, means.address, channels, w1, squeezed, dh, dw1, db1, dMeans.address, at);
      kernels.squeezeBackward(ungated.address, images, gradient, gates.address, dMeans.address);
    },
  });
  return value;
}

/** For consumers that do not find the sums of the gates on their way. */
function gatedRecord(planner: Planner, { data, channels, height, width, norm, gates, gateSums }: Value): Slot {
  const nowhere = { gradient: undefined, deliver: deliver.store };
  return planner.record("source", () => ({ data, channels, height, width, norm, gates, gateSums, ...nowhere }));
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
