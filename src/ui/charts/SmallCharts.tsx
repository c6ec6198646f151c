import { lazy, Suspense } from "react";
import type { Trial } from "../../core";
import layout from "../layout.module.css";
import { Panel } from "../Panel";
import { type ScoredPoint, timedLatencies } from "../state/score";
import { heights } from "./axes";

const LatencyHistogram = lazy(() => import("./LatencyHistogram"));
const MultiplyAddsChart = lazy(() => import("./MultiplyAddsChart"));

/** Five networks are the fewest whose order says anything. */
const ENOUGH = 5;

interface SmallChartsProps {
  trials: readonly Trial[];
  points: readonly ScoredPoint[];
  targetMs: number;
}

/** The latency histogram, and latency over multiply-adds once there is enough to see. */
export function SmallCharts({ trials, points, targetMs }: SmallChartsProps) {
  if (points.length === 0) return null;
  const space = <div style={{ height: heights.small }} />;
  return (
    <div className={layout.pair}>
      <Panel title="Latency of the networks drawn">
        <Suspense fallback={space}>
          <LatencyHistogram latencies={timedLatencies(trials)} targetMs={targetMs} />
        </Suspense>
      </Panel>
      <Panel title="Latency over multiply-adds">
        {points.length < ENOUGH ? (
          <p className="dim">Shown from {ENOUGH} networks on: whether fewer multiply-adds run faster on this device.</p>
        ) : (
          <Suspense fallback={space}>
            <MultiplyAddsChart points={points} />
          </Suspense>
        )}
      </Panel>
    </div>
  );
}
