import type { Batch } from "../data";

/** Images whose largest logit is their label's; logits are [count, classes]. NaN where one is not a finite number. */
export function countHits(logits: Float32Array, { labels, count }: Batch, classes: number): number {
  let hits = 0;
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    if (!row.every(Number.isFinite)) return Number.NaN;
    if (row.indexOf(Math.max(...row)) === labels[i]) hits++;
  }
  return hits;
}
