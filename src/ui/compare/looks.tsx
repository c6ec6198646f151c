/** How a side is drawn: shape and dashes tell the sides apart, colour only helps. */
interface Look {
  shape: "circle" | "square" | "triangle";
  colour: string;
  dashes?: string;
  /** For the legend and for a screen reader. */
  words: string;
}

const looks: readonly [Look, ...Look[]] = [
  { shape: "circle", colour: "var(--ink)", words: "circles, solid line" },
  { shape: "square", colour: "var(--side-2)", dashes: "7 4", words: "squares, dashed line" },
  { shape: "triangle", colour: "var(--side-3)", dashes: "2 4", words: "triangles, dotted line" },
];

export function lookOf(side: number): Look {
  return looks[side % looks.length] ?? looks[0];
}

/** Outline of a side's mark, about as large as a circle of this radius, px. */
export function markPath(shape: Look["shape"], x: number, y: number, radius: number): string {
  const [cx, cy] = [Number(x.toFixed(1)), Number(y.toFixed(1))];
  if (shape === "circle") {
    return `M${cx - radius} ${cy}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
  }
  if (shape === "square") {
    const half = 0.89 * radius;
    return `M${cx - half} ${cy - half}h${2 * half}v${2 * half}h${-2 * half}Z`;
  }
  const tall = 1.3 * radius;
  return `M${cx} ${cy - tall}l${1.13 * radius} ${1.6 * tall}h${-2.26 * radius}Z`;
}

interface SideMarkProps {
  side: number;
  cx: number;
  cy: number;
  /** px; a later side's is smaller, so that a network of two fronts shows both marks. */
  radius?: number;
  /** Drawn hollow. */
  beyondTarget?: boolean;
  /** In the accent, with a ring. */
  best?: boolean;
}

export function SideMark({ side, cx, cy, radius = 6 - 0.9 * side, beyondTarget, best }: SideMarkProps) {
  const { shape, colour } = lookOf(side);
  const fill = beyondTarget ? "var(--panel)" : colour;
  return (
    <>
      <path
        d={markPath(shape, cx, cy, radius)}
        fill={fill}
        stroke={beyondTarget ? colour : "var(--panel)"}
        strokeWidth={beyondTarget ? 1.8 : 1.2}
      />
      {best && <circle cx={cx} cy={cy} r="10.5" fill="none" stroke="var(--accent)" strokeWidth="2.2" />}
    </>
  );
}

/** A side's mark on its line, for legends and tables. */
export function SideIcon({ side }: { side: number }) {
  const { colour, dashes } = lookOf(side);
  return (
    <svg width="34" height="18" viewBox="0 0 34 18" aria-hidden>
      <path d="M1 9H33" stroke={colour} strokeWidth="1.8" strokeDasharray={dashes} />
      <SideMark side={side} cx={17} cy={9} />
    </svg>
  );
}
