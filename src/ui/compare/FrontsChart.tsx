import {
  CartesianGrid,
  Scatter,
  ScatterChart,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from "recharts";
import { AxisName } from "../charts/AxisName";
import { across, below, frame, heights, upward } from "../charts/axes";
import styles from "../charts/charts.module.css";
import { axisOver, latencyAxis } from "../charts/domain";
import type { ScoredPoint } from "../state/score";
import { lookOf, markPath, SideMark } from "./looks";
import { type Side, targetsOf } from "./side";
import { ROW, TargetLines } from "./TargetLines";

/** The fronts of all sides over the same axes, every other network faint behind them. */
export default function FrontsChart({ sides }: { sides: readonly Side[] }) {
  const points = sides.flatMap((side) => side.points);
  const fronts = sides.flatMap((side) => side.front);
  const targets = targetsOf(sides);
  const x = latencyAxis(
    [...points.map((point) => point.latencyMs), ...fronts.flatMap((point) => point.latencyInterval)],
    targets,
  );
  const y = axisOver(
    [...points.map((point) => point.accuracy), ...fronts.flatMap((point) => point.accuracyInterval)].map(
      (a) => a * 100,
    ),
  );
  const counts = sides.map(({ label, front, points }) => `${label}: ${front.length} of ${points.length} on the front`);
  return (
    <figure
      className={styles.chart}
      aria-label={`Accuracy over latency. ${counts.join("; ")}. The table has the figures`}
    >
      <ScatterChart
        {...frame}
        margin={{ ...frame.margin, top: frame.margin.top + ROW * (targets.length - 1) }}
        style={{ width: "100%", height: heights.large, pointerEvents: "none" }}
      >
        <CartesianGrid vertical={false} stroke="var(--hair)" />
        <XAxis {...across} dataKey="x" {...x} label={below("Latency on this device, ms")} />
        <YAxis {...upward} dataKey="y" {...y} width={46} tickFormatter={(value: number) => `${value} %`} />
        <AxisName words="Accuracy" />
        <TargetLines targets={targets} />
        {/* The axes take their scale from a series; the layers below draw what it stands for. */}
        <Scatter data={fronts.map(atAxes)} isAnimationActive={false} shape={() => <g />} />
        {sides.map(({ study, points, place }) => (
          <Dominated key={study.id} points={points} side={place} />
        ))}
        {sides.map(({ study, front, place }) => (
          <Front key={study.id} front={front} side={place} />
        ))}
      </ScatterChart>
    </figure>
  );
}

function atAxes({ latencyMs, accuracy }: ScoredPoint) {
  return { x: latencyMs, y: accuracy * 100 };
}

interface LayerProps {
  points: readonly ScoredPoint[];
  side: number;
}

/** Many marks as one path: a series of Recharts costs several components a point. */
function Dominated({ points, side }: LayerProps) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  if (!toX || !toY) return null;
  const { shape, colour } = lookOf(side);
  const place = (point: ScoredPoint) => markPath(shape, toX(point.latencyMs) ?? 0, toY(point.accuracy * 100) ?? 0, 2.6);
  const path = points.filter((point) => !point.onFront).map(place);
  return <path d={path.join("")} fill={colour} fillOpacity="0.28" />;
}

/** A side's front: its staircase to the edge of the chart, its networks with their 95 % intervals of accuracy. */
function Front({ front, side }: { front: readonly ScoredPoint[]; side: number }) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const plot = usePlotArea();
  if (!toX || !toY || !plot) return null;
  const { colour, dashes } = lookOf(side);
  const places = front.map((point) => ({
    point,
    x: toX(point.latencyMs) ?? 0,
    y: toY(point.accuracy * 100) ?? 0,
    reach: point.accuracyInterval.map((share) => toY(share * 100) ?? 0),
  }));
  const [first, ...later] = places;
  if (!first) return null;
  const steps = later.map(({ x, y }) => `H${x}V${y}`).join("");
  const line = `M${first.x} ${first.y}${steps}H${plot.x + plot.width}`;
  return (
    <g>
      <path d={line} fill="none" stroke={colour} strokeWidth="1.8" strokeDasharray={dashes} />
      {places.map(({ point, x, y, reach: [low, high] }) => (
        <g key={point.number}>
          <line x1={x} x2={x} y1={low} y2={high} stroke={colour} strokeOpacity="0.45" />
          <SideMark side={side} cx={x} cy={y} beyondTarget={point.beyondTarget} best={point.best} />
        </g>
      ))}
    </g>
  );
}
