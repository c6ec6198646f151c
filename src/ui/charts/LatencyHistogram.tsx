import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from "recharts";
import { histogram } from "../state/histogram";
import { AxisName } from "./AxisName";
import { across, below, frame, heights, upward } from "./axes";
import styles from "./charts.module.css";
import { axisOver, latencyAxis } from "./domain";
import { TargetLine } from "./TargetLine";

interface LatencyHistogramProps {
  /** Of every network that was timed, ms. */
  latencies: readonly number[];
  targetMs: number;
}

/** How many networks the search drew at each latency, with T. */
export default function LatencyHistogram({ latencies, targetMs }: LatencyHistogramProps) {
  const counted = histogram(latencies);
  const bins = counted.map(({ start, end, count }) => ({ middle: (start + end) / 2, count }));
  const x = latencyAxis(
    counted.flatMap(({ start, end }) => [start, end]),
    targetMs,
  );
  const y = axisOver([0, ...bins.map((bin) => bin.count)], 3);
  const within = latencies.filter((latency) => latency <= targetMs).length;
  return (
    <figure className={styles.chart} aria-label={`Latency of ${latencies.length} networks; ${within} within T`}>
      <BarChart
        {...frame}
        data={bins}
        style={{ width: "100%", height: heights.small, pointerEvents: "none" }}
        barCategoryGap={1}
      >
        <CartesianGrid vertical={false} stroke="var(--hair)" />
        <XAxis {...across} dataKey="middle" {...x} label={below("Latency, ms")} />
        <YAxis {...upward} {...y} ticks={y.ticks.filter(Number.isInteger)} allowDecimals={false} width={32} />
        <AxisName words="Networks" />
        <Bar dataKey="count" fill="var(--faint)" radius={[2, 2, 0, 0]} isAnimationActive={false} />
        <TargetLine targetMs={targetMs} />
      </BarChart>
    </figure>
  );
}
