import { type Architecture, countParameters, defaultSettings, instantiate, parseBlock, type Scale } from "../src/core";
import { createBuiltinDataset, type Dataset } from "../src/data";
import { createEngine } from "../src/trainer";
import { linearAccuracy } from "./support/softmax";

/** A recipe for training long: what is best after 200 steps is not after 3,000. */
const longRun = { steps: 3000, batchSize: 32, learningRate: 0.1, labelSmoothing: 0.1 };

/** Four plain convolutions and a linear head. */
const smallCnn: Architecture = {
  stem: { filters: 16, stride: 2 },
  blocks: [
    "conv_r1_k3_s11_e1_i16_o32_noskip",
    "conv_r1_k3_s22_e1_i32_o48_noskip",
    "conv_r1_k3_s22_e1_i48_o64_noskip",
  ].map(parseBlock),
  head: { filters: 128, scaling: "never" },
  activation: "relu",
  dropout: 0,
  divisor: 8,
};
const scale: Scale = { inputSize: 32, widthMultiplier: 1, classes: 10, channels: 3 };

/**
 * How hard the built-in data set is: held-out accuracy of a linear classifier on pixels and of a small CNN that is
 * trained long by the engine of the search, and the time to draw the set. `--steps N` shortens the CNN's training.
 */
export async function run(options: { steps?: string } = {}): Promise<object> {
  const start = performance.now();
  const dataset = createBuiltinDataset();
  const generationSeconds = (performance.now() - start) / 1000;
  const linear = linearAccuracy(dataset.train, dataset.validation, { classes: 10, epochs: 10, learningRate: 3e-4 });
  const cnn = await trainCnn(dataset, Number(options.steps ?? longRun.steps));
  return {
    bench: "dataset",
    hash: dataset.hash,
    generationSeconds: Number(generationSeconds.toFixed(2)),
    linearAccuracy: linear,
    cnnAccuracy: cnn.accuracy,
    cnn: { ...cnn, parameters: countParameters(smallCnn, scale), batchSize: longRun.batchSize },
  };
}

async function trainCnn(dataset: Dataset, steps: number) {
  const engine = await createEngine("simd");
  try {
    return await engine.train({
      network: instantiate(smallCnn, scale),
      dataset,
      recipe: {
        ...defaultSettings.recipe,
        ...longRun,
        steps,
        validationImages: dataset.validation.count,
        timeLimitSeconds: 3600,
      },
      seed: 1,
      async onStep({ phase, step, steps: all }) {
        if (step % 100 === 0) console.log(`${phase} ${step} / ${all}`);
      },
    });
  } finally {
    engine.dispose();
  }
}
