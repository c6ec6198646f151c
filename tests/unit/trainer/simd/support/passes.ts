import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import { createRandom, defaultSettings, listParameters, type Network, type Recipe } from "../../../../../src/core";
import type { Batch } from "../../../../../src/data";
import type { Kernels } from "../../../../../src/trainer/simd/kernels";
import { createSimdTrainee } from "../../../../../src/trainer/simd/trainee";
import { predict, trainingPass } from "../../../../../src/trainer/tfjs/forward";
import { crossEntropy, smoothedTargets } from "../../../../../src/trainer/tfjs/loss";
import type { Weights } from "../../../../../src/trainer/weights";
import { randomValues, scoped } from "../../support";
import { distanceFromBends, dropoutStream, oraclePass, type Pass, type PassOptions } from "./oracle";

/** A batch of noise whose labels reach over all classes. */
export function noise({ scale }: Network, count: number, seed: number): Batch {
  const images = randomValues(count * scale.inputSize ** 2 * scale.channels, seed);
  const random = createRandom(seed + 1);
  return { images, labels: Uint16Array.from({ length: count }, () => random.integer(scale.classes)), count };
}

export function recipeOf(changes: Partial<Recipe>): Recipe {
  return { ...defaultSettings.recipe, ...changes };
}

const SMOOTHING = 0.1;
const SHARE = 0.3;

export interface Comparison {
  /** Images of a batch. */
  count: number;
  seed: number;
  /**
   * How far a value before an activation may be off in either engine. Where one is nearer than this to where its
   * activation bends, the slope there is a matter of luck and all gradients before it with it: another batch is drawn.
   */
  rounding: number;
}

/** The same pass of a network in both engines (TensorFlow.js on its current backend) and in double precision. */
export async function threePasses(kernels: Kernels, network: Network, { count, seed, rounding }: Comparison) {
  for (let attempt = 0; attempt < 50; attempt++) {
    const [first, second, batch] = [1, 2, 3].map((i) =>
      noise(network, count, 1000 * seed + 10 * attempt + i),
    ) as Triple;
    const { weights, pass: simd } = await simdPass(kernels, network, [first, second, batch], seed);
    if (distanceFromBends(network, weights, batch) < rounding) continue;
    const options = () => ({
      ...{ batch, smoothing: SMOOTHING, share: SHARE },
      random: dropoutStream(network, seed, 2, count),
    });
    const tfjs = tfjsPass(network, weights, options());
    return { weights, ...options(), simd, tfjs, truth: oraclePass(network, weights, options()) };
  }
  throw new Error("Every batch had a value too near to where its activation bends.");
}

type Triple = [Batch, Batch, Batch];

/**
 * A pass of the SIMD engine for the last batch, and the weights with which it was made: on the batches before it the
 * network was trained, so that gamma, beta and biases are not all ones and zeros.
 */
async function simdPass(
  kernels: Kernels,
  network: Network,
  batches: Triple,
  seed: number,
): Promise<{ weights: Weights; pass: Pass }> {
  const [first, second, batch] = batches;
  const recipe = recipeOf({ batchSize: batch.count, labelSmoothing: SMOOTHING, weightDecay: 0 });
  const trainee = createSimdTrainee(kernels, network, recipe, seed);
  for (const earlier of [first, second]) await trainee.step(earlier, { learningRate: 0.1, statisticsShare: 0.5 });
  const weights = trainee.weights();
  const loss = await trainee.step(batch, { learningRate: 0, statisticsShare: SHARE });
  const gradients = new Map([...trainee.gradients()].filter(([name]) => !name.includes("/moving")));
  const statistics = new Map([...trainee.weights()].filter(([name]) => name.includes("/moving")));
  const inferenceLogits = trainee.logits(batch);
  // With the batch's own statistics for moving ones, inference gives the logits of training.
  await trainee.step(batch, { learningRate: 0, statisticsShare: 1 });
  const trainingLogits = trainee.logits(batch);
  return { weights, pass: { loss, trainingLogits, inferenceLogits, statistics, gradients } };
}

/** The same pass on the current TensorFlow.js backend. */
function tfjsPass(network: Network, weights: Weights, { batch, smoothing, share, random }: PassOptions): Pass {
  return scoped(() => {
    const { inputSize, channels, classes } = network.scale;
    const images = tensor(batch.images, [batch.count, inputSize, inputSize, channels]);
    const tensors = tensorsOf(network, weights);
    const drops = network.nodes.some(({ kind }) => kind === "dropout");
    const pass = trainingPass(network, tensors, images, random);
    const still = drops ? trainingPass(withoutDropout(network), tensors, images, random).logits : pass.logits;
    const { value, slope } = crossEntropy(pass.logits, smoothedTargets(batch, classes, smoothing));
    const gradients = read(pass.backward(slope));
    const statistics = new Map(
      [...read(pass.statistics)].map(([name, values]) => {
        const before = weights.get(name) as Float32Array;
        return [name, values.map((one, c) => (before[c] as number) * (1 - share) + one * share)];
      }),
    );
    const inference = predict(network, tensorsOf(network, new Map([...weights, ...statistics])), images);
    return {
      loss: value.dataSync()[0] as number,
      trainingLogits: still.dataSync(),
      inferenceLogits: inference.dataSync(),
      statistics,
      gradients,
    };
  });
}

function tensorsOf(network: Network, weights: Weights): Map<string, Tensor> {
  return new Map(
    listParameters(network).map(({ name, shape }) => [name, tensor(weights.get(name) as Float32Array, [...shape])]),
  );
}

function read(tensors: ReadonlyMap<string, Tensor>): Map<string, Float32Array> {
  return new Map([...tensors].map(([name, value]) => [name, value.dataSync<"float32">()]));
}

function withoutDropout(network: Network): Network {
  return { ...network, nodes: network.nodes.map((node) => (node.kind === "dropout" ? { ...node, rate: 0 } : node)) };
}
