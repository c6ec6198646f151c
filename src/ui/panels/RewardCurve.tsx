import { type Objective, reward } from "../../core";
import { milliseconds } from "../format";
import styles from "./controls.module.css";

const WIDTH = 320;
const HEIGHT = 120;
const PLOT = { left: 34, right: 316, top: 8, bottom: 96 };
const STEPS = 120;
/** Latency axis ends at this many times the largest T, reward factor at this. */
const LAST = 2;
const TALLEST = 1.25;
/** A name of T needs so much room, px. */
const ROOM = 66;
/** The first one stands no further left: the axis begins with its 0 there, px. */
const FIRST = PLOT.left + 46;

/** One objective's line. */
export interface Curve {
  objective: Objective;
  colour?: string;
  dashes?: string;
}

/**
 * Figure 3 of the paper: what latency makes of an accuracy of 1, as the objectives stand. That is the factor of Equation 2;
 * in absolute form it is what is left of 1, which may go below the axis.
 */
export function RewardCurve({ curves }: { curves: readonly Curve[] }) {
  const targets = [...new Set(curves.map(({ objective }) => objective.targetMs))].sort((a, b) => a - b);
  const end = LAST * (targets.at(-1) ?? 1);
  const x = (latency: number) => PLOT.left + (latency / end) * (PLOT.right - PLOT.left);
  const y = (factor: number) =>
    PLOT.bottom - (Math.max(0, Math.min(factor, TALLEST)) / TALLEST) * (PLOT.bottom - PLOT.top);
  const latencies = Array.from({ length: STEPS }, (_, step) => ((step + 1) / STEPS) * end);
  return (
    <svg
      className={styles.curve}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={curves.map(({ objective }) => inWords(objective)).join("; ")}
    >
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line x1={PLOT.left} x2={PLOT.right} y1={y(tick)} y2={y(tick)} stroke="var(--hair)" />
          <text x={PLOT.left - 8} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {targets.map((targetMs, index) => {
        const roomy = index === 0 || x(targetMs) - x(targets[index - 1] ?? 0) >= ROOM;
        return (
          <g key={targetMs}>
            <line
              x1={x(targetMs)}
              x2={x(targetMs)}
              y1={PLOT.top}
              y2={PLOT.bottom}
              stroke="var(--amber)"
              strokeWidth="1.5"
              strokeDasharray="5 4"
            />
            {roomy && (
              <text x={Math.max(x(targetMs), FIRST)} y={HEIGHT - 6} textAnchor="middle" className={styles.targetText}>
                T {milliseconds(targetMs)}
              </text>
            )}
          </g>
        );
      })}
      {curves.map(({ objective, colour = "var(--accent)", dashes }, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
          key={index}
          d={`M${latencies.map((latency) => `${x(latency).toFixed(1)} ${y(worth(objective, latency)).toFixed(1)}`).join("L")}`}
          fill="none"
          stroke={colour}
          strokeWidth="2.2"
          strokeDasharray={dashes}
        />
      ))}
      <text x={PLOT.left} y={HEIGHT - 6}>
        0
      </text>
      <text x={PLOT.right} y={HEIGHT - 6} textAnchor="end">
        {milliseconds(end)}
      </text>
    </svg>
  );
}

function worth(objective: Objective, latencyMs: number): number {
  return reward({ accuracy: 1, latencyMs }, objective);
}

function inWords(objective: Objective): string {
  const { targetMs, form } = objective;
  const name = form === "absolute" ? "Reward of an accuracy of 1" : "Reward factor";
  const figures = [0.5, 1, 1.5, 2].map((share) => share * targetMs);
  return `${name} over latency: ${figures.map((latency) => `${worth(objective, latency).toFixed(2)} at ${milliseconds(latency)}`).join(", ")}`;
}
