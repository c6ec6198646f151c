import type { Measured } from "./objective";

/**
 * The points that no other point beats in both accuracy and latency, by rising latency. Of equal points the first stays.
 */
export function paretoFront<Point extends Measured>(points: readonly Point[]): Point[] {
  const byLatency = [...points].sort((a, b) => a.latencyMs - b.latencyMs || b.accuracy - a.accuracy);
  let best = Number.NEGATIVE_INFINITY;
  return byLatency.filter((point) => {
    if (point.accuracy <= best) return false;
    best = point.accuracy;
    return true;
  });
}

/** Area that the points dominate, up to a reference that is slower and less accurate than them: ms x accuracy. */
export function hypervolume(points: readonly Measured[], reference: Measured): number {
  const inside = points.filter((p) => p.latencyMs < reference.latencyMs && p.accuracy > reference.accuracy);
  let floor = reference.accuracy;
  let area = 0;
  for (const point of paretoFront(inside)) {
    area += (reference.latencyMs - point.latencyMs) * (point.accuracy - floor);
    floor = point.accuracy;
  }
  return area;
}
