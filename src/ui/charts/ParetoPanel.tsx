import { lazy, Suspense, useState } from "react";
import type { Trial } from "../../core";
import { milliseconds, percent } from "../format";
import { Panel } from "../Panel";
import { ChartOrTable, type View } from "./ChartOrTable";
import styles from "./charts.module.css";
import { Failures } from "./Failures";
import { IntervalIcon, MarkIcon, type MarkKind, markNames, markOf } from "./marks";
import type { ParetoChartProps } from "./ParetoChart";
import { ParetoTable } from "./ParetoTable";

const ParetoChart = lazy(() => import("./ParetoChart"));

const kinds = Object.keys(markNames) as MarkKind[];

/** Fewer networks than this say nothing about where T should lie. */
const FEW = 3;

interface ParetoPanelProps extends ParetoChartProps {
  trials: readonly Trial[];
  /** Why the order of the networks is not to be trusted. */
  doubt?: string;
}

/** The Pareto chart, the same as a table, and what is left out of both. */
export function ParetoPanel({ trials, doubt, ...chart }: ParetoPanelProps) {
  const [view, setView] = useState<View>("chart");
  const { points, selected, onSelect, targetMs } = chart;
  const legend = kinds.filter((kind) => points.some((point) => markOf(point) === kind));
  return (
    <Panel title="Pareto front" term="front" aside={<ChartOrTable label="Show as" view={view} onChange={setView} />}>
      {points.length === 0 ? (
        <p className="dim">The first network appears here when it has been trained and timed.</p>
      ) : view === "table" ? (
        <ParetoTable points={points} selected={selected} onSelect={onSelect} />
      ) : (
        <>
          <p className={styles.readout}>
            {selected && (
              <>
                <strong>Trial {selected.number + 1}</strong>{" "}
                <span className="dim">
                  {percent(selected.accuracy)} at {milliseconds(selected.latencyMs)}
                </span>
              </>
            )}
          </p>
          <Suspense fallback={<div style={{ height: "clamp(260px, 42vh, 420px)" }} />}>
            <ParetoChart {...chart} />
          </Suspense>
          <ul className={styles.legend} aria-label="Marks">
            {legend.map((kind) => (
              <li key={kind}>
                <MarkIcon kind={kind} />
                {markNames[kind]}
              </li>
            ))}
            <li>
              <IntervalIcon />
              95 % intervals
            </li>
          </ul>
          {points.length >= FEW && points.every((point) => point.beyondTarget) && (
            <p className={styles.hint}>
              No network is within T {milliseconds(targetMs)} yet: the fastest takes{" "}
              {milliseconds(Math.min(...points.map((point) => point.latencyMs)))}. A higher T shows the constraint at
              work.
            </p>
          )}
        </>
      )}
      {doubt && <p className={styles.hint}>{doubt}</p>}
      <Failures trials={trials} />
    </Panel>
  );
}
