import type { Activation } from "./architecture";
import {
  type ConvNode,
  type DepthwiseNode,
  IMAGE,
  type Network,
  type Node,
  type Operator,
  type Place,
  type Shape,
} from "./network";

/** A network in the making: nodes are appended one by one and named by their index. */
export interface Builder {
  /** Appends a node and gives its index. `filters` are its output channels, the first input's where absent. */
  append(operator: Operator, inputs: readonly number[], place: Place, filters?: number): number;
  /** Appends a convolution and its activation: fused where a convolution can, else as a node of its own. */
  appendActivated(
    convolution: Omit<ConvNode, "activation"> | Omit<DepthwiseNode, "activation">,
    activation: Activation,
    input: number,
    place: Place,
    filters?: number,
  ): number;
  shapeOf(index: number): Shape;
  /** The nodes that lead to the last one, in their order. */
  finish(): Network;
}

export function createBuilder(scale: Network["scale"]): Builder {
  const nodes: Node[] = [];
  const image: Shape = { height: scale.inputSize, width: scale.inputSize, channels: scale.channels };

  const shapeOf = (index: number): Shape => {
    if (index === IMAGE) return image;
    const node = nodes[index];
    if (!node) throw new RangeError(`The network has no node ${index} yet.`);
    return node.output;
  };

  const append: Builder["append"] = (operator, inputs, place, filters) => {
    const shapes = inputs.map(shapeOf);
    const input = shapes[0];
    if (!input) throw new RangeError(`A ${operator.kind} needs an input.`);
    nodes.push({ ...operator, inputs, input, output: outputShape(operator, shapes, input, filters), place });
    return nodes.length - 1;
  };

  return {
    append,
    appendActivated(convolution, activation, input, place, filters) {
      const fused = activation === "relu" || activation === "relu6";
      const filtered = append({ ...convolution, activation: fused ? activation : "none" }, [input], place, filters);
      return fused ? filtered : append({ kind: "activation", activation }, [filtered], place);
    },
    shapeOf,
    finish: () => ({ scale, nodes: withoutDead(nodes) }),
  };
}

function outputShape(operator: Operator, inputs: readonly Shape[], input: Shape, filters = input.channels): Shape {
  switch (operator.kind) {
    case "conv":
    case "depthwise":
    case "pool":
      return {
        height: Math.ceil(input.height / operator.stride),
        width: Math.ceil(input.width / operator.stride),
        channels: filters,
      };
    case "concat":
      return { ...input, channels: inputs.reduce((sum, { channels }) => sum + channels, 0) };
    case "globalPool":
    case "dense":
      return { height: 1, width: 1, channels: filters };
    default:
      return input;
  }
}

function withoutDead(nodes: readonly Node[]): Node[] {
  const alive = new Set([nodes.length - 1]);
  for (let index = nodes.length - 1; index >= 0; index--) {
    if (alive.has(index)) for (const input of nodes[index]?.inputs ?? []) alive.add(input);
  }
  const kept = nodes.map((_, index) => index).filter((index) => alive.has(index));
  const renumbered = new Map(kept.map((index, position) => [index, position]));
  return nodes
    .filter((_, index) => alive.has(index))
    .map((node) => ({ ...node, inputs: node.inputs.map((input) => renumbered.get(input) ?? IMAGE) }));
}
