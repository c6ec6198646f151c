import { lazy, Suspense, useMemo } from "react";
import type { Study } from "../../core";
import layout from "../layout.module.css";
import { Panel } from "../Panel";
import { useThrottled } from "../state/session";
import styles from "./compare.module.css";
import { FrontsPanel } from "./FrontsPanel";
import { Shares } from "./Shares";
import { SummaryTable } from "./SummaryTable";
import { sideOf } from "./side";
import { differences } from "./words";

const LatencyHistograms = lazy(() => import("./LatencyHistograms"));
const RewardsChart = lazy(() => import("./RewardsChart"));

/** What differs between the sides of a comparison: in words, in charts and in figures. */
export function ComparisonCharts({ studies }: { studies: readonly Study[] }) {
  const shown = useThrottled(studies);
  const sides = useMemo(() => shown.map(sideOf), [shown]);
  const measured = sides.some(({ points }) => points.length > 0);
  const timed = sides.some(({ latencies }) => latencies.length > 0);
  return (
    <>
      <FrontsPanel sides={sides} />
      <Panel title="What differs">
        <div className={styles.words}>
          {differences(sides).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {timed && <Shares sides={sides} />}
          <p className="small dim">
            Intervals of shares count each network as an independent draw. Those of the fronts hold the noise of the
            seed and of counting; that the best of many is partly luck they do not hold.
          </p>
        </div>
        <details className={styles.figures}>
          <summary>The sides in figures</summary>
          <SummaryTable sides={sides} />
        </details>
      </Panel>
      {timed && (
        <div className={layout.pair}>
          <Panel title="Latency, side by side">
            <Suspense fallback={<div style={{ height: 180 * sides.length }} />}>
              <LatencyHistograms sides={sides} />
            </Suspense>
          </Panel>
          {measured && (
            <Panel title="Best reward over trials">
              <Suspense fallback={<div style={{ height: 260 }} />}>
                <RewardsChart sides={sides} />
              </Suspense>
              <p className="small dim">
                Each side is rewarded by its own objective: the lines tell when a side found something better, but their
                heights cannot be compared with each other.
              </p>
            </Panel>
          )}
        </div>
      )}
    </>
  );
}
