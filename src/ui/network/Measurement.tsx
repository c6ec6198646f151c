import type { ReactNode } from "react";
import type { LatencyReport } from "../../core";
import { milliseconds, millisecondsRange, percentChange, plural, significant } from "../format";
import { Term } from "../guide/Term";
import { Message } from "../panels/Message";
import { doubts, drift } from "./doubts";
import { MeasurementTable } from "./MeasurementTable";
import styles from "./network.module.css";
import { StripPlot } from "./StripPlot";

interface MeasurementProps {
  latency: LatencyReport;
  /** Oldest first. */
  earlier?: readonly LatencyReport[];
}

/** How a latency was measured: its samples, its figures, what is doubtful about it, and what was measured before. */
export function Measurement({ latency, earlier = [] }: MeasurementProps) {
  const newestFirst = [latency, ...[...earlier].reverse()];
  return (
    <section className={styles.figures} aria-label="Measurement">
      <h3 className={styles.heading}>
        <Term name="profiler">How latency was measured</Term>
      </h3>
      <div>
        <StripPlot reports={newestFirst} />
        <p className={styles.comparison} role="status">
          <Comparison latency={latency} earlier={earlier} />
        </p>
      </div>
      <Facts {...latency} />
      {doubts(latency).length > 0 && (
        <Message kind="warning">
          {doubts(latency).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Message>
      )}
      <MeasurementTable reports={newestFirst} />
    </section>
  );
}

/** Whether the last two measurements agree. */
function Comparison({ latency, earlier }: Required<MeasurementProps>) {
  const before = earlier.at(-1);
  if (!before) return null;
  const [low, high] = before.intervalMs;
  const inside = latency.medianMs >= low && latency.medianMs <= high;
  return (
    <>
      Measured {plural(earlier.length + 1, "time")}. The last took {milliseconds(latency.medianMs)}, the one before{" "}
      {milliseconds(before.medianMs)}: {percentChange(latency.medianMs / before.medianMs - 1)},{" "}
      {inside ? "inside" : "outside"} its interval.
    </>
  );
}

function Facts(report: LatencyReport) {
  const { samplesMs, droppedSamples, ended, sustained, reference, firstRunMs, compileMs, timerStepMs, device } = report;
  return (
    <>
      <dl className={styles.pairs}>
        {sustained && (
          <Fact name="Sustained, 95 % interval" value={milliseconds(sustained.medianMs)}>
            {millisecondsRange(sustained.intervalMs)} for one more where several are queued
          </Fact>
        )}
        <Fact name="Sampling" value={ended === "precise" ? "precise" : "time was up"}>
          {plural(samplesMs.length, "sample")}
          {droppedSamples > 0 && `, ${droppedSamples} more dropped`}; the interval is{" "}
          {ended === "precise" ? "within" : "wider than"} 3 %
        </Fact>
        <Fact name="First run" value={milliseconds(firstRunMs)}>
          {compileMs === undefined ? "with compilation" : `${milliseconds(compileMs)} of it compilation`}
        </Fact>
        {reference && (
          <Fact name="Reference network" value={percentChange(drift(reference))}>
            {milliseconds(reference.beforeMs)} before, {milliseconds(reference.afterMs)} after; when quiet{" "}
            {milliseconds(reference.quietMs)}
          </Fact>
        )}
      </dl>
      <p className={styles.more}>
        On {device.gpu}
        {device.software && " (software)"} through {device.platform} {device.platformVersion}; the clock steps by{" "}
        {significant(timerStepMs, 1)} ms.
      </p>
    </>
  );
}

function Fact({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.more}>{children}</dd>
    </div>
  );
}
