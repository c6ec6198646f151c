import { milliseconds, percent } from "../../format";
import { compareOrders, type Ordered } from "../frame/order";
import { type OrderWords, orderWords } from "../frame/orderWords";
import { PAPER_DEVICE, publishedPercent, publishedPrecision } from "../published/published";
import { publishedMs } from "../timing/columns";
import { type PartRow, partTitle } from "./table5Parts";

/** What of Table 5 returns here: the orders of latency and of accuracy of what the three searches found best. */
export function table5Words(rows: readonly PartRow[]): { latency: OrderWords; accuracy: OrderWords } | undefined {
  const found = rows.flatMap(({ part, side }) => (side?.best ? [{ part, best: side.best }] : []));
  if (found.length < rows.length) return undefined;
  const latencies = found.map(
    ({ part, best }): Ordered => ({
      name: partTitle(part),
      published: part.published.pixel1Ms,
      measured: best.latencyMs,
      interval: best.latencyInterval,
    }),
  );
  const accuracies = found.map(
    ({ part, best }): Ordered => ({
      name: partTitle(part),
      published: part.published.top1Percent,
      measured: best.accuracy,
      interval: best.accuracyInterval,
    }),
  );
  return {
    latency: orderWords(compareOrders(latencies), {
      quantity: "latency",
      reference: `on the ${PAPER_DEVICE}`,
      less: "quicker",
      more: "slower",
      write: { published: publishedMs, measured: milliseconds },
    }),
    accuracy: orderWords(compareOrders(accuracies, publishedPrecision), {
      quantity: "accuracy",
      reference: "in the paper",
      less: "less accurate",
      more: "more accurate",
      write: { published: publishedPercent, measured: percent },
    }),
  };
}
