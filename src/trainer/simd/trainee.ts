import { createRandom, deriveSeed, EvaluationError, type Network, type Recipe } from "../../core";
import type { Batch } from "../../data";
import type { StepRates, Trainee } from "../run";
import { scoreLogits } from "../score";
import { initialWeights, type Weights } from "../weights";
import { createDescent, placeArrays } from "./descent";
import type { Kernels } from "./kernels";
import { crossEntropy } from "./loss";
import { padded } from "./padding";
import { layOutParameters, readWeights, writeWeights } from "./parameters";
import { planNetwork } from "./plan";
import type { Call } from "./plan/planner";

/** A network in the kernels' memory; it lasts until the next one is made there. */
export interface SimdTrainee extends Trainee {
  /** Weights as they are now, without padding. */
  weights(): Weights;
  /** Gradients of the last step's batch, weight decay and clipping not applied. */
  gradients(): Weights;
  /** [count, classes] of a batch: a forward pass with the moving statistics. */
  logits(batch: Batch): Float32Array;
  /** The calls of one training step, in order; for profiling. */
  readonly calls: readonly Call[];
}

const PAGE = 65536;

/**
 * Plans a network into the kernels' memory and sets the weights it starts from. The memory grows where that is needed and is
 * reused by the next network.
 * @throws EvaluationError with code "out-of-memory" where the memory cannot grow so far.
 */
export function createSimdTrainee(
  kernels: Kernels,
  network: Network,
  recipe: Recipe,
  seed: number,
  start = initialWeights(network, seed),
): SimdTrainee {
  const { memory } = kernels;
  const { classes } = network.scale;
  const { batchSize, labelSmoothing } = recipe;
  const layout = layOutParameters(network);
  const arrays = placeArrays(layout, recipe, PAGE);
  const random = createRandom(deriveSeed(seed, "dropout"));
  const { weights, gradients } = arrays;
  const plan = planNetwork({ kernels, network, batchSize, layout, weights, gradients, base: arrays.end, random });
  ensureMemory(memory, plan.bytes);
  ensureMemory(memory, plan.write());

  const numbers = (address: number, count: number) => new Float32Array(memory.buffer, address, count);
  writeWeights(layout, start, numbers(weights, layout.total));
  const descent = createDescent(kernels, layout, arrays, recipe);
  const width = padded(classes);
  const images = numbers(plan.images.address, plan.images.bytes / 4);
  const logits = numbers(plan.logits.address, plan.logits.bytes / 4);
  const logitGradient = numbers(plan.logitGradient.address, plan.logitGradient.bytes / 4);

  function predict(batch: Batch): Float32Array {
    images.set(batch.images);
    for (const call of plan.forward) call.run({ images: batch.count, training: false, statisticsShare: 0 });
    const rows = new Float32Array(batch.count * classes);
    for (let i = 0; i < batch.count; i++) rows.set(logits.subarray(i * width, i * width + classes), i * classes);
    return rows;
  }

  return {
    validationBatch: batchSize,
    async step(batch: Batch, rates: StepRates) {
      const pass = { images: batch.count, training: true, statisticsShare: rates.statisticsShare };
      images.set(batch.images);
      for (const call of plan.forward) call.run(pass);
      const loss = crossEntropy(logits, batch, classes, labelSmoothing, logitGradient);
      for (const call of plan.backward) call.run(pass);
      descent.step(rates.learningRate);
      return loss;
    },
    finish: () => descent.takeAverage(),
    async score(batch: Batch) {
      return scoreLogits(predict(batch), batch, classes);
    },
    logits: predict,
    weights: () => readWeights(layout, numbers(weights, layout.total)),
    gradients: () => readWeights(layout, numbers(gradients, layout.total)),
    calls: [...plan.forward, ...plan.backward],
  };
}

function ensureMemory(memory: WebAssembly.Memory, bytes: number): void {
  const pages = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE;
  if (pages <= 0) return;
  try {
    memory.grow(pages);
  } catch {
    const message =
      `Training this network takes ${Math.ceil(bytes / 2 ** 20)} MB, more than this browser gives. ` +
      "A smaller input size, width or batch needs less.";
    throw new EvaluationError({ stage: "training", code: "out-of-memory", message });
  }
}
