import { latencyRule, rankCorrelation, Z_95 } from "../../../core";

/** A network by its published figure, or one that is counted, and by what was measured of it here. */
export interface Ordered {
  name: string;
  published: number;
  measured: number;
  /** 95 % interval of what was measured. */
  interval: readonly [low: number, high: number];
}

export interface OrderComparison {
  networks: number;
  /** Spearman's, over the networks; NaN under three. */
  correlation: number;
  /** 95 % interval of it; absent under five networks, which carry none, and where there is no correlation. */
  correlationInterval?: readonly [low: number, high: number];
  /** Pairs that stand here as published. */
  kept: number;
  /** Pairs that stand the other way round: first the network that is lower as published. */
  flipped: readonly (readonly [Ordered, Ordered])[];
  /** Pairs whose intervals overlap here, or whose published figures hardly differ. */
  tooClose: number;
}

const FEWEST_FOR_INTERVAL = 5;

/**
 * How the order of networks as published returns in what was measured here.
 *
 * A pair counts as kept or flipped only where both its 95 % intervals here are apart and its published figures differ
 * by more than `publishedPrecision`: the paper's latencies have no intervals.
 *
 * @param publishedPrecision as a share of the larger figure; 0 for figures that are counted
 */
export function compareOrders(
  networks: readonly Ordered[],
  publishedPrecision: number = latencyRule.precision,
): OrderComparison {
  const flipped: [Ordered, Ordered][] = [];
  let kept = 0;
  let tooClose = 0;
  for (const [index, one] of networks.entries()) {
    for (const other of networks.slice(index + 1)) {
      const [lower, higher] = one.published <= other.published ? [one, other] : [other, one];
      const published = higher.published - lower.published > publishedPrecision * higher.published;
      if (!published || overlap(lower, higher)) tooClose++;
      else if (lower.measured < higher.measured) kept++;
      else flipped.push([lower, higher]);
    }
  }
  const correlation = rankCorrelation(
    networks.map((each) => each.published),
    networks.map((each) => each.measured),
  );
  return {
    networks: networks.length,
    correlation,
    correlationInterval: intervalOf(correlation, networks.length),
    kept,
    flipped,
    tooClose,
  };
}

function overlap({ interval: [low, high] }: Ordered, { interval: [otherLow, otherHigh] }: Ordered): boolean {
  return low <= otherHigh && otherLow <= high;
}

/**
 * Interval of Spearman's correlation over networks like these, by Fisher's transformation with the standard error of Bonett
 * and Wright (Psychometrika 65, 2000). An order without any exchange counts as half an exchange away from perfect, else
 * the interval would claim to know it exactly. How precise each timing is it does not know: the pairs tell that.
 */
function intervalOf(correlation: number, networks: number): readonly [low: number, high: number] | undefined {
  if (networks < FEWEST_FOR_INTERVAL || !Number.isFinite(correlation)) return undefined;
  const halfExchange = 6 / (networks * (networks ** 2 - 1));
  const bounded = Math.max(-1 + halfExchange, Math.min(1 - halfExchange, correlation));
  const reach = Z_95 * Math.sqrt((1 + bounded ** 2 / 2) / (networks - 3));
  const centre = Math.atanh(bounded);
  return [Math.tanh(centre - reach), Math.tanh(centre + reach)];
}
