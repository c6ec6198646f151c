import type { ReactNode } from "react";
import type { Axis } from "../charts/domain";
import styles from "./guide.module.css";

const WIDTH = 340;
const HEIGHT = 230;
const PLOT = { left: 44, right: 324, top: 28, bottom: 186 };

/** Where a value of each axis lies, px. */
export interface Place {
  x(value: number): number;
  y(value: number): number;
  plot: typeof PLOT;
}

interface PlainChartProps {
  x: Axis & { name: string };
  y: Axis & { name: string; unit?: string };
  /** What it shows, for who does not see it. */
  label: string;
  children: (place: Place) => ReactNode;
}

/** Two axes, drawn plainly: the guide's charts hold a few marks or lines each. */
export function PlainChart({ x, y, label, children }: PlainChartProps) {
  const place: Place = {
    x: (value) => PLOT.left + shareOf(x, value) * (PLOT.right - PLOT.left),
    y: (value) => PLOT.bottom - shareOf(y, value) * (PLOT.bottom - PLOT.top),
    plot: PLOT,
  };
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <text x="0" y="13">
        {y.name}
      </text>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line x1={PLOT.left} x2={PLOT.right} y1={place.y(tick)} y2={place.y(tick)} stroke="var(--hair)" />
          <text x={PLOT.left - 6} y={place.y(tick) + 4.5} textAnchor="end">
            {tick}
            {y.unit && `\u00a0${y.unit}`}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} x={place.x(tick)} y={PLOT.bottom + 17} textAnchor="middle">
          {tick}
        </text>
      ))}
      <text x={(PLOT.left + PLOT.right) / 2} y={HEIGHT - 5} textAnchor="middle">
        {x.name}
      </text>
      {children(place)}
    </svg>
  );
}

function shareOf({ domain: [low, high] }: Axis, value: number): number {
  return (value - low) / (high - low);
}
