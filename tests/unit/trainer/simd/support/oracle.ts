import { createRandom, deriveSeed, type Network, type Node, type Random } from "../../../../../src/core";
import type { Batch } from "../../../../../src/data";
import type { Weights } from "../../../../../src/trainer/weights";
import { type Field, field, type LayerPass } from "./field";
import { layers } from "./oracleLayers";

/** What one training pass of a network gives, whoever computed it. */
export interface Pass {
  loss: number;
  /** [count, classes] in training mode, dropout left out. */
  trainingLogits: ArrayLike<number>;
  /** [count, classes] by the moving statistics that this pass left. */
  inferenceLogits: ArrayLike<number>;
  /** Batch norm's moving statistics after the pass. */
  statistics: ReadonlyMap<string, ArrayLike<number>>;
  gradients: ReadonlyMap<string, ArrayLike<number>>;
}

export interface PassOptions {
  batch: Batch;
  smoothing: number;
  /** Share of the batch in the moving statistics. */
  share: number;
  /** Draws what dropout drops. */
  random: Random;
}

/**
 * The truth that both engines are held against: a network forward and backward in double precision and in plain loops,
 * which share no code with either. Its own gradients are checked by finite differences (differences.test.ts).
 */
export function oraclePass(network: Network, weights: Weights, { batch, smoothing, share, random }: PassOptions): Pass {
  const doubles = new Map([...weights].map(([name, values]) => [name, Float64Array.from(values)]));
  const still = run(network, doubles, batch, "training");
  const passes = run(network, doubles, batch, "training", random);
  const logits = last(passes).output;
  const { loss, slope } = crossEntropy(logits, batch, smoothing);
  const gradients = new Map<string, Float64Array>();
  backward(network, passes, { ...logits, values: slope }, gradients);
  const statistics = new Map<string, Float64Array>();
  still.forEach((pass, index) => {
    for (const [role, values] of Object.entries(pass.statistics ?? {})) {
      const before = doubles.get(`${index}/${role}`) as Float64Array;
      statistics.set(
        `${index}/${role}`,
        values.map((value, c) => (before[c] as number) * (1 - share) + value * share),
      );
    }
  });
  const inference = run(network, new Map([...doubles, ...statistics]), batch, "inference");
  return {
    loss,
    trainingLogits: last(still).output.values,
    inferenceLogits: last(inference).output.values,
    statistics,
    gradients,
  };
}

/** The training loss alone, for finite differences. */
export function oracleLoss(
  network: Network,
  weights: ReadonlyMap<string, Float64Array>,
  batch: Batch,
  smoothing: number,
) {
  return crossEntropy(last(run(network, weights, batch, "training")).output, batch, smoothing).loss;
}

/** Smallest distance of a value before an activation from where that bends: nearer than rounding, slopes are a matter of luck. */
export function distanceFromBends(network: Network, weights: Weights, batch: Batch): number {
  const doubles = new Map([...weights].map(([name, values]) => [name, Float64Array.from(values)]));
  return Math.min(...run(network, doubles, batch, "training").map(({ bend }) => bend ?? Number.POSITIVE_INFINITY));
}

/** The stream of numbers by which both engines drop values, after `steps` steps with batches of `count` images. */
export function dropoutStream({ nodes }: Network, seed: number, steps: number, count: number): Random {
  const random = createRandom(deriveSeed(seed, "dropout"));
  const dropped = nodes.filter(({ kind }) => kind === "dropout");
  const draws =
    dropped.reduce((sum, { input }) => sum + input.height * input.width * input.channels, 0) * count * steps;
  for (let i = 0; i < draws; i++) random.uniform();
  return random;
}

function run(
  { nodes, scale }: Network,
  weights: ReadonlyMap<string, Float64Array>,
  { images, count }: Batch,
  mode: "training" | "inference",
  random?: Random,
): LayerPass[] {
  const image: Field = {
    ...field(count, { height: scale.inputSize, width: scale.inputSize, channels: scale.channels }),
    values: Float64Array.from(images),
  };
  const passes: LayerPass[] = [];
  nodes.forEach((node, index) => {
    const inputs = node.inputs.map((input) => passes[input]?.output ?? image);
    const weight = (role: string) => weights.get(`${index}/${role}`) as Float64Array;
    passes.push(layers(node, inputs, { weight, mode, random }));
  });
  return passes;
}

function backward({ nodes }: Network, passes: LayerPass[], slope: Field, gradients: Map<string, Float64Array>): void {
  const slopes = new Map<number, Float64Array>([[nodes.length - 1, slope.values]]);
  for (let index = nodes.length - 1; index >= 0; index--) {
    const found = (passes[index] as LayerPass).backward(slopes.get(index) as Float64Array);
    for (const [role, values] of Object.entries(found.weights ?? {})) gradients.set(`${index}/${role}`, values);
    (nodes[index] as Node).inputs.forEach((input, i) => {
      const more = found.inputs[i] as Float64Array;
      const known = slopes.get(input);
      slopes.set(input, known ? known.map((value, k) => value + (more[k] as number)) : more);
    });
  }
}

function crossEntropy({ values, channels, count }: Field, { labels }: Batch, smoothing: number) {
  const slope = new Float64Array(values.length);
  let loss = 0;
  for (let n = 0; n < count; n++) {
    const row = values.subarray(n * channels, (n + 1) * channels);
    const largest = Math.max(...row);
    const logSum = largest + Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0));
    row.forEach((value, c) => {
      const target = smoothing / channels + (labels[n] === c ? 1 - smoothing : 0);
      loss -= (target * (value - logSum)) / count;
      slope[n * channels + c] = (Math.exp(value - logSum) - target) / count;
    });
  }
  return { loss, slope };
}

function last<Item>(items: readonly Item[]): Item {
  return items[items.length - 1] as Item;
}
