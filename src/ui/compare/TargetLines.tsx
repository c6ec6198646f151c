import { usePlotArea, useXAxisScale } from "recharts";
import { milliseconds } from "../format";

/** Height of a row of names above the plot, px. */
export const ROW = 14;

/** Width of a letter of a name at most, px. */
const LETTER = 7;

interface Name {
  targetMs: number;
  text: string;
  /** Left edge, px. */
  from: number;
  row: number;
}

/** Several target latencies in a chart whose x axis is latency; a name that would lie on another stands a row higher. */
export function TargetLines({ targets }: { targets: readonly number[] }) {
  const scale = useXAxisScale();
  const plot = usePlotArea();
  if (!scale || !plot) return null;
  // An axis name stands above the left edge.
  const [left, right] = [plot.x + 30, plot.x + plot.width];
  const names: Name[] = [];
  for (const targetMs of targets) {
    const at = scale(targetMs) ?? left;
    const label = `T ${milliseconds(targetMs)}`;
    const text = at < plot.x ? `← ${label}` : at > right ? `${label} →` : label;
    const width = text.length * LETTER;
    const from = Math.max(left, Math.min(right - width, at - width / 2));
    const taken = names.filter((name) => from < name.from + name.text.length * LETTER).map(({ row }) => row);
    const row = targets.findIndex((_, each) => !taken.includes(each));
    names.push({ targetMs, text, from, row });
  }
  return (
    <g fill="var(--amber)" fontSize="12" fontWeight="600">
      {names.map(({ targetMs, text, from, row }) => {
        const at = scale(targetMs) ?? left;
        const high = plot.y - 12 - row * ROW;
        return (
          <g key={targetMs}>
            {at >= plot.x && at <= right && (
              <line
                x1={at}
                x2={at}
                y1={high + 6}
                y2={plot.y + plot.height}
                stroke="var(--amber)"
                strokeWidth="1.5"
                strokeDasharray="5 4"
              />
            )}
            <text x={from + (text.length * LETTER) / 2} y={high} textAnchor="middle">
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}
