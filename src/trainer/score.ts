import { exp, log } from "../core";
import type { Batch } from "../data";

/** How well a batch of held-out images was told, summed over the images. */
export interface Score {
  /** Images whose largest logit is their label's. */
  correct: number;
  /** Cross-entropy without label smoothing, nats. */
  loss: number;
  /** Softmax probability of the right class. */
  probability: number;
}

/**
 * Scores logits [count, classes]; all NaN where one is not a finite number. In plain JavaScript with core's own exp and
 * log, in every engine: the same logits give the same bits everywhere.
 */
export function scoreLogits(
  logits: Float32Array,
  { labels, count }: Pick<Batch, "labels" | "count">,
  classes: number,
): Score {
  const sums = { correct: 0, loss: 0, probability: 0 };
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    if (!row.every(Number.isFinite)) return { correct: Number.NaN, loss: Number.NaN, probability: Number.NaN };
    const largest = Math.max(...row);
    const label = labels[i] as number;
    const own = (row[label] as number) - largest;
    const sum = row.reduce((total, logit) => total + exp(logit - largest), 0);
    if (row.indexOf(largest) === label) sums.correct++;
    sums.loss += log(sum) - own;
    sums.probability += exp(own) / sum;
  }
  return sums;
}

export function addScores(a: Score, b: Score): Score {
  return { correct: a.correct + b.correct, loss: a.loss + b.loss, probability: a.probability + b.probability };
}
