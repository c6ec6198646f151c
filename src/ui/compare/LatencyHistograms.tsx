import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from "recharts";
import { AxisName } from "../charts/AxisName";
import { across, below, frame, upward } from "../charts/axes";
import charts from "../charts/charts.module.css";
import { axisOver, latencyAxis } from "../charts/domain";
import { TargetLine } from "../charts/TargetLine";
import { milliseconds } from "../format";
import { histograms } from "../state/histogram";
import styles from "./compare.module.css";
import { lookOf, SideIcon } from "./looks";
import { type Side, targetsOf } from "./side";

/** How many networks each side drew at each latency: one histogram above the other, all over the same axes. */
export default function LatencyHistograms({ sides }: { sides: readonly Side[] }) {
  const counted = histograms(sides.map(({ latencies }) => latencies));
  const x = latencyAxis(
    counted.flat().flatMap(({ start, end }) => [start, end]),
    targetsOf(sides),
  );
  const y = axisOver([0, ...counted.flat().map(({ count }) => count)], 2);
  const ticks = y.ticks.filter(Number.isInteger);
  return (
    <div className={styles.histograms}>
      {sides.map((side, index) => {
        const bins = counted[index]?.map(({ start, end, count }) => ({ middle: (start + end) / 2, count })) ?? [];
        const lowest = index === sides.length - 1;
        return (
          <div key={side.study.id}>
            <div className={styles.histogramHead}>
              <SideIcon side={side.place} />
              <strong>{side.label}</strong>
            </div>
            <figure
              className={charts.chart}
              aria-label={`${side.label}: latency of ${side.latencies.length} networks, median ${milliseconds(side.medianMs)}`}
            >
              <BarChart
                {...frame}
                margin={{ ...frame.margin, bottom: lowest ? frame.margin.bottom : 0 }}
                data={bins}
                style={{ width: "100%", height: lowest ? 150 : 128, pointerEvents: "none" }}
                barCategoryGap={1}
              >
                <CartesianGrid vertical={false} stroke="var(--hair)" />
                <XAxis {...across} dataKey="middle" {...x} label={lowest ? below("Latency, ms") : undefined} />
                <YAxis {...upward} {...y} ticks={ticks} allowDecimals={false} width={32} />
                {index === 0 && <AxisName words="Networks" />}
                <Bar
                  dataKey="count"
                  fill={lookOf(side.place).colour}
                  fillOpacity={0.6}
                  radius={[2, 2, 0, 0]}
                  isAnimationActive={false}
                />
                <TargetLine targetMs={side.objective.targetMs} />
              </BarChart>
            </figure>
          </div>
        );
      })}
    </div>
  );
}
