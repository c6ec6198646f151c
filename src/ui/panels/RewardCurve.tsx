import { type Objective, reward } from "../../core";
import { milliseconds } from "../format";
import styles from "./controls.module.css";

const WIDTH = 320;
const HEIGHT = 120;
const PLOT = { left: 34, right: 316, top: 8, bottom: 96 };
const STEPS = 120;
/** Latency axis ends at this many T, reward factor at this. */
const LAST = 2;
const TALLEST = 1.25;

/** Figure 3 of the paper: the factor that latency puts on accuracy, from 0 to 2 T, as the objective stands. */
export function RewardCurve({ objective }: { objective: Objective }) {
  const { targetMs } = objective;
  const x = (latency: number) => PLOT.left + (latency / (LAST * targetMs)) * (PLOT.right - PLOT.left);
  const y = (factor: number) => PLOT.bottom - (Math.min(factor, TALLEST) / TALLEST) * (PLOT.bottom - PLOT.top);
  const factor = (latency: number) => reward({ accuracy: 1, latencyMs: latency }, objective);
  const path = Array.from({ length: STEPS }, (_, step) => {
    const latency = ((step + 1) / STEPS) * LAST * targetMs;
    return `${x(latency).toFixed(1)} ${y(factor(latency)).toFixed(1)}`;
  }).join("L");
  return (
    <svg
      className={styles.curve}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Reward factor over latency: ${[0.5, 1, 1.5, 2]
        .map((share) => `${factor(share * targetMs).toFixed(2)} at ${milliseconds(share * targetMs)}`)
        .join(", ")}`}
    >
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line x1={PLOT.left} x2={PLOT.right} y1={y(tick)} y2={y(tick)} stroke="var(--hair)" />
          <text x={PLOT.left - 8} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <line
        x1={x(targetMs)}
        x2={x(targetMs)}
        y1={PLOT.top}
        y2={PLOT.bottom}
        stroke="var(--amber)"
        strokeWidth="1.5"
        strokeDasharray="5 4"
      />
      <path d={`M${path}`} fill="none" stroke="var(--accent)" strokeWidth="2.2" />
      <text x={PLOT.left} y={HEIGHT - 6}>
        0
      </text>
      <text x={x(targetMs)} y={HEIGHT - 6} textAnchor="middle" className={styles.targetText}>
        T {milliseconds(targetMs)}
      </text>
      <text x={PLOT.right} y={HEIGHT - 6} textAnchor="end">
        {milliseconds(LAST * targetMs)}
      </text>
    </svg>
  );
}
