import type { Node } from "../../../core";
import type { Planner, Value } from "./planner";
import { beforeReceiving, input, needGradient, pieceScratch, plainValue, source, windowOf } from "./source";

/** The mean or the largest of a window. Of several largest places the first, row by row, gets the gradient. */
export function pool(
  planner: Planner,
  node: Extract<Node, { kind: "pool" }>,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels } = planner.options;
  const from = input(planner, node);
  const value = plainValue(planner, { ...node.output, channels: from.channels }, index, consumers);
  const gradient = needGradient(planner, value);
  const record = source(planner, from, index);
  const layer = planner.record("layer", () => ({
    source: record,
    norm: undefined,
    ...windowOf(node),
    weights: 0,
    weightGradient: 0,
    reversed: 0,
  }));
  const [forward, backward] =
    node.reduce === "max"
      ? ([kernels.maxPool, kernels.maxPoolBackward] as const)
      : ([kernels.averagePool, kernels.averagePoolBackward] as const);
  const name = node.reduce === "max" ? "max pool" : "average pool";
  planner.forward.push({
    kernel: name,
    multiplyAdds: 0,
    run: ({ images }) => forward(layer.address, images, value.data.address),
  });
  planner.backward.push({
    kernel: `${name} backward`,
    multiplyAdds: 0,
    run: ({ images }) => backward(layer.address, images, gradient.address),
  });
  return value;
}

export function globalPool(
  planner: Planner,
  node: Extract<Node, { kind: "globalPool" }>,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels } = planner.options;
  const from = input(planner, node);
  const value = plainValue(planner, { height: 1, width: 1, channels: from.channels }, index, consumers);
  const gradient = needGradient(planner, value);
  const record = source(planner, from, index);
  const { scratch } = planner;
  planner.needScratch(() => pieceScratch(planner, from.channels));
  planner.forward.push({
    kernel: "global pool",
    multiplyAdds: 0,
    run: ({ images }) => kernels.squeeze(record.address, images, value.data.address),
  });
  planner.backward.push(...beforeReceiving(planner, from), {
    kernel: "global pool backward",
    multiplyAdds: 0,
    run: ({ images }) => kernels.globalPoolBackward(record.address, images, gradient.address, scratch.address),
  });
  return value;
}
