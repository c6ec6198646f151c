import type { Network, Node } from "./network";

/** How an array of weights starts: normal with sqrt(2 / fan-out), uniform within 1 / sqrt(units), zeros or ones. */
export type Initializer = "he-fan-out" | "uniform-units" | "zeros" | "ones";

/** One array of weights of one node. */
export interface Parameter {
  /** Unique in the network: node index, then role, for example "4/kernel". */
  name: string;
  node: number;
  role:
    | "kernel"
    | "bias"
    | "gamma"
    | "beta"
    | "movingMean"
    | "movingVariance"
    | "squeezeKernel"
    | "squeezeBias"
    | "exciteKernel"
    | "exciteBias";
  /** conv [rows, columns, in, out], depthwise [k, k, channels, 1], dense and squeeze-and-excite [in, out], others [channels]. */
  shape: readonly number[];
  initializer: Initializer;
  /** Batch norm's moving statistics are not trained. */
  trainable: boolean;
}

/** Every array of weights of a network, in the order of its nodes. */
export function listParameters(network: Network): Parameter[] {
  return network.nodes.flatMap((node, index) =>
    parametersOf(node).map(([role, shape, initializer, trainable = true]) => ({
      name: `${index}/${role}`,
      node: index,
      role,
      shape,
      initializer,
      trainable,
    })),
  );
}

type Entry = [role: Parameter["role"], shape: number[], initializer: Initializer, trainable?: boolean];

function parametersOf(node: Node): Entry[] {
  const input = node.input.channels;
  const output = node.output.channels;
  switch (node.kind) {
    case "conv":
      return [
        ["kernel", [node.kernel, node.columns ?? node.kernel, input, output], "he-fan-out"],
        ...batchNorm(output),
      ];
    case "depthwise":
      return [
        ["kernel", [node.kernel, node.kernel, input, 1], "he-fan-out"],
        ...(node.norm === false ? [] : batchNorm(output)),
      ];
    case "squeezeExcite":
      return [
        ["squeezeKernel", [input, node.squeezed], "he-fan-out"],
        ["squeezeBias", [node.squeezed], "zeros"],
        ["exciteKernel", [node.squeezed, input], "he-fan-out"],
        ["exciteBias", [input], "zeros"],
      ];
    case "dense":
      return [
        ["kernel", [input, output], "uniform-units"],
        ["bias", [output], "zeros"],
      ];
    default:
      return [];
  }
}

function batchNorm(channels: number): Entry[] {
  return [
    ["gamma", [channels], "ones"],
    ["beta", [channels], "zeros"],
    ["movingMean", [channels], "zeros", false],
    ["movingVariance", [channels], "ones", false],
  ];
}

/** Number of values in a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
