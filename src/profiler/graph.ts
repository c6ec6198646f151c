import { type Activation, BATCH_NORM_EPSILON, IMAGE, listParameters, type Network, type Node, sizeOf } from "../core";

/** Values of a network's parameters, by the names that `listParameters` gives. */
export type ParameterValues = ReadonlyMap<string, Float32Array>;

export interface Weights {
  shape: readonly number[];
  values: Float32Array;
}

/** Convolution or depthwise convolution (SAME padding) with bias and activation in one operation. */
export interface FusedConvolution {
  kind: "conv" | "depthwise";
  stride: number;
  activation: Activation | "sigmoid";
  /** conv [k, k, in, out], depthwise [k, k, channels, 1]. */
  kernel: Weights;
  bias: Weights;
}

export type InferenceOperator =
  | FusedConvolution
  /** Average pooling with SAME padding. */
  | { kind: "pool"; kernel: number; stride: number }
  /** Mean over height and width: [1, 1, 1, C] where they are kept, else [1, C]. */
  | { kind: "mean"; keepDims: boolean }
  | { kind: "multiply" | "add" }
  /** Matrix product with bias; kernel [in, out]. */
  | { kind: "dense"; kernel: Weights; bias: Weights };

export type InferenceNode = InferenceOperator & {
  /** Earlier nodes by index; `IMAGE` is the input image. */
  inputs: readonly number[];
};

/**
 * A network as it is shipped: batch norm folded into the convolutions, activations fused, dropout gone. The profiler
 * times this graph, and an export writes it operation by operation.
 */
export interface InferenceGraph {
  /** NHWC of one image. */
  inputShape: readonly [1, number, number, number];
  /** The last one gives the logits, [1, classes]. */
  nodes: readonly InferenceNode[];
}

/**
 * The inference graph of a network with the given parameters. Batch norm becomes a factor on each output channel of the
 * kernel, gamma / sqrt(variance + epsilon), and a bias, beta - mean x factor.
 *
 * @throws RangeError where a parameter is missing or has the wrong size.
 */
export function foldBatchNorm(network: Network, parameters: ParameterValues): InferenceGraph {
  const weights = collectWeights(network, parameters);
  const nodes: InferenceNode[] = [];
  const positions: number[] = [];
  const position = (index: number) => (index === IMAGE ? IMAGE : (positions[index] as number));
  const append = (operator: InferenceOperator, inputs: readonly number[]) => nodes.push({ ...operator, inputs }) - 1;

  network.nodes.forEach((node, index) => {
    positions.push(appendNode(node, node.inputs.map(position), (role) => weights(`${index}/${role}`)));
  });
  const { inputSize, channels } = network.scale;
  return { inputShape: [1, inputSize, inputSize, channels], nodes };

  function appendNode(node: Node, inputs: number[], weight: (role: string) => Weights): number {
    switch (node.kind) {
      case "conv":
      case "depthwise": {
        const { kind, stride, activation } = node;
        return append({ kind, stride, activation, ...foldConvolution(weight) }, inputs);
      }
      case "squeezeExcite":
        return appendSqueezeExcite(inputs, weight);
      case "pool":
        return append({ kind: "pool", kernel: node.kernel, stride: node.stride }, inputs);
      case "add":
        return append({ kind: "add" }, inputs);
      case "globalPool":
        return append({ kind: "mean", keepDims: false }, inputs);
      case "dropout":
        return inputs[0] as number;
      case "dense":
        return append({ kind: "dense", kernel: weight("kernel"), bias: weight("bias") }, inputs);
    }
  }

  function appendSqueezeExcite(inputs: readonly number[], weight: (role: string) => Weights): number {
    const pointwise = (from: number, role: "squeeze" | "excite", activation: "relu" | "sigmoid") => {
      const { shape, values } = weight(`${role}Kernel`);
      const kernel = { shape: [1, 1, ...shape], values };
      return append({ kind: "conv", stride: 1, activation, kernel, bias: weight(`${role}Bias`) }, [from]);
    };
    const pooled = append({ kind: "mean", keepDims: true }, inputs);
    const gate = pointwise(pointwise(pooled, "squeeze", "relu"), "excite", "sigmoid");
    return append({ kind: "multiply" }, [inputs[0] as number, gate]);
  }
}

/** Kernels of both kinds of convolution hold one value per output channel in a row, [.., out] and [.., channels, 1]. */
function foldConvolution(weight: (role: string) => Weights): { kernel: Weights; bias: Weights } {
  const [gamma, beta, mean, variance] = (["gamma", "beta", "movingMean", "movingVariance"] as const).map(
    (role) => weight(role).values,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const kernel = weight("kernel");
  const channels = gamma.length;
  const factors = Array.from(gamma, (value, c) => value / Math.sqrt((variance[c] as number) + BATCH_NORM_EPSILON));
  return {
    kernel: { shape: kernel.shape, values: kernel.values.map((value, i) => value * (factors[i % channels] as number)) },
    bias: {
      shape: [channels],
      values: beta.map((value, c) => value - (mean[c] as number) * (factors[c] as number)),
    },
  };
}

function collectWeights(network: Network, parameters: ParameterValues): (name: string) => Weights {
  const weights = new Map<string, Weights>();
  for (const { name, shape } of listParameters(network)) {
    const values = parameters.get(name);
    const size = sizeOf(shape);
    if (!values) throw new RangeError(`Parameter "${name}" is missing; it should have ${size} values.`);
    if (values.length !== size) {
      throw new RangeError(`Parameter "${name}" has ${values.length} values, not ${size}.`);
    }
    weights.set(name, { shape, values });
  }
  return (name) => weights.get(name) as Weights;
}
