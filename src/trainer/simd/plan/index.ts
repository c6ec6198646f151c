import { IMAGE, type Node } from "../../../core";
import { ALWAYS } from "../arena";
import { padded } from "../padding";
import { activation } from "./activation";
import { dense, dropout } from "./classifier";
import { concat } from "./concat";
import { convolution } from "./convolution";
import { type Plan, Planner, type PlanOptions, type Value } from "./planner";
import { globalPool, pool } from "./pooling";
import { canStayRaw, store } from "./source";
import { squeezeExcite } from "./squeezeExcite";
import { sum } from "./sum";

/**
 * Plans a network's training step. Gradients are laid out for a whole batch; inference takes any number up to it.
 * @throws RangeError for a network that no space holds: another node than a convolution reads the image, or what a dense
 * layer or dropout reads is read by others too
 */
export function planNetwork(options: PlanOptions): Plan {
  const { network, batchSize } = options;
  const { inputSize, channels, classes } = network.scale;
  const planner = new Planner(options);
  const consumers = consumersOf(network);
  const image = { height: inputSize, width: inputSize, channels };
  const images = planner.tensor(image, ALWAYS.from, ALWAYS.until);
  planner.values.set(IMAGE, { ...image, data: images, producer: IMAGE, consumers: consumers.get(IMAGE) ?? [] });
  const backward = network.nodes.map((node, index) => {
    planner.backward.length = 0;
    planner.values.set(index, lower(planner, node, index, consumers.get(index) ?? []));
    return [...planner.backward];
  });
  const last = planner.values.get(network.nodes.length - 1) as Value;
  const logitGradient = last.gradient ?? planner.slot(batchSize * padded(classes));
  const bytes = planner.layOut();
  return {
    bytes,
    images,
    logits: last.data,
    logitGradient,
    forward: planner.forward,
    backward: backward.reverse().flat(),
    write: () => planner.write(),
  };
}

function consumersOf({ nodes }: { nodes: readonly Node[] }): Map<number, number[]> {
  const consumers = new Map<number, number[]>();
  nodes.forEach((node, index) => {
    for (const input of node.inputs) consumers.set(input, [...(consumers.get(input) ?? []), index]);
  });
  return consumers;
}

/** Adds a node's calls to the plan; returns what it hands on. */
function lower(planner: Planner, node: Node, index: number, consumers: readonly number[]): Value {
  const value = lowerNode(planner, node, index, consumers);
  return value.norm && !canStayRaw(planner, value) ? store(planner, value) : value;
}

function lowerNode(planner: Planner, node: Node, index: number, consumers: readonly number[]): Value {
  // The image is not padded, and takes no gradient.
  if (node.kind !== "conv" && node.inputs.includes(IMAGE))
    throw new RangeError("Only a convolution can read the image.");
  switch (node.kind) {
    case "conv":
    case "depthwise":
      return convolution(planner, node, index, consumers);
    case "squeezeExcite":
      return squeezeExcite(planner, node, index, consumers);
    case "pool":
      return pool(planner, node, index, consumers);
    case "activation":
      return activation(planner, node, index, consumers);
    case "concat":
      return concat(planner, node, index, consumers);
    case "add":
      return sum(planner, node, index, consumers);
    case "globalPool":
      return globalPool(planner, node, index, consumers);
    case "dropout":
      return dropout(planner, node, index, consumers);
    case "dense":
      return dense(planner, node, index, consumers);
  }
}
