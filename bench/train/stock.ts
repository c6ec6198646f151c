/** TensorFlow.js as its guide has it: a LayersModel, `compile` and `trainOnBatch`, nothing of ours but the weights. */
import { env, oneHot, setBackend, tensor, tensor1d, train } from "@tensorflow/tfjs-core";
import { layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { Network } from "../../src/core";
import type { Batch } from "../../src/data";
import { initialWeights } from "../../src/trainer/weights";
import { createLayersModel } from "../support/layersModel";

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
  const { inputs, outputs } = createLayersModel(network, initialWeights(network, options.seed));
  const probabilities = layers.softmax().apply(outputs) as SymbolicTensor;
  const layersModel = model({ inputs, outputs: probabilities });
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
