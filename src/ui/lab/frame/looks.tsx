import { lookOf, markPath } from "../../compare/looks";

/** Whose figures a mark stands for. */
export type Kind = "published" | "measured";

interface SeriesMarkProps {
  kind: Kind;
  look: number;
  cx: number;
  cy: number;
  radius?: number;
}

/** Hollow where published, filled where measured here. */
export function SeriesMark({ kind, look, cx, cy, radius = 5 }: SeriesMarkProps) {
  const { shape, colour } = lookOf(look);
  const published = kind === "published";
  return (
    <path
      d={markPath(shape, cx, cy, radius)}
      fill={published ? "var(--panel)" : colour}
      stroke={published ? colour : "var(--panel)"}
      strokeWidth={published ? 1.8 : 1.2}
    />
  );
}

/** Dashed where published. */
export function seriesLine(kind: Kind, look: number) {
  return {
    fill: "none",
    stroke: lookOf(look).colour,
    strokeWidth: 1.8,
    strokeDasharray: kind === "published" ? "4 4" : undefined,
  } as const;
}

/** A mark on its own, for legends and headings. */
export function SeriesIcon({ kind, look }: { kind: Kind; look: number }) {
  return (
    <svg width="28" height="18" viewBox="0 0 28 18" aria-hidden>
      <path d="M1 9H27" {...seriesLine(kind, look)} />
      <SeriesMark kind={kind} look={look} cx={14} cy={9} />
    </svg>
  );
}
