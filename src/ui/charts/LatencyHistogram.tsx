import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from "recharts";
import { histogram } from "../state/histogram";
import type { Point } from "../state/score";
import { AxisName } from "./AxisName";
import styles from "./charts.module.css";
import { axisOver, latencyAxis } from "./domain";
import { TargetLine } from "./TargetLine";

interface LatencyHistogramProps {
  points: readonly Point[];
  targetMs: number;
}

/** How many networks the search drew at each latency, with T. */
export default function LatencyHistogram({ points, targetMs }: LatencyHistogramProps) {
  const latencies = points.map((point) => point.latencyMs);
  const counted = histogram(latencies);
  const bins = counted.map(({ start, end, count }) => ({ middle: (start + end) / 2, count }));
  const x = latencyAxis(
    counted.flatMap(({ start, end }) => [start, end]),
    targetMs,
  );
  const y = axisOver([0, ...bins.map((bin) => bin.count)], 3);
  const within = latencies.filter((latency) => latency <= targetMs).length;
  return (
    <figure className={styles.chart} aria-label={`Latency of ${points.length} networks; ${within} within T`}>
      <BarChart
        responsive
        accessibilityLayer={false}
        data={bins}
        style={{ width: "100%", height: 180, pointerEvents: "none" }}
        margin={{ top: 24, right: 12, bottom: 22, left: 0 }}
        barCategoryGap={1}
      >
        <CartesianGrid vertical={false} stroke="var(--hair)" />
        <XAxis
          type="number"
          dataKey="middle"
          {...x}
          tickLine={false}
          axisLine={{ stroke: "var(--hair)" }}
          label={{ value: "Latency, ms", position: "insideBottom", offset: -14 }}
        />
        <YAxis
          {...y}
          ticks={y.ticks.filter(Number.isInteger)}
          allowDecimals={false}
          width={32}
          tickLine={false}
          axisLine={false}
        />
        <AxisName words="Networks" />
        <Bar dataKey="count" fill="var(--faint)" radius={[2, 2, 0, 0]} isAnimationActive={false} />
        <TargetLine targetMs={targetMs} />
      </BarChart>
    </figure>
  );
}
