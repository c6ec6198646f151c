/** TensorFlow.js as its guide has it: a LayersModel, `compile` and `trainOnBatch`, nothing of ours but the weights. */
import { env, oneHot, setBackend, type Tensor, tensor, tensor1d, train } from "@tensorflow/tfjs-core";
import { input, type LayersModel, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { type Activation, BATCH_NORM_EPSILON, IMAGE, listParameters, type Network, type Node } from "../../src/core";
import type { Batch } from "../../src/data";
import { initialWeights } from "../../src/trainer/weights";

interface StockOptions {
  /** Of the initial weights, which are those of every other engine. */
  seed: number;
  learningRate: number;
  momentum: number;
}

export interface StockModel {
  /** One step; resolves to the batch's mean loss before it. */
  step(): Promise<number>;
}

/** Makes a backend current, untouched but for leave to render without a GPU. */
export async function loadStockBackend(name: "webgl" | "cpu"): Promise<void> {
  if (name === "webgl") {
    await import("@tensorflow/tfjs-backend-webgl");
    env().set("SOFTWARE_WEBGL_ENABLED", true);
  } else {
    await import("@tensorflow/tfjs-backend-cpu");
  }
  if (!(await setBackend(name))) throw new Error(`The ${name} backend of TensorFlow.js did not start.`);
}

/** A network as a LayersModel, trained with categorical cross-entropy and Nesterov momentum. */
export function createStockModel(network: Network, batch: Batch, options: StockOptions): StockModel {
  const { inputSize, channels, classes } = network.scale;
  const layersModel = buildModel(network);
  setWeights(layersModel, network, options.seed);
  const optimizer = train.momentum(options.learningRate, options.momentum, true);
  layersModel.compile({ optimizer, loss: "categoricalCrossentropy" });
  const images = tensor(batch.images, [batch.count, inputSize, inputSize, channels]);
  const targets = oneHot(tensor1d(Int32Array.from(batch.labels), "int32"), classes);
  return {
    async step() {
      return (await layersModel.trainOnBatch(images, targets)) as number;
    },
  };
}

function buildModel({ scale, nodes }: Network): LayersModel {
  const image = input({ shape: [scale.inputSize, scale.inputSize, scale.channels] });
  const outputs: SymbolicTensor[] = [];
  nodes.forEach((node, index) => {
    const inputs = node.inputs.map((from) => (from === IMAGE ? image : outputs[from])) as SymbolicTensor[];
    outputs.push(appendNode(node, index, inputs));
  });
  const probabilities = layers.softmax().apply(outputs.at(-1) as SymbolicTensor) as SymbolicTensor;
  return model({ inputs: image, outputs: probabilities });
}

/** Layers that hold weights are named after their node, for `setWeights`. */
function appendNode(node: Node, index: number, inputs: SymbolicTensor[]): SymbolicTensor {
  const [from] = inputs as [SymbolicTensor];
  const name = `node${index}`;
  const then = (x: SymbolicTensor, ...chain: { apply(x: SymbolicTensor): unknown }[]) =>
    chain.reduce((tip, layer) => layer.apply(tip) as SymbolicTensor, x);
  switch (node.kind) {
    case "conv":
    case "depthwise": {
      const shared = { name, kernelSize: node.kernel, strides: node.stride, padding: "same", useBias: false } as const;
      const convolution =
        node.kind === "conv"
          ? layers.conv2d({ ...shared, filters: node.output.channels })
          : layers.depthwiseConv2d(shared);
      const norm = layers.batchNormalization({ name: `${name}norm`, epsilon: BATCH_NORM_EPSILON });
      return then(from, convolution, norm, ...activationLayers(node.activation));
    }
    case "squeezeExcite": {
      const { channels } = node.input;
      const factors = then(
        from,
        layers.globalAveragePooling2d({}),
        layers.reshape({ targetShape: [1, 1, channels] }),
        layers.dense({ name: `${name}squeeze`, units: node.squeezed, activation: "relu" }),
        layers.dense({ name: `${name}excite`, units: channels, activation: "sigmoid" }),
      );
      return layers.multiply().apply([from, factors]) as SymbolicTensor;
    }
    case "add":
      return layers.add().apply(inputs) as SymbolicTensor;
    case "globalPool":
      return then(from, layers.globalAveragePooling2d({}));
    case "dense":
      return then(from, layers.dense({ name, units: node.output.channels }));
    default:
      throw new TypeError(`The reference networks hold no ${node.kind}.`);
  }
}

function activationLayers(activation: Activation) {
  if (activation === "none") return [];
  return [layers.reLU(activation === "relu6" ? { maxValue: 6 } : {})];
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

function setWeights(layersModel: LayersModel, network: Network, seed: number): void {
  const values = initialWeights(network, seed);
  const byLayer = new Map<string, Tensor[]>();
  for (const { name, node, role, shape } of listParameters(network)) {
    const layer = `node${node}${suffixes[role]}`;
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), tensor(values.get(name) as Float32Array, [...shape])]);
  }
  for (const [layer, tensors] of byLayer) layersModel.getLayer(layer).setWeights(tensors);
}
