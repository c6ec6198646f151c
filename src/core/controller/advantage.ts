export interface Advantages {
  /** One per reward, with root mean square 1, or all zero. */
  values: readonly number[];
  /** The moving average with this batch in it. */
  baseline: number;
}

/** Rewards nearer to the baseline than this on average count as equal to it: their differences are rounding. */
const SMALLEST_SPREAD = 1e-9;

/**
 * How much better each reward of a batch is than a moving average of rewards, over the root mean square of those
 * differences. So progress does not depend on the rewards' scale, and one step is bounded however wild they are.
 *
 * @param baseline the average before this batch, or null before the first, which starts it with its own mean.
 * @param decay share of the former average in the new one.
 */
export function advantagesOf(rewards: readonly number[], baseline: number | null, decay: number): Advantages {
  const first = rewards[0] as number;
  // Around the first reward, so that equal rewards have exactly that mean.
  const mean = first + rewards.reduce((sum, reward) => sum + (reward - first), 0) / rewards.length;
  const moved = baseline === null ? mean : mean + decay * (baseline - mean);
  const differences = rewards.map((reward) => reward - moved);
  const spread = Math.sqrt(differences.reduce((sum, value) => sum + value * value, 0) / rewards.length);
  const values = spread > SMALLEST_SPREAD ? differences.map((value) => value / spread) : differences.map(() => 0);
  return { values, baseline: moved };
}
