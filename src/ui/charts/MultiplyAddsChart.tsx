import { CartesianGrid, Scatter, ScatterChart, XAxis, YAxis } from "recharts";
import { latencyCorrelation, type ScoredPoint } from "../state/score";
import { AxisName } from "./AxisName";
import { across, below, frame, heights, upward } from "./axes";
import styles from "./charts.module.css";
import { axisOver } from "./domain";
import { Mark } from "./marks";
import { PointCloud } from "./PointCloud";

/** Latency over multiply-adds on this device, the best by reward first in the list and marked; and how far the one tells the order of the other. */
export default function MultiplyAddsChart({ points }: { points: readonly ScoredPoint[] }) {
  const best = points[0]?.beyondTarget ? "bestBeyond" : "best";
  const data = points.map((point) => ({ x: point.multiplyAdds / 1e6, y: point.latencyMs }));
  const x = axisOver([0, ...data.map((point) => point.x)], 4);
  const y = axisOver([0, ...data.map((point) => point.y)], 3);
  const correlation = latencyCorrelation(points);
  return (
    <>
      <figure className={styles.chart} aria-label={`Latency over multiply-adds of ${points.length} networks`}>
        <ScatterChart {...frame} style={{ width: "100%", height: heights.small, pointerEvents: "none" }}>
          <CartesianGrid vertical={false} stroke="var(--hair)" />
          <XAxis {...across} dataKey="x" {...x} label={below("Multiply-adds, millions")} />
          <YAxis {...upward} dataKey="y" {...y} width={46} tickFormatter={(value: number) => `${value}\u00a0ms`} />
          <AxisName words="Latency" />
          <PointCloud points={data} radius={3.5} fill="var(--ink)" fillOpacity={0.55} />
          <Scatter
            data={data.slice(0, 1)}
            isAnimationActive={false}
            shape={({ cx = 0, cy = 0 }: { cx?: number; cy?: number }) => <Mark kind={best} cx={cx} cy={cy} />}
          />
        </ScatterChart>
      </figure>
      {correlation !== undefined && <p className="small">{verdict(correlation)}</p>}
    </>
  );
}

/** Why latency is measured and not counted, in the words that the correlation deserves. */
function verdict(correlation: number): string {
  const figure = `Rank correlation on this device: ${correlation.toFixed(2)}.`;
  if (correlation > 0.95) return `${figure} Here the counts order the networks almost as the clock does.`;
  return `${figure} Fewer multiply-adds do not always run faster here, so the search measures.`;
}
