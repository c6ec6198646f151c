/** Any network as TensorFlow.js's own layers, from nothing of ours but the list of its nodes and its weights. */
import { clipByValue, div, add as plus, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { input, type LayersModel, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import {
  type Activation,
  BATCH_NORM_EPSILON,
  type ConvNode,
  type FusedActivation,
  IMAGE,
  listParameters,
  type Network,
  type Node,
} from "../../src/core";

/** A LayersModel from images [batch, height, width, channels] to logits. Weights: by the names of `listParameters`. */
export function createLayersModel(network: Network, weights: ReadonlyMap<string, Float32Array>): LayersModel {
  const { scale, nodes } = network;
  const image = input({ shape: [scale.inputSize, scale.inputSize, scale.channels] });
  const outputs: SymbolicTensor[] = [];
  nodes.forEach((node, index) => {
    const inputs = node.inputs.map((from) => (from === IMAGE ? image : outputs[from])) as SymbolicTensor[];
    outputs.push(appendNode(node, index, inputs));
  });
  const layersModel = model({ inputs: image, outputs: outputs.at(-1) as SymbolicTensor });
  setWeights(layersModel, network, weights);
  return layersModel;
}

type Applicable = { apply(x: SymbolicTensor): unknown };

function chain(x: SymbolicTensor, ...parts: Applicable[]): SymbolicTensor {
  return parts.reduce((tip, layer) => layer.apply(tip) as SymbolicTensor, x);
}

/** Layers that hold weights are named after their node, for `setWeights`. */
function appendNode(node: Node, index: number, inputs: SymbolicTensor[]): SymbolicTensor {
  const [from] = inputs as [SymbolicTensor];
  const name = `node${index}`;
  const normalised = (x: SymbolicTensor, activation: FusedActivation) =>
    activate(chain(x, layers.batchNormalization({ name: `${name}norm`, epsilon: BATCH_NORM_EPSILON })), activation);
  switch (node.kind) {
    case "conv":
      return normalised(convolve(node, name, from), node.activation);
    case "depthwise": {
      const { kernel: kernelSize, stride: strides } = node;
      const layer = layers.depthwiseConv2d({ name, kernelSize, strides, padding: "same", useBias: false });
      return node.norm === false ? chain(from, layer) : normalised(chain(from, layer), node.activation);
    }
    case "squeezeExcite": {
      const { channels } = node.input;
      const squeezed = chain(
        from,
        layers.globalAveragePooling2d({}),
        layers.reshape({ targetShape: [1, 1, channels] }),
        layers.dense({ name: `${name}squeeze`, units: node.squeezed, activation: node.activation }),
      );
      const excite = layers.dense({ name: `${name}excite`, units: channels });
      const gate = node.gate === "sigmoid" ? layers.activation({ activation: "sigmoid" }) : hardSigmoid();
      return layers.multiply().apply([from, chain(squeezed, excite, gate)]) as SymbolicTensor;
    }
    case "pool": {
      const config = { poolSize: node.kernel, strides: node.stride, padding: "same" } as const;
      return chain(from, node.reduce === "mean" ? layers.averagePooling2d(config) : layers.maxPooling2d(config));
    }
    case "activation":
      return activate(from, node.activation);
    case "add":
      return layers.add().apply(inputs) as SymbolicTensor;
    case "concat":
      return layers.concatenate().apply(inputs) as SymbolicTensor;
    case "globalPool":
      return chain(from, layers.globalAveragePooling2d({}));
    case "dropout":
      return chain(from, layers.dropout({ rate: node.rate }));
    case "dense":
      return chain(from, layers.dense({ name, units: node.output.channels }));
  }
}

function convolve({ kernel, columns = kernel, ...node }: ConvNode & Node, name: string, from: SymbolicTensor) {
  const { dilation = 1, stride, input, output } = node;
  const shared = { name, filters: output.channels, kernelSize: [kernel, columns], useBias: false };
  if (dilation === 1) return chain(from, layers.conv2d({ ...shared, strides: stride, padding: "same" }));
  // Layers either stride or dilate: SAME padding by hand, then a dilated convolution of which every stride-th is taken.
  const padding = (taps: number, before: number, after: number): [number, number] => {
    const total = Math.max(0, (after - 1) * stride + (taps - 1) * dilation + 1 - before);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  const sides = [padding(kernel, input.height, output.height), padding(columns, input.width, output.width)];
  return chain(
    from,
    layers.zeroPadding2d({ padding: sides as [[number, number], [number, number]] }),
    layers.conv2d({ ...shared, dilationRate: dilation, padding: "valid" }),
    layers.maxPooling2d({ poolSize: 1, strides: stride, padding: "same" }),
  );
}

function activate(x: SymbolicTensor, activation: Activation | "none"): SymbolicTensor {
  switch (activation) {
    case "none":
      return x;
    case "relu":
      return chain(x, layers.reLU());
    case "relu6":
      return chain(x, layers.reLU({ maxValue: 6 }));
    case "swish":
      return chain(x, layers.activation({ activation: "swish" }));
    case "hswish":
      return layers.multiply().apply([x, chain(x, hardSigmoid())]) as SymbolicTensor;
  }
}

/** The library's own has another slope, 0.2. */
class HardSigmoid extends layers.Layer {
  static readonly className = "HardSigmoidOfSixths";

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [x] = [inputs].flat() as [Tensor];
    return clipByValue(plus(div(x, 6), 0.5), 0, 1);
  }
}

function hardSigmoid(): HardSigmoid {
  return new HardSigmoid({});
}

/** Layer of a node by the part of its weights, as `appendNode` names them. */
const suffixes = {
  kernel: "",
  bias: "",
  gamma: "norm",
  beta: "norm",
  movingMean: "norm",
  movingVariance: "norm",
  squeezeKernel: "squeeze",
  squeezeBias: "squeeze",
  exciteKernel: "excite",
  exciteBias: "excite",
} as const;

function setWeights(layersModel: LayersModel, network: Network, values: ReadonlyMap<string, Float32Array>): void {
  const byLayer = new Map<string, Tensor[]>();
  for (const { name, node, role, shape } of listParameters(network)) {
    const layer = `node${node}${suffixes[role]}`;
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), tensor(values.get(name) as Float32Array, [...shape])]);
  }
  for (const [layer, tensors] of byLayer) {
    layersModel.getLayer(layer).setWeights(tensors);
    for (const each of tensors) each.dispose();
  }
}
