import { exp, log } from "../../core";
import type { Batch } from "../../data";
import { padded } from "./padding";

/**
 * Mean cross-entropy of a batch with smoothed labels, nats; writes its gradient by the logits. Both arrays are
 * [count, padded(classes)]. In plain JavaScript with core's own exp and log: a few hundred numbers, the same everywhere.
 */
export function crossEntropy(
  logits: Float32Array,
  { labels, count }: Pick<Batch, "labels" | "count">,
  classes: number,
  smoothing: number,
  gradient: Float32Array,
): number {
  const width = padded(classes);
  gradient.fill(0);
  let loss = 0;
  for (let image = 0; image < count; image++) {
    const at = image * width;
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[at + c] as number);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += exp((logits[at + c] as number) - largest);
    const logSum = largest + log(sum);
    for (let c = 0; c < classes; c++) {
      const logProbability = (logits[at + c] as number) - logSum;
      const target = smoothing / classes + (c === labels[image] ? 1 - smoothing : 0);
      loss -= target * logProbability;
      gradient[at + c] = (exp(logProbability) - target) / count;
    }
  }
  return loss / count;
}
