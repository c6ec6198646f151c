import type { Node } from "../../../core";
import type { Slot } from "../arena";
import { padded } from "../padding";
import { deliver } from "../records";
import type { Planner, Value } from "./planner";
import { beforeReceiving, input, lastUse, needGradient, parameter, pieceScratch, source } from "./source";

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

  const squeezeKernel = parameter(planner, index, "squeezeKernel");
  const squeezeBias = parameter(planner, index, "squeezeBias");
  const exciteKernel = parameter(planner, index, "exciteKernel");
  const exciteBias = parameter(planner, index, "exciteBias");
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
      kernels.squeeze(ungated.address, images, means.address);
      const toHidden = [squeezeKernel.weights, squeezeBias.weights, squeezed, hidden.address] as const;
      kernels.dense(images, means.address, channels, ...toHidden, scratch.address);
      kernels.relu(hidden.address, images * squeezed);
      const toGates = [exciteKernel.weights, exciteBias.weights, channels, gates.address] as const;
      kernels.dense(images, hidden.address, squeezed, ...toGates, scratch.address);
      kernels.sigmoid(gates.address, images * channels);
    },
  });
  planner.backward.push(...beforeReceiving(planner, from), {
    kernel: "squeeze-excite backward",
    multiplyAdds: 4 * node.input.channels * node.squeezed,
    run({ images }) {
      const gradient = (value.gradient ?? needGradient(planner, value)).address;
      if (gated) kernels.sumForGates(gated.address, images, gradient, scratch.address);
      kernels.gateBackward(gates.address, images * channels, gateSums.address);
      const excite = [gateSums.address, exciteKernel.gradient, exciteBias.gradient, dHidden.address] as const;
      kernels.denseBackward(
        images,
        hidden.address,
        squeezed,
        exciteKernel.weights,
        channels,
        ...excite,
        scratch.address,
      );
      kernels.reluBackward(hidden.address, images * squeezed, dHidden.address);
      const squeeze = [dHidden.address, squeezeKernel.gradient, squeezeBias.gradient, dMeans.address] as const;
      kernels.denseBackward(
        images,
        means.address,
        channels,
        squeezeKernel.weights,
        squeezed,
        ...squeeze,
        scratch.address,
      );
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
