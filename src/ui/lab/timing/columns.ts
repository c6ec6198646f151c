import { count, milliseconds, millisecondsRange } from "../../format";
import { doubtsAbout } from "../doubts";
import { type Column, NONE } from "../frame/columns";
import { momentText } from "../frame/exports";
import { PAPER_DEVICE, publishedPercent, sources } from "../published/published";
import type { Remark } from "../published/remarks";
import { deviceText, sizeText } from "../tables";
import type { SubjectRow } from "./subject";

/** The columns that every experiment on timings shows. */
export const shownColumns: readonly Column<SubjectRow>[] = [
  {
    name: "Network",
    words: ({ subject }) => subject.network,
    detail: ({ subject }) => sizeText(subject.scale),
    cells: {
      network: ({ subject }) => subject.network,
      "input px": ({ subject }) => subject.scale.inputSize,
      "width multiplier": ({ subject }) => subject.scale.widthMultiplier,
    },
  },
  {
    name: "Top-1",
    origin: "published",
    words: ({ subject: { published } }) => (published?.top1Percent ? publishedPercent(published.top1Percent) : NONE),
    detail: ({ subject }) => (subject.published?.top1Percent ? elsewhere(subject) : undefined),
    cells: {
      "top-1 %": ({ subject }) => subject.published?.top1Percent,
      "input px": ({ subject }) => subject.published?.inputSize,
    },
  },
  {
    name: PAPER_DEVICE,
    origin: "published",
    words: ({ subject: { published } }) => (published?.pixel1Ms ? publishedMs(published.pixel1Ms) : NONE),
    detail: ({ subject }) => (subject.published?.pixel1Ms ? elsewhere(subject) : undefined),
    cells: {
      "pixel 1 ms": ({ subject }) => subject.published?.pixel1Ms,
      source: ({ subject: { published } }) => published && sources[published.source].href,
    },
  },
  {
    name: "Latency",
    origin: "measured",
    words: ({ timing }) => (timing ? milliseconds(timing.latency.medianMs) : NONE),
    detail: ({ timing }) => timing && millisecondsRange(timing.latency.intervalMs),
    cells: {
      "median ms": ({ timing }) => timing?.latency.medianMs,
      "95% low ms": ({ timing }) => timing?.latency.intervalMs[0],
      "95% high ms": ({ timing }) => timing?.latency.intervalMs[1],
    },
  },
  {
    name: "Parameters",
    origin: "computed",
    words: ({ subject }) => count(subject.parameters),
    cells: { parameters: ({ subject }) => subject.parameters },
  },
  {
    name: "Multiply-adds",
    origin: "computed",
    words: ({ subject }) => count(subject.multiplyAdds),
    cells: { "multiply-adds": ({ subject }) => subject.multiplyAdds },
  },
];

/** What a table that leaves the page says besides: on what, when, and what speaks against it. */
export const conditionColumns: readonly Column<SubjectRow>[] = [
  {
    name: "Measured on",
    words: ({ timing }) => (timing ? deviceText(timing.latency.device) : NONE),
    detail: ({ timing }) => timing && momentText(timing.latency.takenAt),
    cells: {
      platform: ({ timing }) => timing?.latency.device.platform,
      "platform version": ({ timing }) => timing?.latency.device.platformVersion,
      gpu: ({ timing }) => timing?.latency.device.gpu,
      software: ({ timing }) => timing && String(timing.latency.device.software),
      "taken at": ({ timing }) => timing?.latency.takenAt,
      browser: ({ timing }) => timing?.latency.device.userAgent,
    },
  },
  {
    name: "Doubts",
    words: ({ timing }) => (timing ? doubtsAbout(timing).join(" ") : ""),
    cells: { doubts: ({ timing }) => (timing ? doubtsAbout(timing).join(" ") : undefined) },
  },
];

/** What is remarked of each network. */
export function remarkColumn(remarks: readonly Remark[]): Column<SubjectRow> {
  const of = ({ subject }: SubjectRow) => remarks.find(({ network }) => network === subject.network)?.sentence;
  return { name: "Remark", words: (row) => of(row) ?? "", cells: { remark: of } };
}

/** As published: no digit more. */
export function publishedMs(value: number): string {
  return `${value}\u00a0ms`;
}

/** The size that a published figure belongs to, where it is not the size that is timed. */
function elsewhere({ published, scale }: SubjectRow["subject"]): string | undefined {
  return published && published.inputSize !== scale.inputSize ? `at ${published.inputSize}\u00a0px` : undefined;
}
