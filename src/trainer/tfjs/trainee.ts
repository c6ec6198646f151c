import { add, dispose, mul, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { createRandom, deriveSeed, listParameters, type Network, type Recipe } from "../../core";
import type { Batch } from "../../data";
import type { StepRates, Trainee } from "../run";
import { scoreLogits } from "../score";
import { initialWeights, type Weights } from "../weights";
import { type Averages, createAverages } from "./averages";
import { predict, trainingPass } from "./forward";
import { crossEntropy, smoothedTargets } from "./loss";
import { createOptimizer } from "./optimizer";
import { download, replace, type Tensors } from "./tensors";

/** A trainee that holds tensors until it is disposed of. */
export interface TfjsTrainee extends Trainee {
  /** What predictions are made with: the last weights, or after `finish` the averaged ones where there are such. */
  weights(): Promise<Weights>;
  dispose(): void;
}

/** Larger batches gain nothing and cost a GPU its memory. */
const VALIDATION_BATCH = 100;

/** A network on the current TensorFlow.js backend, trained on cross-entropy with label smoothing. */
export function createTrainee(network: Network, recipe: Recipe, seed: number): TfjsTrainee {
  const { inputSize, channels, classes } = network.scale;
  const random = createRandom(deriveSeed(seed, "dropout"));
  const parameters = listParameters(network);
  const optimizer = createOptimizer(parameters, recipe);
  const weights: Tensors = new Map();
  let averages: Averages | undefined;
  let predicting = weights;
  let stepsDone = 0;

  const free = () => {
    dispose([...weights.values()]);
    averages?.dispose();
    optimizer.dispose();
  };
  try {
    const values = initialWeights(network, seed);
    for (const { name, shape } of parameters) {
      replace(weights, name, tensor(values.get(name) as Float32Array, [...shape]));
    }
    if (recipe.averageDecay > 0) averages = createAverages(weights, recipe);
  } catch (error) {
    free();
    throw error;
  }

  const imagesOf = (batch: Batch) => tensor(batch.images, [batch.count, inputSize, inputSize, channels]);

  function blendStatistics(statistics: ReadonlyMap<string, Tensor>, share: number): void {
    for (const [name, value] of statistics) {
      replace(weights, name, add(mul(weights.get(name) as Tensor, 1 - share), mul(value, share)));
    }
  }

  return {
    validationBatch: VALIDATION_BATCH,
    async step(batch: Batch, rates: StepRates) {
      const loss = tidy(() => {
        const pass = trainingPass(network, weights, imagesOf(batch), random);
        const { value, slope } = crossEntropy(pass.logits, smoothedTargets(batch, classes, recipe.labelSmoothing));
        optimizer.update(weights, pass.backward(slope), rates.learningRate);
        blendStatistics(pass.statistics, rates.statisticsShare);
        averages?.follow(weights, stepsDone++);
        return value;
      });
      // Asked for after everything else was queued: the answer comes when all of it is done.
      return (await download(loss))[0] as number;
    },
    finish() {
      predicting = averages?.values ?? weights;
    },
    async score(batch: Batch) {
      const logits = await download(tidy(() => predict(network, predicting, imagesOf(batch))));
      return scoreLogits(logits, batch, classes);
    },
    async weights() {
      const named = [...predicting].map(async ([name, value]) => [name, await value.data<"float32">()] as const);
      return new Map(await Promise.all(named));
    },
    dispose: free,
  };
}
