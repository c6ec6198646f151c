import { type Kind, SeriesMark } from "./looks";
import { type Place, spread } from "./spread";

/** A point that is told by its number. */
interface NumberedPoint {
  at: Place;
  number: string;
  kind: Kind;
  look: number;
}

interface NumberedMarksProps {
  points: readonly NumberedPoint[];
  /** px. */
  plot: { x: number; y: number; width: number; height: number };
}

const RADIUS = 9;

/** Each number in its mark; where marks would overlap, they stand beside their points, a line leads to each. */
export function NumberedMarks({ points, plot }: NumberedMarksProps) {
  const discs = spread(
    points.map(({ at }) => at),
    RADIUS,
    plot,
  );
  const marks = points.map((point, index) => {
    const disc = discs[index] ?? point.at;
    return { ...point, disc, moved: Math.hypot(disc.x - point.at.x, disc.y - point.at.y) > 1 };
  });
  const led = marks.filter(({ moved }) => moved);
  return (
    <g>
      {led.map(({ number, at, disc }) => (
        <line key={number} x1={at.x} y1={at.y} x2={disc.x} y2={disc.y} stroke="var(--ink)" strokeWidth="1" />
      ))}
      {led.map(({ number, kind, look, at }) => (
        <SeriesMark key={number} kind={kind} look={look} cx={at.x} cy={at.y} radius={3.5} />
      ))}
      {/* The first lies on top: it is what the others are compared with. */}
      {[...marks].reverse().map(({ number, kind, look, disc: { x, y } }) => (
        <g key={number}>
          <SeriesMark kind={kind} look={look} cx={x} cy={y} radius={RADIUS} />
          <text
            x={x}
            y={y + 4}
            textAnchor="middle"
            fontSize="11"
            fontWeight="650"
            fill={kind === "published" ? "var(--ink)" : "var(--panel)"}
          >
            {number}
          </text>
        </g>
      ))}
    </g>
  );
}
