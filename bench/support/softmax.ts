import { createRandom } from "../../src/core";
import type { Images } from "../../src/data";

/** How a linear classifier is trained: plain stochastic gradient descent on the cross-entropy. */
export interface SoftmaxOptions {
  classes: number;
  epochs: number;
  learningRate: number;
}

/**
 * Share of `held` that a linear softmax classifier on raw pixels gets right after training on `train`: the simplest
 * network there is, to show what a data set asks of its classifiers.
 */
export function linearAccuracy(train: Images, held: Images, options: SoftmaxOptions): number {
  const { classes, epochs, learningRate } = options;
  const inputs = train.pixels.length / train.count;
  const weights = new Float64Array(classes * (inputs + 1));
  const random = createRandom(1);
  const order = Array.from({ length: train.count }, (_, i) => i);
  const image = new Float64Array(inputs);
  const scores = new Float64Array(classes);

  const score = (images: Images, index: number) => {
    for (let i = 0; i < inputs; i++) image[i] = (images.pixels[index * inputs + i] as number) / 127.5 - 1;
    for (let k = 0; k < classes; k++) {
      let sum = weights[classes * inputs + k] as number;
      for (let i = 0; i < inputs; i++) sum += (weights[k * inputs + i] as number) * (image[i] as number);
      scores[k] = sum;
    }
  };

  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = learningRate * (1 - epoch / epochs);
    for (const index of random.shuffle(order)) {
      score(train, index);
      const largest = Math.max(...scores);
      const total = scores.reduce((sum, value) => sum + Math.exp(value - largest), 0);
      for (let k = 0; k < classes; k++) {
        const target = train.labels[index] === k ? 1 : 0;
        const step = rate * (target - Math.exp((scores[k] as number) - largest) / total);
        for (let i = 0; i < inputs; i++) {
          weights[k * inputs + i] = (weights[k * inputs + i] as number) + step * (image[i] as number);
        }
        weights[classes * inputs + k] = (weights[classes * inputs + k] as number) + step;
      }
    }
  }

  let correct = 0;
  for (let index = 0; index < held.count; index++) {
    score(held, index);
    if (scores.indexOf(Math.max(...scores)) === held.labels[index]) correct++;
  }
  return correct / held.count;
}
