import { add, type Tensor } from "@tensorflow/tfjs-core";
import { IMAGE, type Network, type Random } from "../../core";
import { type Computed, compute } from "./operators";

/** Tensors by the names of `listParameters`. */
export type WeightTensors = ReadonlyMap<string, Tensor>;

/** Logits [batch, classes] of images [batch, height, width, channels], by batch norm's moving statistics. */
export function predict(network: Network, weights: WeightTensors, images: Tensor): Tensor {
  const outputs: Tensor[] = [];
  network.nodes.forEach((node, index) => {
    const inputs = node.inputs.map((input) => (input === IMAGE ? images : (outputs[input] as Tensor)));
    const { output } = compute(node, inputs, { weight: (role) => lookUp(weights, `${index}/${role}`) });
    outputs.push(output);
  });
  return outputs[outputs.length - 1] as Tensor;
}

/** A forward pass in training mode, and the way back from the gradient of its logits. */
export interface TrainingPass {
  logits: Tensor;
  /** This batch's mean and variance by the names of the moving ones. */
  statistics: ReadonlyMap<string, Tensor>;
  /** Gradients of all trained weights by name. */
  backward(dLogits: Tensor): ReadonlyMap<string, Tensor>;
}

export function trainingPass(network: Network, weights: WeightTensors, images: Tensor, random: Random): TrainingPass {
  const statistics = new Map<string, Tensor>();
  const gradients = new Map<string, Tensor>();
  const computed: Computed[] = [];
  network.nodes.forEach((node, index) => {
    const inputs = node.inputs.map((input) => (input === IMAGE ? images : (computed[input] as Computed).output));
    const training = {
      random,
      gradient: (role: string, value: Tensor) => gradients.set(`${index}/${role}`, value),
      statistics(mean: Tensor, variance: Tensor) {
        statistics.set(`${index}/movingMean`, mean).set(`${index}/movingVariance`, variance);
      },
      wantsInput: node.inputs.some((input) => input !== IMAGE),
    };
    computed.push(compute(node, inputs, { weight: (role) => lookUp(weights, `${index}/${role}`), training }));
  });

  const last = computed.length - 1;
  return {
    logits: (computed[last] as Computed).output,
    statistics,
    backward(dLogits) {
      const slopes = new Map<number, Tensor>([[last, dLogits]]);
      for (let index = last; index >= 0; index--) {
        const slope = slopes.get(index);
        if (!slope) throw new Error(`Node ${index} of the network does not lead to its logits.`);
        const inputSlopes = (computed[index] as Computed).backward(slope);
        network.nodes[index]?.inputs.forEach((input, i) => {
          const more = inputSlopes[i];
          const known = slopes.get(input);
          if (more) slopes.set(input, known ? add(known, more) : more);
        });
      }
      return gradients;
    },
  };
}

function lookUp(weights: WeightTensors, name: string): Tensor {
  const weight = weights.get(name);
  if (!weight) throw new Error(`The network has no weight "${name}".`);
  return weight;
}
