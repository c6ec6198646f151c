import { lazy, Suspense, useState } from "react";
import { ChartOrTable, type View } from "../charts/ChartOrTable";
import charts from "../charts/charts.module.css";
import { Panel } from "../Panel";
import { FrontsTable } from "./FrontsTable";
import { lookOf, SideIcon } from "./looks";
import type { Side } from "./side";

const FrontsChart = lazy(() => import("./FrontsChart"));

/** The fronts of a comparison in one chart, or as a table. */
export function FrontsPanel({ sides }: { sides: readonly Side[] }) {
  const [view, setView] = useState<View>("chart");
  const measured = sides.some(({ points }) => points.length > 0);
  return (
    <Panel title="Pareto fronts" aside={<ChartOrTable label="Show fronts as" view={view} onChange={setView} />}>
      {!measured ? (
        <p className="dim">The first networks appear here when they have been trained and timed.</p>
      ) : view === "table" ? (
        <FrontsTable sides={sides} />
      ) : (
        <>
          <Suspense fallback={<div style={{ height: "clamp(260px, 42vh, 420px)" }} />}>
            <FrontsChart sides={sides} />
          </Suspense>
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
        </>
      )}
    </Panel>
  );
}
