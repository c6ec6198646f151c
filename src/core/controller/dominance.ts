import type { Measured } from "../objective/objective";

/** At least as accurate and as fast, and better in one of them. */
function dominates(a: Measured, b: Measured): boolean {
  return (
    a.accuracy >= b.accuracy && a.latencyMs <= b.latencyMs && (a.accuracy > b.accuracy || a.latencyMs < b.latencyMs)
  );
}

/** Points by how many layers of better ones lie over them: the first front is dominated by nobody (NSGA-II, section III A). */
export function nondominatedFronts<Point extends Measured>(points: readonly Point[]): Point[][] {
  // By rising latency only earlier points can dominate, so each goes below the last front that holds a dominating one.
  const ordered = [...points].sort((a, b) => a.latencyMs - b.latencyMs || b.accuracy - a.accuracy);
  const fronts: Point[][] = [];
  for (const point of ordered) {
    const free = fronts.findIndex((front) => !front.some((other) => dominates(other, point)));
    const front = fronts[free];
    if (front) front.push(point);
    else fronts.push([point]);
  }
  return fronts;
}

/**
 * For each point of a front the distance between its neighbours on both sides, summed over accuracy and latency, each as
 * a share of the front's range; infinite at both ends (NSGA-II, section III B).
 */
export function crowdingDistances(front: readonly Measured[]): number[] {
  const distances = front.map(() => 0);
  for (const axis of ["accuracy", "latencyMs"] as const) {
    const order = front.map((_, i) => i).sort((a, b) => valueAt(front, a, axis) - valueAt(front, b, axis));
    const lowest = valueAt(front, order[0] as number, axis);
    const range = valueAt(front, order[order.length - 1] as number, axis) - lowest;
    order.forEach((index, place) => {
      const before = order[place - 1];
      const after = order[place + 1];
      const gap =
        before === undefined || after === undefined
          ? Number.POSITIVE_INFINITY
          : (valueAt(front, after, axis) - valueAt(front, before, axis)) / (range || 1);
      distances[index] = (distances[index] as number) + gap;
    });
  }
  return distances;
}

function valueAt(front: readonly Measured[], index: number, axis: keyof Measured): number {
  return (front[index] as Measured)[axis];
}
