import { plural } from "../../format";
import { compareOrders } from "../frame/order";
import { correlationSentence } from "../frame/orderWords";
import { orderedBy } from "../timing/evidence";
import type { SubjectRow } from "../timing/subject";

/** From here on the counts order networks about as the clock does. */
const ALMOST = 0.9;
/** Fewer networks say nothing about a proxy. */
const ENOUGH = 5;

/** Whether multiply-adds tell the order of latencies on this device, no surer than the figures are. */
export function proxyWords(rows: readonly SubjectRow[], nameOf: (row: SubjectRow["subject"]) => string): string[] {
  const ordered = orderedBy(rows, ({ multiplyAdds }) => multiplyAdds, nameOf);
  if (ordered.length < ENOUGH) {
    return [`Whether multiply-adds tell latency here is said once ${plural(ENOUGH, "network")} are timed.`];
  }
  const comparison = compareOrders(ordered, 0);
  const sentence = correlationSentence(comparison, { quantity: "latency", reference: "by multiply-adds" });
  const [low = Number.NaN, high = Number.NaN] = comparison.correlationInterval ?? [];
  return [sentence, verdict(low, high)];
}

function verdict(low: number, high: number): string {
  if (low >= ALMOST) return "On this device the counts order these networks almost as the clock does.";
  if (high < ALMOST)
    return "On this device fewer multiply-adds do not mean less time: counting does not replace measuring.";
  return "So few networks leave it open how well multiply-adds stand in for latency here.";
}
