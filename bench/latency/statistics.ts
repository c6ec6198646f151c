import { median } from "../../src/core";

/**
 * Kendall's rank correlation of paired values, tau-b: of all pairs the share in the same order less the share in opposite
 * order, ties set aside on the side where they are. NaN where one side is constant.
 */
export function kendallTau(x: readonly number[], y: readonly number[]): number {
  let agreement = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const dx = Math.sign((x[i] as number) - (x[j] as number));
      const dy = Math.sign((y[i] as number) - (y[j] as number));
      agreement += dx * dy;
      untiedX += dx * dx;
      untiedY += dy * dy;
    }
  }
  return agreement / Math.sqrt(untiedX * untiedY);
}

/** |a - b| over their mean. */
export function relativeDifference(a: number, b: number): number {
  return Math.abs(a - b) / ((a + b) / 2);
}

/** Two measurements of one network. */
export interface Pair {
  first: { medianMs: number; intervalMs: readonly [low: number, high: number] };
  second: { medianMs: number };
}

export interface Repeatability {
  medianRelativeDifference: number;
  largestRelativeDifference: number;
  /** Between the ranking by the first measurements and that by the second. */
  kendallTau: number;
  /** Share of the second medians that lie in the first one's 95 % interval. */
  coverage: number;
}

export function repeatability(pairs: readonly Pair[]): Repeatability {
  const differences = pairs.map(({ first, second }) => relativeDifference(first.medianMs, second.medianMs));
  const inside = pairs.filter(({ first: { intervalMs }, second: { medianMs } }) => {
    const [low, high] = intervalMs;
    return low <= medianMs && medianMs <= high;
  });
  return {
    medianRelativeDifference: median(differences),
    largestRelativeDifference: Math.max(...differences),
    kendallTau: kendallTau(
      pairs.map(({ first }) => first.medianMs),
      pairs.map(({ second }) => second.medianMs),
    ),
    coverage: inside.length / pairs.length,
  };
}
