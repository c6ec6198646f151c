import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import type { ScoredPoint } from "../state/score";

/** Where a point lies in the chart, px from its top left corner. */
export type Locate = (point: ScoredPoint) => { x: number; y: number } | undefined;

function useLocate(): Locate {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  return ({ latencyMs, accuracy }) => {
    const x = toX?.(latencyMs);
    const y = toY?.(accuracy * 100);
    return x === undefined || y === undefined ? undefined : { x, y };
  };
}

/** The front as a staircase: what accuracy is reached within each latency. Points are by rising latency. */
export function FrontLine({ front }: { front: readonly ScoredPoint[] }) {
  const locate = useLocate();
  const plot = usePlotArea();
  const places = front.map(locate).filter((place) => place !== undefined);
  const [first] = places;
  if (!first || !plot) return null;
  const steps = places.slice(1).map(({ x, y }) => `H${x}V${y}`);
  const path = `M${first.x} ${first.y}${steps.join("")}H${plot.x + plot.width}`;
  return <path d={path} fill="none" stroke="var(--ink)" strokeWidth="1.5" strokeOpacity="0.75" />;
}

interface IntervalsProps {
  points: readonly ScoredPoint[];
  selected?: ScoredPoint;
}

/** 95 % intervals of accuracy and latency: faint on the front, strong on the selected point, which also gets a ring. */
export function Intervals({ points, selected }: IntervalsProps) {
  const locate = useLocate();
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const plot = usePlotArea();
  if (!toX || !toY || !plot) return null;
  const within = (value: number | undefined, start: number, size: number) =>
    Math.min(start + size, Math.max(start, value ?? start));
  const bars = (point: ScoredPoint, chosen: boolean) => {
    const place = locate(point);
    if (!place) return null;
    const [left, right] = point.latencyInterval.map((value) => within(toX(value), plot.x, plot.width));
    const [bottom, top] = point.accuracyInterval.map((value) => within(toY(value * 100), plot.y, plot.height));
    return (
      <g
        key={point.number}
        stroke={chosen ? "var(--accent)" : "var(--ink)"}
        strokeWidth={chosen ? 2 : 1}
        strokeOpacity={chosen ? 1 : 0.45}
      >
        <line x1={left} x2={right} y1={place.y} y2={place.y} />
        <line x1={place.x} x2={place.x} y1={bottom} y2={top} />
        {chosen && <circle cx={place.x} cy={place.y} r="12" fill="none" />}
      </g>
    );
  };
  return (
    <g>
      {points.filter((point) => point !== selected).map((point) => bars(point, false))}
      {selected && bars(selected, true)}
    </g>
  );
}

/** Hands the chart's scales out, for finding the point under a finger. */
export function LocateProbe({ onLocate }: { onLocate: (locate: Locate) => void }) {
  onLocate(useLocate());
  return null;
}
