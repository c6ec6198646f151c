import {
  type Activation,
  BATCH_NORM_EPSILON,
  type ConvNode,
  type FusedActivation,
  IMAGE,
  listParameters,
  type Network,
  type Node,
  type Padding,
  type SqueezeExciteNode,
  samePadding,
  sizeOf,
} from "../core";

/** Values of a network's parameters, by the names that `listParameters` gives. */
export type ParameterValues = ReadonlyMap<string, Float32Array>;

export interface Weights {
  shape: readonly number[];
  values: Float32Array;
}

/** Convolution or depthwise convolution with bias and activation in one operation. */
export interface FusedConvolution {
  kind: "conv" | "depthwise";
  stride: number;
  /** SAME padding where absent. */
  padding?: Padding;
  /** Places between two taps of the kernel. */
  dilation: number;
  activation: FusedActivation | "sigmoid";
  /** conv [rows, columns, in, out], depthwise [k, k, channels, 1]. */
  kernel: Weights;
  bias: Weights;
}

/** A function of each value by itself. */
export type ElementwiseKind = "relu" | "relu6" | "sigmoid";

export type InferenceOperator =
  | FusedConvolution
  /** Depthwise convolution (SAME padding) and nothing else. */
  | { kind: "bareDepthwise"; stride: number; kernel: Weights }
  /** Pooling with SAME padding. */
  | { kind: "pool"; reduce: "mean" | "max"; kernel: number; stride: number }
  /** Mean over height and width: [1, 1, 1, C] where they are kept, else [1, C]. */
  | { kind: "mean"; keepDims: boolean }
  /** Every second row and column, from the first or the second (0, 1). */
  | { kind: "everySecond"; from: readonly [row: number, column: number] }
  | { kind: ElementwiseKind }
  | { kind: "multiply" | "add" }
  /** The same number for every value. */
  | { kind: "addConstant" | "multiplyConstant"; constant: number }
  /** Inputs joined along the channels. */
  | { kind: "concat" }
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
  const append = (operator: InferenceOperator, ...inputs: number[]) => nodes.push({ ...operator, inputs }) - 1;

  network.nodes.forEach((node, index) => {
    positions.push(appendNode(node, node.inputs.map(position), (role) => weights(`${index}/${role}`)));
  });
  const { inputSize, channels } = network.scale;
  return { inputShape: [1, inputSize, inputSize, channels], nodes };

  function appendNode(node: Node, inputs: number[], weight: (role: string) => Weights): number {
    const x = inputs[0] as number;
    switch (node.kind) {
      case "conv":
        return appendConvolution(node, x, weight);
      case "depthwise": {
        const { kind, stride, activation } = node;
        if (node.norm === false) return append({ kind: "bareDepthwise", stride, kernel: weight("kernel") }, x);
        return append({ kind, stride, dilation: 1, activation, ...foldConvolution(weight) }, x);
      }
      case "squeezeExcite":
        return appendSqueezeExcite(node, x, weight);
      case "pool":
        return append({ kind: "pool", reduce: node.reduce, kernel: node.kernel, stride: node.stride }, x);
      case "activation":
        return appendActivation(node.activation, x);
      case "add":
      case "concat":
        return append({ kind: node.kind }, ...inputs);
      case "globalPool":
        return append({ kind: "mean", keepDims: false }, x);
      case "dropout":
        return x;
      case "dense":
        return append({ kind: "dense", kernel: weight("kernel"), bias: weight("bias") }, x);
    }
  }

  /**
   * Two things that TensorFlow.js (4.22.0) cannot do. It has no convolution that both strides and dilates; two by two,
   * all taps lie in every second row and column, and a plain convolution of those is the same. And with the word SAME its
   * WASM backend silently computes nothing where one side of a kernel is shorter than the stride and the other is not.
   */
  function appendConvolution(node: ConvNode & Node, x: number, weight: (role: string) => Weights): number {
    const { kind, stride, dilation = 1, activation, kernel, columns = kernel } = node;
    const convolution = { kind, stride, dilation, activation, ...foldConvolution(weight) };
    if (stride > 1 && dilation > 1) {
      const { rows, columns } = samePadding(node);
      const half = append({ kind: "everySecond", from: [rows[0] % 2, columns[0] % 2] }, x);
      return append({ ...convolution, stride: 1, dilation: 1 }, half);
    }
    if (stride > 1 && kernel !== columns) return append({ ...convolution, padding: samePadding(node) }, x);
    return append(convolution, x);
  }

  function appendActivation(activation: Activation, x: number): number {
    switch (activation) {
      case "relu":
      case "relu6":
        return append({ kind: activation }, x);
      case "swish":
        return append({ kind: "multiply" }, x, append({ kind: "sigmoid" }, x));
      case "hswish": {
        const shifted = append({ kind: "addConstant", constant: 3 }, x);
        return append({ kind: "multiply" }, x, appendSixth(append({ kind: "relu6" }, shifted)));
      }
    }
  }

  function appendSqueezeExcite(
    { activation, gate }: SqueezeExciteNode,
    x: number,
    weight: (role: string) => Weights,
  ): number {
    const pooled = append({ kind: "mean", keepDims: true }, x);
    const squeeze = pointwise("squeeze", weight);
    const hidden =
      activation === "relu"
        ? append({ ...squeeze, activation }, pooled)
        : appendActivation(activation, append(squeeze, pooled));
    const excite = pointwise("excite", weight);
    const factors =
      gate === "sigmoid"
        ? append({ ...excite, activation: gate }, hidden)
        : appendSixth(append({ ...excite, bias: plusThree(excite.bias), activation: "relu6" }, hidden));
    return append({ kind: "multiply" }, x, factors);
  }

  function appendSixth(x: number): number {
    return append({ kind: "multiplyConstant", constant: 1 / 6 }, x);
  }
}

/** One of the two dense layers of a squeeze-and-excite, as a convolution on its one pixel. */
function pointwise(role: "squeeze" | "excite", weight: (role: string) => Weights): FusedConvolution {
  const { shape, values } = weight(`${role}Kernel`);
  const kernel = { shape: [1, 1, ...shape], values };
  return { kind: "conv", stride: 1, dilation: 1, activation: "none", kernel, bias: weight(`${role}Bias`) };
}

/** hsigmoid(x) = relu6(x + 3) / 6: its first step is part of the bias before it. */
function plusThree({ shape, values }: Weights): Weights {
  return { shape, values: values.map((value) => value + 3) };
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
