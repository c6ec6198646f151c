import { quantileSorted, sampleCorrelation } from "simple-statistics";

/** 95 % of a normal distribution lie within so many standard deviations of its mean: z of a two-sided 95 % interval. */
export const Z_95 = 1.96;

/** Median; NaN for no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Quantile by linear interpolation between neighbours (type 7, NumPy's default); NaN for no values. */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) return Number.NaN;
  return quantileSorted(ascending(values), p);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sum of the squared distances of values from their mean; 0 for no values. */
export function squaredDeviations(values: readonly number[]): number {
  return jointDeviations(values, values);
}

/** Sum over pairs of the product of both distances from their means; of both sides the same number of values. */
export function jointDeviations(x: readonly number[], y: readonly number[]): number {
  const [centreX, centreY] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - centreX) * ((y[i] as number) - centreY), 0);
}

/**
 * Distribution-free confidence interval of the median from order statistics: 95 % or a little more for the default z
 * (binomial, by the normal approximation with continuity correction). Fewer than six values cannot carry 95 %: the
 * whole range is returned then.
 */
export function medianInterval(values: readonly number[], z = Z_95): [low: number, high: number] {
  const sorted = ascending(values);
  const n = sorted.length;
  if (n === 0) return [Number.NaN, Number.NaN];
  const low = Math.max(0, Math.floor((n - 1 - z * Math.sqrt(n)) / 2));
  return [sorted[low] as number, sorted[n - 1 - low] as number];
}

/**
 * Wilson's score interval of a proportion: `correct` of `total` answers right, 95 % for the default z.
 * It holds where accuracy is near 0 or 1 and images are few, which the textbook interval does not.
 */
export function proportionInterval(correct: number, total: number, z = Z_95): [low: number, high: number] {
  if (total === 0) return [0, 1];
  const p = correct / total;
  const square = (z * z) / total;
  const centre = (p + square / 2) / (1 + square);
  const reach = (z / (1 + square)) * Math.sqrt((p * (1 - p)) / total + square / (4 * total));
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}

/** Spearman's rank correlation, ties sharing their mean rank; NaN under three pairs or where one side is constant. */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number {
  if (x.length < 3) return Number.NaN;
  return sampleCorrelation(ranks(x), ranks(y));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    for (let i = start; i < end; i++) result[order[i] as number] = (start + end - 1) / 2;
    start = end;
  }
  return result;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
