import type { ScoredPoint } from "../state/score";

/** The point that an arrow key moves to: left and right by latency, up and down by accuracy; undefined for other keys. */
export function neighbour(
  points: readonly ScoredPoint[],
  from: ScoredPoint | undefined,
  key: string,
): ScoredPoint | undefined {
  const byLatency = key === "ArrowLeft" || key === "ArrowRight" || key === "Home" || key === "End";
  if (!byLatency && key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  const order = [...points].sort((a, b) =>
    byLatency ? a.latencyMs - b.latencyMs || a.number - b.number : a.accuracy - b.accuracy || a.number - b.number,
  );
  if (key === "Home") return order[0];
  if (key === "End") return order.at(-1);
  if (!from) return order[0];
  const at = order.findIndex((point) => point.number === from.number);
  const step = key === "ArrowRight" || key === "ArrowUp" ? 1 : -1;
  return order[Math.min(order.length - 1, Math.max(0, at + step))];
}
