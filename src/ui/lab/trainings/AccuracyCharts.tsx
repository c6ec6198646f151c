import { axisOver } from "../../charts/domain";
import { plural } from "../../format";
import { Beside } from "../frame/Beside";
import { Numbers } from "../frame/Numbers";
import { type Series, XYChart } from "../frame/XYChart";
import { PAPER_DEVICE } from "../published/published";
import type { AccuracyRow } from "./accuracyColumns";

interface AccuracyChartsProps {
  rows: readonly AccuracyRow[];
  /** On what, and at which input size, the latencies here were measured. */
  where: string;
}

/** Accuracy over latency: as published, and beside it by short trainings and timings of this device. */
export function AccuracyCharts({ rows, where }: AccuracyChartsProps) {
  const measured = measuredSeries(rows);
  return (
    <>
      <Beside
        published={{
          title: `ImageNet, latency of the ${PAPER_DEVICE}`,
          chart: chart(publishedSeries(rows), "Top-1"),
        }}
        measured={{
          title: `short training, latency ${where}`,
          chart: measured.points.length > 0 ? chart(measured, "Accuracy, proxy") : undefined,
          empty: "Appears with the first network that is both trained and timed.",
        }}
      />
      <Numbers names={rows.map(({ subject }) => subject.network)} more="Bars: 95\u00a0% intervals." />
    </>
  );
}

function publishedSeries(rows: readonly AccuracyRow[]): Series {
  const points = rows.flatMap(({ subject: { published } }, index) =>
    published?.pixel1Ms === undefined || published.top1Percent === undefined
      ? []
      : [{ x: published.pixel1Ms, y: published.top1Percent, tag: String(index + 1) }],
  );
  return { kind: "published", label: "Published", look: 0, numbered: true, points };
}

/** What is trained but not timed, or the other way round, has no place yet. */
function measuredSeries(rows: readonly AccuracyRow[]): Series {
  const points = rows.flatMap(({ measured, latency }, index) =>
    !measured || !latency
      ? []
      : [
          {
            x: latency.medianMs,
            xInterval: latency.intervalMs,
            y: measured.mean * 100,
            yInterval: [measured.interval[0] * 100, measured.interval[1] * 100] as const,
            tag: String(index + 1),
          },
        ],
  );
  return { kind: "measured", label: "Measured here", look: 0, numbered: true, points };
}

function chart(series: Series, accuracy: string) {
  const x = { ...axisOver(reachOf(series, "x"), 4), name: "Latency, ms" };
  const y = { ...axisOver(reachOf(series, "y"), 4), name: accuracy, unit: "%" };
  const label = `${series.label}: accuracy over latency of ${plural(series.points.length, "network")}`;
  return <XYChart series={[series]} x={x} y={y} label={label} />;
}

/** All that is drawn along an axis. */
function reachOf(series: Series, axis: "x" | "y"): number[] {
  const places = series.points.map((point) => point[axis]);
  if (series.kind === "published") return places;
  return [...places, ...series.points.flatMap((point) => point[`${axis}Interval`] ?? [])];
}
