import type { Measured } from "../../core";
import { axisOver } from "../charts/domain";
import { Mark } from "../charts/marks";
import { milliseconds, percent, plural } from "../format";
import styles from "./guide.module.css";
import { staircase } from "./made";
import { type Place, PlainChart } from "./PlainChart";

interface FrontChartProps<Point extends Measured> {
  points: readonly Point[];
  front: readonly Point[];
  /** Drawn where it is given. */
  targetMs?: number;
  /** Points with a ring around them; the words stand beside it, or where they are not shown only in the label. */
  named?: readonly { point: Point; words: string; hidden?: boolean }[];
}

/** Networks by latency and accuracy, the front as a line. */
export function FrontChart<Point extends Measured>({ points, front, targetMs, named = [] }: FrontChartProps<Point>) {
  const x = { ...axisOver([0, ...points.map(({ latencyMs }) => latencyMs)], 4), name: "Latency, ms" };
  const y = {
    ...axisOver(
      points.map(({ accuracy }) => 100 * accuracy),
      4,
    ),
    name: "Accuracy",
    unit: "%",
  };
  const words = named.map(
    ({ point, words }) => `${words}: ${percent(point.accuracy)} at ${milliseconds(point.latencyMs)}`,
  );
  const label = [`${plural(points.length, "network")}, ${front.length} on the front`, ...words].join("; ");
  return (
    <PlainChart x={x} y={y} label={label}>
      {(place) => (
        <>
          <path
            d={`M${staircase(points)
              .map((corner) => `${place.x(corner.x).toFixed(1)} ${place.y(100 * corner.y).toFixed(1)}`)
              .join("L")}`}
            fill="none"
            stroke="var(--ink)"
            strokeWidth="1.4"
          />
          {targetMs !== undefined && (
            <>
              <line
                x1={place.x(targetMs)}
                x2={place.x(targetMs)}
                y1={place.plot.top - 8}
                y2={place.plot.bottom}
                stroke="var(--amber)"
                strokeWidth="1.5"
                strokeDasharray="5 4"
              />
              <text className={styles.target} x={place.x(targetMs)} y={place.plot.top - 13} textAnchor="middle">
                T
              </text>
            </>
          )}
          {points.map((point, index) => (
            <Mark
              // The order is the identity here.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={index}
              kind={front.includes(point) ? "front" : "dominated"}
              cx={place.x(point.latencyMs)}
              cy={place.y(100 * point.accuracy)}
            />
          ))}
          {named.map(({ point, words, hidden }) => (
            <g key={words}>
              <circle
                cx={place.x(point.latencyMs)}
                cy={place.y(100 * point.accuracy)}
                r="9"
                fill="none"
                stroke="var(--accent)"
                strokeWidth="2.2"
              />
              {!hidden && (
                <text
                  className={styles.named}
                  x={place.x(point.latencyMs)}
                  y={place.y(100 * point.accuracy) - 14}
                  textAnchor={anchorAt(place.x(point.latencyMs), place.plot)}
                >
                  {words}
                </text>
              )}
            </g>
          ))}
        </>
      )}
    </PlainChart>
  );
}

/** Half the room that a word takes, px. */
const ROOM = 44;

/** Words at an edge stay within it. */
function anchorAt(x: number, { left, right }: Place["plot"]) {
  if (x < left + ROOM) return "start";
  return x > right - ROOM ? "end" : "middle";
}
