import type { Slot } from "../arena";
import { deliver } from "../records";
import { type Excitation, excitation, type SqueezeExciteNode } from "./excitation";
import type { Planner, Value } from "./planner";
import { beforeReceiving, gradientOf, input, needGradient, pieceScratch, plainValue, source } from "./source";

/** Global mean, two dense layers, and gates that the consumer applies while it loads the values where they are raw. */
export function squeezeExcite(
  planner: Planner,
  node: SqueezeExciteNode,
  index: number,
  consumers: readonly number[],
): Value {
  const from = input(planner, node);
  const gating = excitation(planner, node, index, consumers, from.channels);
  planner.needScratch(() => Math.max(gating.scratch, pieceScratch(planner, from.channels)));
  return from.norm
    ? gateWhileLoading(planner, from, gating, index, consumers)
    : gateNow(planner, from, gating, index, consumers);
}

/** Of a convolution's raw values that nothing else reads. */
function gateWhileLoading(
  planner: Planner,
  from: Value,
  gating: Excitation,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels, network } = planner.options;
  const { means, gates, gateSums, dMeans } = gating;
  const value: Value = { ...from, gates, gateSums, producer: index, consumers, gradient: undefined };
  const ungated = source(planner, from, index);
  const { scratch } = planner;
  const reader = network.nodes[consumers[0] ?? -1];
  // A convolution leaves its gradient for the gates alone, which becomes the norm's in place, and sums for the gates.
  const convolved = consumers.length === 1 && (reader?.kind === "conv" || reader?.kind === "depthwise");
  if (convolved && from.gradient) {
    value.gradient = from.gradient;
    from.gradient.from = planner.back(consumers[0] as number);
  }
  const gated = convolved ? undefined : gatedRecord(planner, value);
  planner.forward.push({
    kernel: "squeeze-excite",
    multiplyAdds: gating.multiplyAdds,
    run({ images }) {
      kernels.squeeze(ungated.address, images, means.address);
      gating.forward(images);
    },
  });
  planner.backward.push(...beforeReceiving(planner, from), {
    kernel: "squeeze-excite backward",
    multiplyAdds: 2 * gating.multiplyAdds,
    run({ images }) {
      const gradient = gradientOf(value);
      if (gated) kernels.sumForGates(gated.address, images, gradient, scratch.address);
      gating.backward(images);
      kernels.squeezeBackward(ungated.address, images, gradient, gates.address, dMeans.address);
    },
  });
  return value;
}

/** Of finished values: the gated ones are stored too. */
function gateNow(
  planner: Planner,
  from: Value,
  gating: Excitation,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels } = planner.options;
  const { means, gates, gateSums, dMeans } = gating;
  const value = plainValue(planner, from, index, consumers);
  value.data.until = planner.back(index); // the sums of the gates are over them
  const gradient = needGradient(planner, value);
  const ungated = source(planner, from, index);
  const gated = gatedRecord(planner, { ...value, gateSums });
  const { scratch } = planner;
  planner.forward.push({
    kernel: "squeeze-excite",
    multiplyAdds: gating.multiplyAdds,
    run({ images }) {
      kernels.squeeze(ungated.address, images, means.address);
      gating.forward(images);
      kernels.gateValues(ungated.address, images, gates.address, value.data.address);
    },
  });
  planner.backward.push({
    kernel: "squeeze-excite backward",
    multiplyAdds: 2 * gating.multiplyAdds,
    run({ images }) {
      const at = scratch.address;
      kernels.sumForGates(gated.address, images, gradient.address, at);
      gating.backward(images);
      kernels.gateValuesBackward(ungated.address, images, gradient.address, gates.address, dMeans.address, at);
    },
  });
  return value;
}

/** For the sums of the gates, where no consumer finds them on its way. */
function gatedRecord(planner: Planner, { data, channels, height, width, norm, gates, gateSums }: Value): Slot {
  const nowhere = { gradient: undefined, deliver: deliver.store };
  return planner.record("source", () => ({ data, channels, height, width, norm, gates, gateSums, ...nowhere }));
}
