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
import { AxisName } from "../../charts/AxisName";
import { across, below, frame, upward } from "../../charts/axes";
import charts from "../../charts/charts.module.css";
import type { Axis } from "../../charts/domain";
import { lookOf, markPath } from "../../compare/looks";
import { SeriesMark, seriesLine } from "./looks";
import { NumberedMarks } from "./NumberedMarks";
import type { Place } from "./spread";

interface Point extends Place {
  /** Beside the mark, or within it where the series is numbered. */
  tag: string;
}

/** A point with what is known of its uncertainty, in the units of the axes. */
interface MeasuredPoint extends Point {
  xInterval?: readonly [low: number, high: number];
  yInterval?: readonly [low: number, high: number];
}

interface SeriesLook {
  label: string;
  /** Which shape and colour: 0, 1, 2. */
  look: number;
  /** Points are joined in their order. */
  line?: boolean;
  /** The tags stand within the marks. */
  numbered?: boolean;
}

/** A series is published or measured, never both; `cloud`: what lies faint behind its points. */
export type Series = SeriesLook &
  (
    | { kind: "published"; points: readonly Point[] }
    | { kind: "measured"; points: readonly MeasuredPoint[]; cloud?: readonly Place[] }
  );

interface XYChartProps {
  series: readonly Series[];
  x: Axis & { name: string };
  y: Axis & { name: string; unit: string };
  /** What the chart shows, for who does not see it. */
  label: string;
}

/** Marks over two numeric axes: hollow and dashed where published, filled with 95 % intervals where measured here. */
export function XYChart({ series, x, y, label }: XYChartProps) {
  const all = series.flatMap(({ points }) => points.map((point) => ({ x: point.x, y: point.y })));
  return (
    <figure className={charts.chart} style={{ cursor: "auto" }} aria-label={label}>
      <ScatterChart {...frame} style={{ width: "100%", height: 260, pointerEvents: "none" }}>
        <CartesianGrid vertical={false} stroke="var(--hair)" />
        <XAxis {...across} dataKey="x" ticks={x.ticks} domain={x.domain} label={below(x.name)} />
        <YAxis
          {...upward}
          dataKey="y"
          ticks={y.ticks}
          domain={y.domain}
          width={52}
          tickFormatter={(value: number) => `${value.toLocaleString("en")}\u00a0${y.unit}`}
        />
        <AxisName words={y.name} />
        {/* The axes take their scale from a series; the layers below draw what it stands for. */}
        <Scatter data={all} isAnimationActive={false} shape={() => <g />} />
        <Layers series={series} />
      </ScatterChart>
    </figure>
  );
}

function Layers({ series }: { series: readonly Series[] }) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const plot = usePlotArea();
  if (!toX || !toY || !plot) return null;
  const toPlace = ({ x, y }: Place) => ({ x: toX(x) ?? 0, y: toY(y) ?? 0 });
  const numbered = series.flatMap(({ kind, look, numbered, points }) =>
    numbered ? points.map((point) => ({ kind, look, number: point.tag, at: toPlace(point) })) : [],
  );
  return (
    <>
      {series.map((each) => (
        <Layer key={each.label} series={each} toPlace={toPlace} />
      ))}
      <NumberedMarks points={numbered} plot={plot} />
    </>
  );
}

function Layer({ series, toPlace }: { series: Series; toPlace(point: Place): Place }) {
  const { kind, look, line, numbered, label } = series;
  const places = series.points.map((point) => ({ tag: point.tag, ...toPlace(point) }));
  return (
    <g>
      {kind === "measured" && series.cloud && <Cloud places={series.cloud.map(toPlace)} look={look} />}
      {line && (
        <path
          d={places.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("")}
          {...seriesLine(kind, look)}
        />
      )}
      {kind === "measured" &&
        series.points.map(({ x, y, xInterval = [x, x], yInterval = [y, y], tag }) => {
          const [left, right] = xInterval.map((value) => toPlace({ x: value, y }));
          const [bottom, top] = yInterval.map((value) => toPlace({ x, y: value }));
          return (
            <g key={`${label} ${tag}`} stroke="var(--ink)" strokeOpacity="0.5" strokeWidth="1.5">
              <line x1={left?.x} x2={right?.x} y1={left?.y} y2={right?.y} />
              <line x1={bottom?.x} x2={top?.x} y1={bottom?.y} y2={top?.y} />
            </g>
          );
        })}
      {/* The first lies on top: it is what the others are compared with. */}
      {!numbered &&
        [...places].reverse().map(({ tag, x, y }) => (
          <g key={`${label} ${tag}`}>
            <SeriesMark kind={kind} look={look} cx={x} cy={y} />
            <text x={x + (look === 0 ? -8 : 8)} y={look === 0 ? y - 6 : y + 14} {...tagLook(look)}>
              {tag}
            </text>
          </g>
        ))}
    </g>
  );
}

/** Many marks as one path. */
function Cloud({ places, look }: { places: readonly Place[]; look: number }) {
  const { shape, colour } = lookOf(look);
  return <path d={places.map(({ x, y }) => markPath(shape, x, y, 2.6)).join("")} fill={colour} fillOpacity="0.28" />;
}

/** The first series has its tags up on the left, the others down on the right. */
function tagLook(look: number) {
  return { textAnchor: look === 0 ? "end" : "start", fontSize: "11", fill: "var(--dim)" } as const;
}
