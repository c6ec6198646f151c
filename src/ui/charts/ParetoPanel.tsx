import { lazy, Suspense, useState } from "react";
import type { Trial } from "../../core";
import { milliseconds, percent } from "../format";
import { Panel } from "../Panel";
import { heights } from "./axes";
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
          <Suspense fallback={<div style={{ height: heights.large }} />}>
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
          {points.length >= FEW && <TargetHint points={points} targetMs={targetMs} />}
        </>
      )}
      {doubt && <p className={styles.hint}>{doubt}</p>}
      <Failures trials={trials} />
    </Panel>
  );
}

/** Where all networks are on one side of T. */
function TargetHint({ points, targetMs }: Pick<ParetoChartProps, "points" | "targetMs">) {
  const latencies = points.map(({ latencyMs }) => latencyMs);
  const [target, fastest, slowest] = [targetMs, Math.min(...latencies), Math.max(...latencies)].map(milliseconds);
  const beyond = points.filter(({ beyondTarget }) => beyondTarget).length;
  if (beyond > 0 && beyond < points.length) return null;
  return (
    <p className={styles.hint}>
      {beyond > 0
        ? `No network is within T\u00a0${target} yet: the fastest takes ${fastest}. A higher T shows the constraint at work.`
        : `All networks are within T\u00a0${target}: the slowest takes ${slowest}. A lower T shows the constraint at work.`}
    </p>
  );
}
