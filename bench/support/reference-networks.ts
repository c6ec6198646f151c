import {
  type Block,
  createRandom,
  defaultSettings,
  IMAGE,
  instantiate,
  type Network,
  networkMultiplyAdds,
  type Recipe,
} from "../../src/core";
import type { Batch } from "../../src/data";

export const referenceNames = ["T1", "T2"] as const;
export type ReferenceName = (typeof referenceNames)[number];

/** What sets the two fixed networks apart. */
const traits = {
  T1: { width: 1, kernel: 3, seRatio: 0 },
  T2: { width: 2, kernel: 5, seRatio: 0.25 },
} as const satisfies Record<ReferenceName, object>;

/**
 * The fixed networks of the training benchmark. T1: stem 3x3 3->8, MBConv3 k3 of 8 (stride 1), 16 and 24 filters (stride
 * 2), two layers each, ReLU6, ten classes, 12,050 parameters. T2: twice the width, k5, squeeze-and-excite 0.25.
 */
export function referenceNetwork(name: ReferenceName): Network {
  const { width, kernel, seRatio } = traits[name];
  const block = (filters: number, stride: 1 | 2): Block => ({
    operation: "mbconv",
    expansion: 3,
    kernel,
    seRatio,
    skip: "identity",
    filters: filters * width,
    layers: 2,
    stride,
  });
  return instantiate(
    {
      stem: { filters: 8 * width, stride: 1 },
      blocks: [block(8, 1), block(16, 2), block(24, 2)],
      head: { filters: 0, scaling: "never" },
      activation: "relu6",
      dropout: 0,
      divisor: 4,
    },
    { inputSize: 32, widthMultiplier: 1, classes: 10, channels: 3 },
  );
}

/** Seed of the weights with which every engine begins. */
export const referenceSeed = 1;

export const referenceRates = { learningRate: 0.01, statisticsShare: 0.01 };

/** Gradient descent with Nesterov momentum and nothing else, which every engine has. */
export const referenceRecipe: Recipe = {
  ...defaultSettings.recipe,
  batchSize: 32,
  optimizer: "sgd",
  momentum: 0.9,
  weightDecay: 0,
  labelSmoothing: 0,
  gradientClip: 0,
  averageDecay: 0,
  augmentation: { flip: false, shift: 0, cutout: 0 },
};

/** The one batch on which all of them train: noise with random classes. */
export function referenceBatch({ scale }: Network): Batch {
  const random = createRandom(referenceSeed);
  const count = referenceRecipe.batchSize;
  const length = count * scale.inputSize ** 2 * scale.channels;
  return {
    images: Float32Array.from({ length }, () => random.normal()),
    labels: Uint16Array.from({ length: count }, () => random.integer(scale.classes)),
    count,
  };
}

/**
 * Multiply-adds of one training step: forward, input gradient and filter gradient of every convolution, dense layer and
 * squeeze-and-excite take as many each; the image's gradient is not wanted.
 */
export function stepMultiplyAdds({ scale, nodes }: Network, batchSize: number): number {
  const onImage = nodes.filter(({ inputs }) => inputs.includes(IMAGE));
  return batchSize * (3 * networkMultiplyAdds({ scale, nodes }) - networkMultiplyAdds({ scale, nodes: onImage }));
}
