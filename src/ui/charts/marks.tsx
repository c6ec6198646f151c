import type { ScoredPoint } from "../state/score";

/** How a point is drawn; shape and fill tell the classes apart, not colour alone. */
export type MarkKind = "best" | "bestBeyond" | "front" | "frontBeyond" | "dominated" | "dominatedBeyond";

export const markNames: Record<MarkKind, string> = {
  best: "best by reward",
  bestBeyond: "best by reward, beyond T",
  front: "front",
  frontBeyond: "front, beyond T",
  dominated: "dominated",
  dominatedBeyond: "dominated, beyond T",
};

export function markOf({ best, onFront, beyondTarget }: ScoredPoint): MarkKind {
  if (best) return beyondTarget ? "bestBeyond" : "best";
  if (onFront) return beyondTarget ? "frontBeyond" : "front";
  return beyondTarget ? "dominatedBeyond" : "dominated";
}

interface MarkProps {
  kind: MarkKind;
  cx: number;
  cy: number;
}

export function Mark({ kind, cx, cy }: MarkProps) {
  switch (kind) {
    case "best":
      return <path d={diamond(cx, cy, 8.5)} fill="var(--accent)" stroke="var(--panel)" strokeWidth="1.5" />;
    case "bestBeyond":
      return <path d={diamond(cx, cy, 7.5)} fill="var(--panel)" stroke="var(--accent)" strokeWidth="2.5" />;
    case "front":
      return <circle cx={cx} cy={cy} r="5" fill="var(--ink)" stroke="var(--panel)" strokeWidth="1.5" />;
    case "frontBeyond":
      return <circle cx={cx} cy={cy} r="4.5" fill="var(--panel)" stroke="var(--ink)" strokeWidth="1.8" />;
    case "dominated":
      return <circle cx={cx} cy={cy} r="3.5" fill="var(--faint)" />;
    case "dominatedBeyond":
      return <circle cx={cx} cy={cy} r="3.2" fill="var(--panel)" stroke="var(--faint)" strokeWidth="1.4" />;
  }
}

function diamond(cx: number, cy: number, radius: number): string {
  return `M${cx} ${cy - radius}L${cx + radius} ${cy}L${cx} ${cy + radius}L${cx - radius} ${cy}Z`;
}

/** A mark on its own, for the legend and the table. */
export function MarkIcon({ kind }: { kind: MarkKind }) {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden>
      <Mark kind={kind} cx={9} cy={9} />
    </svg>
  );
}

/** The two error bars of a point, for the legend. */
export function IntervalIcon() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden>
      <path d="M3 9h12M9 2v14" stroke="var(--ink)" strokeOpacity="0.5" />
    </svg>
  );
}
