import { latencyRule } from "../core";
import { type Now, timeOf } from "./clock";

/** Pauses between two looks, ms: heat from training goes within seconds or stays for minutes. */
const pausesMs = [50, 100, 200, 400, 800];

interface Settled {
  /** The reference's last time. */
  referenceMs: number;
  /** Time from the first look to the last, ms; 0 where the machine was quiet at once. */
  waitedMs: number;
}

/**
 * Waits until the machine is quiet, or its patience is at an end: then it is not, and `referenceMs` tells.
 *
 * @param look times the reference network
 * @param quietMs what it takes on a quiet machine
 */
export type Settle = (look: () => Promise<number>, quietMs: () => number) => Promise<Settled>;

/**
 * The patience for one device: about two seconds, and one pause less after each time that it waited in vain, since a
 * machine that has lowered its clocks keeps them low. A quiet machine restores it.
 */
export function createSettle(now: Now, pause: (ms: number) => Promise<void>): Settle {
  let patience = pausesMs.length;

  return async (look, quietMs) => {
    const isQuiet = () => referenceMs <= (1 + latencyRule.quietShare) * quietMs();
    let referenceMs = await look();
    const waitedMs = isQuiet() ? 0 : await timeOf(now, wait);
    patience = isQuiet() ? pausesMs.length : Math.max(1, patience - 1);
    return { referenceMs, waitedMs };

    async function wait(): Promise<void> {
      for (const ms of pausesMs.slice(0, patience)) {
        await pause(ms);
        referenceMs = await look();
        if (isQuiet()) return;
      }
    }
  };
}

/** Whether the machine was in two states before and after: what was sampled meanwhile is of neither. */
export function hasDrifted(beforeMs: number, afterMs: number): boolean {
  return Math.max(beforeMs, afterMs) > (1 + latencyRule.quietShare) * Math.min(beforeMs, afterMs);
}
