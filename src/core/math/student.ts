import { mean, squaredDeviations, Z_95 } from "./statistics";

/** Mean of a few independent values and how well they fix it. */
export interface MeanEstimate {
  mean: number;
  /** Of the mean; absent for a single value, which says nothing of its spread. */
  standardError?: number;
  /** 95 % interval of the mean by Student's t; absent as the standard error is. */
  interval?: readonly [low: number, high: number];
}

/** Upper 2.5 % points of Student's t by degrees of freedom, ascending. */
const T_975: readonly (readonly [degrees: number, t: number])[] = [
  [1, 12.7062],
  [2, 4.3027],
  [3, 3.1824],
  [4, 2.7764],
  [5, 2.5706],
  [6, 2.4469],
  [7, 2.3646],
  [8, 2.306],
  [9, 2.2622],
  [10, 2.2281],
  [12, 2.1788],
  [15, 2.1314],
  [20, 2.086],
  [30, 2.0423],
  [60, 2.0003],
  [120, 1.9799],
  [Number.POSITIVE_INFINITY, Z_95],
];

/**
 * How many standard errors a 95 % interval reaches to each side. Between the table's entries linear in 1 / degrees, which
 * is never less than the true reach: that is convex in it.
 */
export function tReach(degrees: number): number {
  const above = T_975.findIndex(([listed]) => listed >= degrees);
  const [[high, atHigh] = [], [low, atLow] = []] = [T_975[above], T_975[above - 1]];
  if (high === undefined || atHigh === undefined) return Number.NaN;
  if (high === degrees) return atHigh;
  if (low === undefined || atLow === undefined) return Number.POSITIVE_INFINITY; // less than one degree
  return atHigh + ((atLow - atHigh) * (1 / degrees - 1 / high)) / (1 / low - 1 / high);
}

/** NaN for no values. */
export function estimateMean(values: readonly number[]): MeanEstimate {
  const centre = mean(values);
  const n = values.length;
  if (n < 2) return { mean: centre };
  const standardError = Math.sqrt(squaredDeviations(values) / (n - 1) / n);
  const reach = tReach(n - 1) * standardError;
  return { mean: centre, standardError, interval: [centre - reach, centre + reach] };
}
