import { niceTicks } from "./ticks";

/** T further out than this factor is named at the edge, so that it cannot squeeze the points. */
const REACH = 1.6;

export interface Axis {
  ticks: number[];
  domain: [low: number, high: number];
}

/** An axis of round steps over the values. */
export function axisOver(values: readonly number[], count = 5): Axis {
  const ticks = niceTicks(Math.min(...values), Math.max(...values), count);
  return { ticks, domain: [ticks[0] as number, ticks.at(-1) as number] };
}

/** Latency axis over the points, with each T that is near enough. */
export function latencyAxis(latencies: readonly number[], targetMs: number | readonly number[], count = 5): Axis {
  const [fastest, slowest] = [Math.min(...latencies), Math.max(...latencies)];
  const near = [targetMs].flat().filter((target) => target >= fastest / REACH && target <= slowest * REACH);
  return axisOver([...latencies, ...near], count);
}
