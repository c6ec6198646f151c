import { niceTicks } from "../charts/ticks";

export interface Bin {
  start: number;
  end: number;
  count: number;
}

/** Equal bins with round edges that hold every value; a value on an edge belongs to the bin it opens. */
export function histogram(values: readonly number[], about = 12): Bin[] {
  return histograms([values], about)[0] ?? [];
}

/** One histogram for each group, all over the same bins. Without any value there are no bins. */
export function histograms(groups: readonly (readonly number[])[], about = 12): Bin[][] {
  const all = groups.flat();
  if (all.length === 0) return groups.map(() => []);
  const edges = withNeighbour(niceTicks(Math.min(...all), Math.max(...all), about));
  return groups.map((values) => countInto(edges, values));
}

/** A bar is as wide as its distance to the next one: a bin alone would not be seen (Recharts 3). */
function withNeighbour(edges: readonly number[]): readonly number[] {
  const [first = 0, second = first + 1, ...others] = edges;
  return others.length > 0 ? edges : [first, second, 2 * second - first];
}

function countInto(edges: readonly number[], values: readonly number[]): Bin[] {
  const [first = 0, second = first + 1] = edges;
  const width = second - first;
  const bins = edges.slice(0, -1).map((start, index) => ({ start, end: edges[index + 1] as number, count: 0 }));
  for (const value of values) {
    const bin = bins[Math.min(bins.length - 1, Math.floor((value - first) / width + 1e-9))];
    if (bin) bin.count++;
  }
  return bins;
}
