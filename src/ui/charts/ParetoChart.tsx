import { type KeyboardEvent, type MouseEvent, useId, useMemo, useRef } from "react";
import { CartesianGrid, Scatter, ScatterChart, XAxis, YAxis } from "recharts";
import { milliseconds, percent } from "../format";
import type { ScoredPoint } from "../state/score";
import { AxisName } from "./AxisName";
import { across, below, frame, heights, upward } from "./axes";
import styles from "./charts.module.css";
import { axisOver, latencyAxis } from "./domain";
import { Mark, type MarkKind, markNames, markOf } from "./marks";
import { neighbour } from "./neighbour";
import { FrontLine, Intervals, type Locate, LocateProbe } from "./ParetoLayers";
import { PointCloud } from "./PointCloud";
import { TargetLine } from "./TargetLine";

/** A tap selects the nearest point within this distance: a finger is 44 px wide. */
const REACH = 22;

/** Later series stand on top. */
const frontSeries: readonly MarkKind[] = ["frontBeyond", "front", "bestBeyond", "best"];

export interface ParetoChartProps {
  points: readonly ScoredPoint[];
  targetMs: number;
  selected?: ScoredPoint;
  onSelect: (number: number) => void;
}

/** Accuracy over measured latency: one series per class of point, the front as a staircase, T in amber. */
export default function ParetoChart({ points, targetMs, selected, onSelect }: ParetoChartProps) {
  const locate = useRef<Locate>(() => undefined);
  const help = useId();
  const front = useMemo(
    () => points.filter((point) => point.onFront).sort((a, b) => a.latencyMs - b.latencyMs),
    [points],
  );
  const classes = useMemo(() => byMark(points), [points]);
  const x = latencyAxis(
    [...points.map((point) => point.latencyMs), ...front.flatMap((point) => point.latencyInterval)],
    targetMs,
  );
  const y = axisOver(
    [...points.map((point) => point.accuracy), ...front.flatMap((point) => point.accuracyInterval)].map((a) => a * 100),
  );

  function tap(event: MouseEvent<HTMLDivElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const distance = (point: ScoredPoint) => {
      const place = locate.current(point);
      return place ? Math.hypot(place.x - at.x, place.y - at.y) : Number.POSITIVE_INFINITY;
    };
    const [nearest] = [...points].sort((a, b) => distance(a) - distance(b));
    if (nearest && distance(nearest) <= REACH) onSelect(nearest.number);
  }

  function press(event: KeyboardEvent) {
    const next = neighbour(points, selected, event.key);
    if (!next) return;
    event.preventDefault();
    onSelect(next.number);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would not take the focus
    <div
      className={styles.chart}
      role="group"
      aria-roledescription="chart"
      aria-label={`Accuracy over latency, ${points.length} networks, ${front.length} on the front`}
      aria-describedby={help}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys choose a point
      tabIndex={0}
      onClick={tap}
      onKeyDown={press}
    >
      <span id={help} className="hidden">
        Left and right arrow keys choose a network by latency, up and down by accuracy. The table shows the same
        figures.
      </span>
      <ScatterChart {...frame} style={{ width: "100%", height: heights.large, pointerEvents: "none" }}>
        <CartesianGrid vertical={false} stroke="var(--hair)" />
        <XAxis {...across} dataKey="x" {...x} label={below("Latency on this device, ms")} />
        <YAxis {...upward} dataKey="y" {...y} width={46} tickFormatter={(value: number) => `${value} %`} />
        <AxisName words="Accuracy" />
        <FrontLine front={front} />
        <TargetLine targetMs={targetMs} />
        <Intervals points={front} selected={selected} />
        <PointCloud points={classes.dominatedBeyond} radius={3.2} fill="var(--panel)" stroke="var(--faint)" />
        <PointCloud points={classes.dominated} radius={3.5} fill="var(--faint)" />
        {frontSeries.map((kind) => (
          <Scatter
            key={kind}
            name={markNames[kind]}
            data={classes[kind]}
            isAnimationActive={false}
            shape={({ cx, cy }: { cx?: number; cy?: number }) =>
              cx === undefined || cy === undefined ? <g /> : <Mark kind={kind} cx={cx} cy={cy} />
            }
          />
        ))}
        <LocateProbe
          onLocate={(current) => {
            locate.current = current;
          }}
        />
      </ScatterChart>
      <span className="hidden" role="status">
        {selected &&
          `Trial ${selected.number + 1}: ${percent(selected.accuracy)} at ${milliseconds(selected.latencyMs)}`}
      </span>
    </div>
  );
}

/** The points of each class, in the units of the axes. */
function byMark(points: readonly ScoredPoint[]): Record<MarkKind, { x: number; y: number }[]> {
  const classes: ReturnType<typeof byMark> = {
    best: [],
    bestBeyond: [],
    front: [],
    frontBeyond: [],
    dominated: [],
    dominatedBeyond: [],
  };
  for (const point of points) classes[markOf(point)].push({ x: point.latencyMs, y: point.accuracy * 100 });
  return classes;
}
