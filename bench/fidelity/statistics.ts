import { createRandom, mean, rankCorrelation } from "../../src/core";

/** Kendall's tau-b: pairs in the same order less pairs in the opposite one, ties of either side accounted for. */
export function kendall(x: readonly number[], y: readonly number[]): number {
  let agreement = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const a = Math.sign((x[i] as number) - (x[j] as number));
      const b = Math.sign((y[i] as number) - (y[j] as number));
      agreement += a * b;
      untiedX += Math.abs(a);
      untiedY += Math.abs(b);
    }
  }
  return agreement / Math.sqrt(untiedX * untiedY);
}

/**
 * Share of variance that is between groups, ICC(1): one-way random effects, single measurement (Shrout and Fleiss 1979).
 * Groups are of equal size. May be below 0 where groups differ less than chance makes them; NaN for groups of one.
 */
export function shareBetween(groups: readonly (readonly number[])[]): number {
  const size = groups[0]?.length ?? 0;
  const means = groups.map(mean);
  const centre = mean(means);
  const between = (size * sumOf(means.map((value) => (value - centre) ** 2))) / (groups.length - 1);
  const within = varianceWithin(groups);
  return (between - within) / (between + (size - 1) * within);
}

/** Pooled variance of the values around their group's mean. */
export function varianceWithin(groups: readonly (readonly number[])[]): number {
  const squares = groups.map((group) => sumOf(group.map((value) => (value - mean(group)) ** 2)));
  return sumOf(squares) / sumOf(groups.map(({ length }) => length - 1));
}

/**
 * Share of the variance within groups that the columns account for, where value j of every group shares something (its
 * seed): from a two-way layout without interaction, by the method of moments. 0 where columns differ as little as chance
 * makes them.
 */
export function shareOfColumns(groups: readonly (readonly number[])[]): number {
  const columns = (groups[0] ?? []).map((_, j) => groups.map((group) => group[j] as number));
  const centre = mean(columns.map(mean));
  const shifts = columns.map((column) => mean(column) - centre);
  const residuals = groups.map((group) => group.map((value, j) => value - mean(group) - (shifts[j] as number)));
  const free = (groups.length - 1) * (columns.length - 1);
  const residual = sumOf(residuals.flat().map((value) => value ** 2)) / free;
  const between = (groups.length * sumOf(shifts.map((shift) => shift ** 2))) / (columns.length - 1);
  const shared = Math.max(0, (between - residual) / groups.length);
  return shared / (shared + residual);
}

/** Reliability of the mean of `count` measurements from that of one (Spearman 1910, Brown 1910). */
export function spearmanBrown(reliability: number, count: number): number {
  return (count * reliability) / (1 + (count - 1) * reliability);
}

/** Mean rank correlation of all pairs of columns; each column scores the same things in the same order. */
export function meanPairCorrelation(columns: readonly (readonly number[])[]): number {
  return mean(columns.flatMap((a, i) => columns.slice(0, i).map((b) => rankCorrelation(a, b))));
}

/** Standard error of a statistic of pairs (x, y), by 400 draws of the pairs with replacement. */
export function bootstrapError(
  statistic: (x: readonly number[], y: readonly number[]) => number,
  x: readonly number[],
  y: readonly number[],
): number {
  const random = createRandom(1);
  const values = Array.from({ length: 400 }, () => {
    const drawn = x.map(() => random.integer(x.length));
    return statistic(
      drawn.map((i) => x[i] as number),
      drawn.map((i) => y[i] as number),
    );
  });
  return Math.sqrt(varianceWithin([values.filter(Number.isFinite)]));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
