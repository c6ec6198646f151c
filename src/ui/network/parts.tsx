import type { Box } from "./describe";
import styles from "./drawing.module.css";

interface BoxPartProps {
  /** Middle of the upper edge, px. */
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  /** A second line. */
  details?: string;
  kind: Box["kind"];
  /** For what is only a part of another. */
  small?: boolean;
}

/** A box with one line of words or two. */
export function BoxPart({ x, y, width, height, title, details, kind, small }: BoxPartProps) {
  const middle = y + height / 2;
  return (
    <>
      <rect className={styles.box} data-kind={kind} x={x - width / 2} y={y} width={width} height={height} rx="6" />
      <text
        className={small ? styles.small : styles.strong}
        x={x}
        y={details ? middle - 3 : middle + 4.5}
        textAnchor="middle"
      >
        {title}
      </text>
      {details && (
        <text className={styles.quiet} x={x} y={middle + 12} textAnchor="middle">
          {details}
        </text>
      )}
    </>
  );
}

/** A line down to a point, with a head. */
export function ArrowPart({ x, from, to }: { x: number; from: number; to: number }) {
  return <path className={styles.line} d={`M${x} ${from}V${to}m-3 -4l3 4l3 -4`} />;
}

/** Where two lines become one: a sum, a product. */
export function KnotPart({ x, y, sign }: { x: number; y: number; sign: "+" | "×" }) {
  return (
    <>
      <circle className={styles.knot} cx={x} cy={y} r="9" />
      <text className={styles.strong} x={x} y={y + 4.5} textAnchor="middle">
        {sign}
      </text>
    </>
  );
}

/** Where a line is taken from another. */
export function DotPart({ x, y }: { x: number; y: number }) {
  return <circle className={styles.dot} cx={x} cy={y} r="3" />;
}
