import charts from "../charts/charts.module.css";
import { lookOf, SideIcon } from "./looks";
import type { Side } from "./side";

/** What the marks of the fronts' chart mean. */
export function FrontsLegend({ sides }: { sides: readonly Side[] }) {
  return (
    <ul className={charts.legend} aria-label="Marks">
      {sides.map(({ study, label, place }) => (
        <li key={study.id}>
          <SideIcon side={place} />
          {label}
          <span className="hidden">: {lookOf(place).words}</span>
        </li>
      ))}
      <li>
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden>
          <circle cx="11" cy="11" r="9" fill="none" stroke="var(--accent)" strokeWidth="2.2" />
        </svg>
        best by its own reward
      </li>
      <li>
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden>
          <circle cx="9" cy="9" r="4.5" fill="var(--panel)" stroke="var(--ink)" strokeWidth="1.8" />
        </svg>
        hollow: beyond its T
      </li>
      <li>small and faint: dominated</li>
      <li>
        <svg width="10" height="18" viewBox="0 0 10 18" aria-hidden>
          <path d="M5 2v14" stroke="var(--ink)" strokeOpacity="0.5" />
        </svg>
        95 % interval of accuracy
      </li>
    </ul>
  );
}
