import type { LatencyReport } from "../../core";
import { type Axis, axisOver } from "../charts/domain";

/** One measurement as a row of dots; places are shares of the axis, 0 to 1. */
export interface StripRow {
  report: LatencyReport;
  /** One for each sample: its place on the axis, and on the way from the first to the last. */
  dots: readonly { at: number; order: number; beyond: boolean }[];
  median: number;
  interval: readonly [low: number, high: number];
  /** Samples that lie beyond the axis, where there are any. */
  beyond: number;
}

export interface Strip extends Axis {
  rows: readonly StripRow[];
}

/** The axis ends at this multiple of the 90th percentile, so that one slow sample cannot squeeze the others. */
const REACH = 1.25;

/** More dots than this would hide each other: every second, third, ... is drawn then. */
const MOST_DOTS = 300;

/** Measurements of one network on one axis, ms; each must have samples. */
export function stripOf(reports: readonly LatencyReport[]): Strip {
  const furthest = Math.max(...reports.map(({ p90Ms }) => p90Ms * REACH));
  const shown = reports.flatMap(({ samplesMs }) => samplesMs).filter((sample) => sample <= furthest);
  const axis = axisOver([...shown, ...reports.flatMap(({ intervalMs, medianMs }) => [...intervalMs, medianMs])], 4);
  const [low, high] = axis.domain;
  const place = (ms: number) => Math.min(1, Math.max(0, (ms - low) / (high - low)));
  const rows = reports.map((report) => {
    const { samplesMs, medianMs, intervalMs } = report;
    const thin = Math.ceil(samplesMs.length / MOST_DOTS);
    const dots = samplesMs.map((sample, index) => ({
      at: place(sample),
      order: (index + 0.5) / samplesMs.length,
      beyond: sample > high,
    }));
    return {
      report,
      dots: dots.filter(({ beyond }, index) => beyond || index % thin === 0),
      median: place(medianMs),
      interval: [place(intervalMs[0]), place(intervalMs[1])] as const,
      beyond: dots.filter(({ beyond }) => beyond).length,
    };
  });
  return { ...axis, rows };
}
