import type { LatencyReport } from "../../core";
import charts from "../charts/charts.module.css";
import { dateTime, milliseconds, millisecondsRange, percentChange } from "../format";
import { drift } from "./doubts";

/** Measurements of one network in figures, newest first. */
export function MeasurementTable({ reports }: { reports: readonly LatencyReport[] }) {
  return (
    <details>
      <summary className="small">{reports.length > 1 ? "All measurements" : "The measurement"} in figures</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls sideways by arrow keys */}
      <section className={charts.scroll} aria-label="Measurements" tabIndex={0}>
        <table className={charts.table}>
          <thead>
            <tr>
              {columns.map(([name]) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reports.map((report) => (
              <tr key={report.takenAt}>
                {columns.map(([name, cell]) => (
                  <td key={name}>{cell(report)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

const columns: readonly [name: string, cell: (report: LatencyReport) => string | number][] = [
  ["Taken", ({ takenAt }) => dateTime(takenAt)],
  ["Median", ({ medianMs }) => milliseconds(medianMs)],
  ["95 % interval", ({ intervalMs }) => millisecondsRange(intervalMs)],
  ["p90", ({ p90Ms }) => milliseconds(p90Ms)],
  ["Samples", ({ samplesMs }) => samplesMs.length],
  ["Dropped", ({ droppedSamples }) => droppedSamples],
  ["Sustained", ({ sustained }) => (sustained ? milliseconds(sustained.medianMs) : "–")],
  ["95 % interval, sustained", ({ sustained }) => (sustained ? millisecondsRange(sustained.intervalMs) : "–")],
  ["First run", ({ firstRunMs }) => milliseconds(firstRunMs)],
  ["Reference", ({ reference }) => (reference ? percentChange(drift(reference)) : "–")],
  ["Ended", ({ ended }) => (ended === "precise" ? "precise" : "time was up")],
];
