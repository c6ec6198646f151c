import { lazy, Suspense, useState } from "react";
import { heights } from "../charts/axes";
import { ChartOrTable, type View } from "../charts/ChartOrTable";
import { Panel } from "../Panel";
import { FrontsLegend } from "./FrontsLegend";
import { FrontsTable } from "./FrontsTable";
import type { Side } from "./side";

const FrontsChart = lazy(() => import("./FrontsChart"));

/** The fronts of a comparison in one chart, or as a table. */
export function FrontsPanel({ sides }: { sides: readonly Side[] }) {
  const [view, setView] = useState<View>("chart");
  const measured = sides.some(({ points }) => points.length > 0);
  return (
    <Panel
      title="Pareto fronts"
      term="front"
      aside={<ChartOrTable label="Show fronts as" view={view} onChange={setView} />}
    >
      {!measured ? (
        <p className="dim">The first networks appear here when they have been trained and timed.</p>
      ) : view === "table" ? (
        <FrontsTable sides={sides} />
      ) : (
        <>
          <Suspense fallback={<div style={{ height: heights.large }} />}>
            <FrontsChart sides={sides} />
          </Suspense>
          <FrontsLegend sides={sides} />
        </>
      )}
    </Panel>
  );
}
