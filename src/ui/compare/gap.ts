import { Z_95 } from "../../core";
import type { ScoredPoint } from "../state/score";
import type { Share } from "./side";

/** A difference with its 95 % interval. */
export interface Difference {
  value: number;
  interval: readonly [low: number, high: number];
}

/** How much more accurate one front is than another at equal latency. */
export interface FrontGap extends Difference {
  /** Both have a network within the first latency; neither has a more accurate one beyond the second, ms. */
  from: number;
  to: number;
  /** At each of these latencies the same network leads both. */
  same: boolean;
}

type FrontPoint = Pick<ScoredPoint, "latencyMs" | "accuracy" | "accuracyInterval" | "trial">;

/** The difference lies outside what chance explains. */
export function isClear({ interval: [low, high] }: Difference): boolean {
  return low > 0 || high < 0;
}

/** Difference of two independent shares: Newcombe's hybrid score interval (1998, method 10). */
export function shareDifference(a: Share, b: Share): Difference {
  const [p, q] = [a.count / a.of, b.count / b.of];
  const value = p - q;
  const below = Math.hypot(p - a.interval[0], b.interval[1] - q);
  const above = Math.hypot(a.interval[1] - p, q - b.interval[0]);
  return { value, interval: [value - below, value + above] };
}

/**
 * Mean over the latencies at which both fronts stand, on a logarithmic scale, of the accuracy that `a` reaches within a
 * latency less the one that `b` does. The interval comes from those of the accuracies, as independent errors: each network of a front
 * counts by the stretch over which it leads, and a network of both cancels out where both lead with it.
 *
 * @param a by rising latency, as `paretoFront` gives it
 * @returns undefined where the fronts have no stretch of latency in common
 */
export function frontGap(a: readonly FrontPoint[], b: readonly FrontPoint[]): FrontGap | undefined {
  const [first, second] = [a[0], b[0]];
  if (!first || !second) return undefined;
  const from = Math.max(first.latencyMs, second.latencyMs);
  const to = Math.max(a.at(-1)?.latencyMs ?? 0, b.at(-1)?.latencyMs ?? 0);
  if (to <= from) return undefined;
  const weights = new Map<string, { weight: number; point: FrontPoint }>();
  const add = (front: readonly FrontPoint[], sign: number) => {
    for (const [index, point] of front.entries()) {
      const end = Math.min(to, front[index + 1]?.latencyMs ?? to);
      const stretch = Math.log(end / Math.max(from, point.latencyMs)) / Math.log(to / from);
      const known = weights.get(point.trial.key)?.weight ?? 0;
      if (stretch > 0) weights.set(point.trial.key, { weight: known + sign * stretch, point });
    }
  };
  add(a, 1);
  add(b, -1);
  let value = 0;
  let variance = 0;
  for (const { weight, point } of weights.values()) {
    const deviation = (point.accuracyInterval[1] - point.accuracyInterval[0]) / (2 * Z_95);
    value += weight * point.accuracy;
    variance += (weight * deviation) ** 2;
  }
  const reach = Z_95 * Math.sqrt(variance);
  const same = [...weights.values()].every(({ weight }) => Math.abs(weight) < 1e-9);
  return { value, interval: [value - reach, value + reach], from, to, same };
}
