import { plural } from "../../format";
import type { OrderComparison, Ordered } from "./order";

/** Flipped pairs that are named before the rest is folded away. */
const NAMED = 3;

export interface OrderWords {
  /** What transferred, in sentences. */
  verdict: readonly string[];
  /** Each flipped pair, a sentence each: the first few, and the others. */
  flips: readonly string[];
  moreFlips: readonly string[];
}

interface OrderNames {
  /** What stands in both orders: "latency". */
  quantity: string;
  /** The order that is compared with: "on the Pixel 1", "by multiply-adds". */
  reference: string;
  /** What a network with less of it is, and one with more: "quicker", "slower". */
  less: string;
  more: string;
  /** A published and a measured figure as text. */
  write: { published(value: number): string; measured(value: number): string };
}

/** What the comparison of two orders says, no more than its figures carry. */
export function orderWords(comparison: OrderComparison, names: OrderNames): OrderWords {
  const { networks, kept, flipped, tooClose } = comparison;
  if (networks < 3) {
    return {
      verdict: [`How the order ${names.reference} transfers is said here once three networks are timed.`],
      flips: [],
      moreFlips: [],
    };
  }
  const judged = kept + flipped.length;
  const verdict = [correlationSentence(comparison, names)];
  if (judged === 0) {
    verdict.push(`All ${pairs(tooClose)} are too close to tell apart.`);
  } else {
    const others = [
      ...(flipped.length > 0 ? [`${flipped.length} the other way round`] : []),
      ...(tooClose > 0 ? [`${tooClose} too close to tell`] : []),
    ];
    verdict.push(
      `Of ${pairs(judged + tooClose)}, ${kept} stand here as they do ${names.reference}${
        others.length > 0 ? `, ${others.join(" and ")}` : ""
      }.`,
    );
  }
  const flips = [...flipped].sort((a, b) => apart(b) - apart(a)).map((pair) => flipSentence(pair, names));
  return { verdict, flips: flips.slice(0, NAMED), moreFlips: flips.slice(NAMED) };
}

/** "Rank correlation of latency here with that on the Pixel 1: 0.93 (95 % interval 0.71–1.00, 7 networks)." */
export function correlationSentence(
  comparison: OrderComparison,
  { quantity, reference }: Pick<OrderNames, "quantity" | "reference">,
): string {
  const { correlation, correlationInterval, networks } = comparison;
  const head = `Rank correlation of ${quantity} here with the order ${reference}:`;
  if (!Number.isFinite(correlation)) return `${head} none, since they do not differ.`;
  const interval = correlationInterval
    ? `95\u00a0% interval ${correlationInterval.map(rho).join(" to ")}, ${plural(networks, "network")}`
    : `${plural(networks, "network")}, too few for an interval`;
  return `${head} ${rho(correlation)} (${interval}).`;
}

/** A rank correlation, "0.93", "−0.20". */
export function rho(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) > 0 ? `−${text}` : text;
}

function pairs(number: number): string {
  return plural(number, "pair");
}

/** How far a flipped pair is apart here, as a share: the plainest contradiction comes first. */
function apart([lower, higher]: readonly [Ordered, Ordered]): number {
  return lower.measured / higher.measured;
}

function flipSentence([lower, higher]: readonly [Ordered, Ordered], names: OrderNames): string {
  const { reference, less, more, write } = names;
  const { published, measured } = write;
  return `${higher.name} is ${less} than ${lower.name} here (${measured(higher.measured)} against ${measured(
    lower.measured,
  )}), ${more} ${reference} (${published(higher.published)} against ${published(lower.published)}).`;
}
