import { usePlotArea, useXAxisScale } from "recharts";
import { milliseconds } from "../format";

/** Half the width of the label, px; nearer to the edge it stands to one side of the line. */
const ROOM = 40;

/** The target latency in a chart whose x axis is latency; an arrow at the edge where T lies beyond it. */
export function TargetLine({ targetMs }: { targetMs: number }) {
  const scale = useXAxisScale();
  const plot = usePlotArea();
  const at = scale?.(targetMs);
  if (!plot || at === undefined) return null;
  const [left, right] = [plot.x, plot.x + plot.width];
  const label = `T ${milliseconds(targetMs)}`;
  const outside = at < left ? `← ${label}` : at > right ? `${label} →` : undefined;
  const anchor = at < left + ROOM ? "start" : at > right - ROOM ? "end" : "middle";
  return (
    <g fill="var(--amber)" fontSize="12" fontWeight="600">
      {!outside && (
        <line
          x1={at}
          x2={at}
          y1={plot.y - 6}
          y2={plot.y + plot.height}
          stroke="var(--amber)"
          strokeWidth="1.5"
          strokeDasharray="5 4"
        />
      )}
      {/* An axis name stands above the left edge. */}
      <text x={Math.max(left + 30, Math.min(right, at))} y={plot.y - 12} textAnchor={anchor}>
        {outside ?? label}
      </text>
    </g>
  );
}
