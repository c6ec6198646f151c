import { createRandom, mean, quantile } from "../../src/core";

/** A mean difference and its 95 % interval. */
export interface Difference {
  mean: number;
  low: number;
  high: number;
}

const RESAMPLES = 2000;

/** Of runs with the same seeds, a less b: the interval is a bootstrap's over the pairs. */
export function pairedDifference(a: readonly number[], b: readonly number[]): Difference {
  const count = Math.min(a.length, b.length);
  const differences = Array.from({ length: count }, (_, i) => (a[i] as number) - (b[i] as number));
  const random = createRandom(1);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(differences.map(() => differences[random.integer(count)] as number)),
  );
  return { mean: mean(differences), low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

export function columnOf(rows: readonly (readonly number[])[], index: number): number[] {
  return rows.map((row) => row[index] as number);
}
