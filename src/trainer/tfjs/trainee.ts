import {
  add,
  dispose,
  exp,
  keep,
  logSoftmax,
  mul,
  neg,
  sub,
  sum,
  type Tensor,
  tensor,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import { createRandom, deriveSeed, listParameters, type Network, type Recipe } from "../../core";
import type { Batch } from "../../data";
import type { StepRates, Trainee } from "../run";
import { initialWeights } from "../weights";
import { predict, trainingPass } from "./forward";

/** A trainee that holds tensors until it is disposed of. */
export interface TfjsTrainee extends Trainee {
  dispose(): void;
}

/**
 * A network on the current TensorFlow.js backend. Cross-entropy with label smoothing; stochastic gradient descent with
 * Nesterov momentum; weight decay as an L2 term in the gradient of kernels, batch norm and biases left out.
 */
export function createTrainee(network: Network, recipe: Recipe, seed: number): TfjsTrainee {
  const { inputSize, channels, classes } = network.scale;
  const random = createRandom(deriveSeed(seed, "dropout"));
  const weights = new Map<string, Tensor>();
  const velocities = new Map<string, Tensor>();
  const decayed = new Set<string>();

  const values = initialWeights(network, seed);
  const free = () => dispose([...weights.values(), ...velocities.values()]);
  try {
    for (const { name, shape, trainable, role } of listParameters(network)) {
      replace(weights, name, tensor(values.get(name) as Float32Array, [...shape]));
      if (trainable) replace(velocities, name, zeros([...shape]));
      if (role.toLowerCase().endsWith("kernel")) decayed.add(name);
    }
  } catch (error) {
    free();
    throw error;
  }

  const imagesOf = (batch: Batch) => tensor(batch.images, [batch.count, inputSize, inputSize, channels]);

  function update(gradients: ReadonlyMap<string, Tensor>, learningRate: number): void {
    for (const [name, gradient] of gradients) {
      const weight = weights.get(name) as Tensor;
      const slope = decayed.has(name) ? add(gradient, mul(weight, recipe.weightDecay)) : gradient;
      const velocity = add(mul(velocities.get(name) as Tensor, recipe.momentum), slope);
      const move = add(slope, mul(velocity, recipe.momentum));
      replace(velocities, name, velocity);
      replace(weights, name, sub(weight, mul(move, learningRate)));
    }
  }

  function average(statistics: ReadonlyMap<string, Tensor>, share: number): void {
    for (const [name, value] of statistics) {
      replace(weights, name, add(mul(weights.get(name) as Tensor, 1 - share), mul(value, share)));
    }
  }

  return {
    async step(batch: Batch, rates: StepRates) {
      const loss = tidy(() => {
        const pass = trainingPass(network, weights, imagesOf(batch), random);
        const { value, slope } = crossEntropy(pass.logits, smoothedTargets(batch, classes, recipe.labelSmoothing));
        update(pass.backward(slope), rates.learningRate);
        average(pass.statistics, rates.statisticsShare);
        return value;
      });
      // Asked for after everything else was queued: the answer comes when all of it is done.
      return (await download(loss))[0] as number;
    },
    async countCorrect(batch: Batch) {
      const logits = await download(tidy(() => predict(network, weights, imagesOf(batch))));
      return countHits(logits, batch, classes);
    },
    dispose: free,
  };
}

/** Mean loss of a batch (a scalar) and its gradient by the logits [batch, classes]. */
export function crossEntropy(logits: Tensor, targets: Tensor): { value: Tensor; slope: Tensor } {
  const count = logits.shape[0] as number;
  const logProbabilities = logSoftmax(logits);
  return {
    value: mul(neg(sum(mul(targets, logProbabilities))), 1 / count),
    slope: mul(sub(exp(logProbabilities), targets), 1 / count),
  };
}

function smoothedTargets({ labels, count }: Batch, classes: number, smoothing: number): Tensor {
  const targets = new Float32Array(count * classes).fill(smoothing / classes);
  for (let i = 0; i < count; i++) {
    const at = i * classes + (labels[i] as number);
    targets[at] = (targets[at] as number) + 1 - smoothing;
  }
  return tensor(targets, [count, classes]);
}

function countHits(logits: Float32Array, { labels, count }: Batch, classes: number): number {
  let hits = 0;
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    if (!row.every(Number.isFinite)) return Number.NaN;
    if (row.indexOf(Math.max(...row)) === labels[i]) hits++;
  }
  return hits;
}

async function download(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

function replace(tensors: Map<string, Tensor>, name: string, value: Tensor): void {
  tensors.get(name)?.dispose();
  tensors.set(name, keep(value));
}
