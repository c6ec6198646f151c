import type { Timing } from "../../../workers/protocol";
import { milliseconds } from "../../format";
import { compareOrders, type Ordered } from "../frame/order";
import { type OrderWords, orderWords } from "../frame/orderWords";
import { PAPER_DEVICE } from "../published/published";
import { publishedMs } from "./columns";
import type { Subject, SubjectRow } from "./subject";

/** A row that has been timed. */
export type TimedRow = SubjectRow & { timing: Timing };

export function timedRows(rows: readonly SubjectRow[]): TimedRow[] {
  return rows.filter((row): row is TimedRow => row.timing !== undefined);
}

/** Where the timed networks stand by some published or counted figure; those without it are left out. */
export function orderedBy(
  rows: readonly SubjectRow[],
  figureOf: (subject: Subject) => number | undefined,
  nameOf: (subject: Subject) => string,
): Ordered[] {
  return timedRows(rows).flatMap(({ subject, timing: { latency } }) => {
    const published = figureOf(subject);
    if (published === undefined) return [];
    return [{ name: nameOf(subject), published, measured: latency.medianMs, interval: latency.intervalMs }];
  });
}

/** How the Pixel 1's order of latencies returns here, in words. */
export function paperOrderWords(rows: readonly SubjectRow[], nameOf: (subject: Subject) => string): OrderWords {
  const ordered = orderedBy(rows, ({ published }) => published?.pixel1Ms, nameOf);
  return orderWords(compareOrders(ordered), {
    quantity: "latency",
    reference: `on the ${PAPER_DEVICE}`,
    less: "quicker",
    more: "slower",
    write: { published: publishedMs, measured: milliseconds },
  });
}

/** The part of a driver's name that fits a heading, and the platform: "on tfjs-webgl at 96 px". */
export function whereWords(inputSize: number, platform: string | undefined): string {
  return `${platform ? `on ${platform} ` : ""}at ${inputSize}\u00a0px`;
}
