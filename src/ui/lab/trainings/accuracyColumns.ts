import type { LatencyReport } from "../../../core";
import { milliseconds, millisecondsRange, percent, percentRange } from "../../format";
import { type Column, NONE } from "../frame/columns";
import { PAPER_DEVICE, publishedPercent } from "../published/published";
import { publishedMs } from "../timing/columns";
import type { Subject } from "../timing/subject";
import type { MeanAccuracy } from "./accuracies";

/** A network with what short trainings of it gave, and its latency on this device where it has been timed. */
export interface AccuracyRow {
  subject: Subject;
  measured?: MeanAccuracy;
  latency?: LatencyReport;
}

/** What stands on the page. */
export const accuracyColumns: readonly Column<AccuracyRow>[] = [
  {
    name: "Network",
    words: ({ subject }) => subject.network,
    cells: { network: ({ subject }) => subject.network },
  },
  {
    name: "Top-1, ImageNet",
    origin: "published",
    words: ({ subject: { published } }) => (published?.top1Percent ? publishedPercent(published.top1Percent) : NONE),
    cells: { "top-1 %": ({ subject }) => subject.published?.top1Percent },
  },
  {
    name: "Accuracy, proxy",
    origin: "measured",
    words: ({ measured }) => (measured ? percent(measured.mean) : NONE),
    detail: ({ measured }) => measured && percentRange(measured.interval),
    cells: {
      accuracy: ({ measured }) => measured?.mean,
      "accuracy 95% low": ({ measured }) => measured?.interval[0],
      "accuracy 95% high": ({ measured }) => measured?.interval[1],
    },
  },
  {
    name: "Trainings",
    words: ({ measured }) => (measured ? String(measured.trainings) : NONE),
    cells: { trainings: ({ measured }) => measured?.trainings },
  },
];

/** The chart's other axis, which stands in the experiment's table of timings already. */
export const latencyColumns: readonly Column<AccuracyRow>[] = [
  {
    name: PAPER_DEVICE,
    origin: "published",
    words: ({ subject: { published } }) => (published?.pixel1Ms ? publishedMs(published.pixel1Ms) : NONE),
    cells: { "pixel 1 ms": ({ subject }) => subject.published?.pixel1Ms },
  },
  {
    name: "Latency",
    origin: "measured",
    words: ({ latency }) => (latency ? milliseconds(latency.medianMs) : NONE),
    detail: ({ latency }) => latency && millisecondsRange(latency.intervalMs),
    cells: {
      "latency median ms": ({ latency }) => latency?.medianMs,
      "latency 95% low ms": ({ latency }) => latency?.intervalMs[0],
      "latency 95% high ms": ({ latency }) => latency?.intervalMs[1],
    },
  },
];
