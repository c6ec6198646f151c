import { proportionInterval } from "../../../core";
import { isClear, shareDifference } from "../../compare/gap";
import type { Share, Side } from "../../compare/side";
import { milliseconds, plural } from "../../format";

/** Fewer networks on a side than this say nothing about where it samples. */
const ENOUGH = 8;

/** The paper's marks in Figure 6, where T is 75 ms: "below 40 ms" and "above 110 ms", as shares of T. */
export const marks = { below: 40 / 75, beyond: 110 / 75 } as const;

/** Where a side's networks lie: shares of those that were timed. */
export interface Spread {
  below: Share;
  around: Share;
  beyond: Share;
}

/** @param targetMs T of both sides, ms */
export function spreadOf(latencies: readonly number[], targetMs: number): Spread {
  const of = latencies.length;
  const share = (holds: (ratio: number) => boolean): Share => {
    const count = latencies.filter((latency) => holds(latency / targetMs)).length;
    return { count, of, interval: proportionInterval(count, of) };
  };
  return {
    below: share((ratio) => ratio < marks.below),
    around: share((ratio) => ratio >= marks.below && ratio <= marks.beyond),
    beyond: share((ratio) => ratio > marks.beyond),
  };
}

/** What of Figure 6 returns here: each finding of the paper, whether it does, and the figures that say so. */
export function figure6Words(hard: Side | undefined, soft: Side | undefined): string[] {
  if (!hard || !soft) return ["Both settings are needed to say what transferred: one of them is not on this device."];
  if (Math.min(hard.latencies.length, soft.latencies.length) < ENOUGH) {
    return [`What transferred is said here once both settings have timed ${plural(ENOUGH, "network")}.`];
  }
  return [fasterSentence(hard, soft), spreadSentence(hard, soft), reachSentence(hard, soft)];
}

/** "The hard setting concentrates on faster models." */
function fasterSentence(hard: Side, soft: Side): string {
  const difference = shareDifference(hard.within, soft.within);
  const figures = `hard put ${shareText(hard.within)} of its networks within T, soft ${shareText(soft.within)}`;
  const medians = `median ${milliseconds(hard.medianMs)} against ${milliseconds(soft.medianMs)}`;
  if (!isClear(difference)) return `That hard looks at faster networks is too close to tell: ${figures}; ${medians}.`;
  const as = difference.value > 0 ? "As in the paper, hard looks" : "Unlike in the paper, soft looks";
  return `${as} at faster networks: ${figures}; ${medians}.`;
}

/** "The soft setting samples below 40 ms and above 110 ms too." */
function spreadSentence(hard: Side, soft: Side): string {
  const { targetMs } = hard.objective;
  const [ofHard, ofSoft] = [spreadOf(hard.latencies, targetMs), spreadOf(soft.latencies, targetMs)];
  const difference = shareDifference(ofSoft.beyond, ofHard.beyond);
  const figures =
    `beyond ${milliseconds(marks.beyond * targetMs)} (the paper's 110 of 75\u00a0ms) lie ${shareText(ofSoft.beyond)} of ` +
    `soft's networks and ${shareText(ofHard.beyond)} of hard's; below ${milliseconds(marks.below * targetMs)} (its 40) ` +
    `${shareText(ofSoft.below)} and ${shareText(ofHard.below)}`;
  if (!isClear(difference)) return `That soft looks further out is too close to tell: ${figures}.`;
  const as = difference.value > 0 ? "As in the paper, soft" : "Unlike in the paper, hard";
  return `${as} looks further out: ${figures}.`;
}

/** "Several Pareto models from one search": those of each front beyond T. */
function reachSentence(hard: Side, soft: Side): string {
  const [ofHard, ofSoft] = [reachOf(hard), reachOf(soft)];
  const wider = ofSoft.beyond > ofHard.beyond && ofSoft.slowest > ofHard.slowest;
  const verdict = wider
    ? "One soft search offers more of the front beyond T, as in the paper"
    : "One soft search does not offer more of the front beyond T here";
  const figures = `soft's front goes on to ${reachText(ofSoft)}, hard's to ${reachText(ofHard)}`;
  return `${verdict}: ${figures}. Single networks decide that: another seed may turn it.`;
}

interface Reach {
  /** Networks of the front beyond T. */
  beyond: number;
  slowest: number;
}

function reachOf({ front }: Side): Reach {
  return {
    beyond: front.filter(({ beyondTarget }) => beyondTarget).length,
    slowest: front.at(-1)?.latencyMs ?? 0,
  };
}

function reachText({ beyond, slowest }: Reach): string {
  return `${milliseconds(slowest)}, with ${plural(beyond, "network")} beyond T`;
}

/** "71 % (58–81 %)". */
function shareText({ count, of, interval: [low, high] }: Share): string {
  return `${whole(count / of)}\u00a0% (${whole(low)}–${whole(high)}\u00a0%)`;
}

function whole(share: number): string {
  return (share * 100).toFixed(0);
}
