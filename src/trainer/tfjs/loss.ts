import { exp, logSoftmax, mul, neg, sub, sum, type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { Batch } from "../../data";

/** Mean loss of a batch (a scalar) and its gradient by the logits [batch, classes]. */
export function crossEntropy(logits: Tensor, targets: Tensor): { value: Tensor; slope: Tensor } {
  const count = logits.shape[0] as number;
  const logProbabilities = logSoftmax(logits);
  return {
    value: mul(neg(sum(mul(targets, logProbabilities))), 1 / count),
    slope: mul(sub(exp(logProbabilities), targets), 1 / count),
  };
}

/** Labels as probabilities [count, classes]: `smoothing` of each is spread evenly over all classes. */
export function smoothedTargets({ labels, count }: Batch, classes: number, smoothing: number): Tensor {
  const targets = new Float32Array(count * classes).fill(smoothing / classes);
  for (let i = 0; i < count; i++) {
    const at = i * classes + (labels[i] as number);
    targets[at] = (targets[at] as number) + 1 - smoothing;
  }
  return tensor(targets, [count, classes]);
}
