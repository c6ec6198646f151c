import { useEffect, useState } from "react";
import { percent } from "../format";

/** The part of the Battery Status API (Chromium only) that is used. */
interface Battery extends EventTarget {
  /** 0 to 1. */
  level: number;
  charging: boolean;
}

/** Phones save power below this. */
const LOW = 0.2;

/** A sentence where the battery is low and not charging, and the browser tells. */
export function useLowBattery(): string | undefined {
  const [sentence, setSentence] = useState<string>();
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    findBattery().then((battery) => {
      if (!battery || signal.aborted) return;
      const look = () => setSentence(lowBattery(battery));
      look();
      for (const event of ["levelchange", "chargingchange"]) battery.addEventListener(event, look, { signal });
    });
    return () => listening.abort();
  }, []);
  return sentence;
}

/** What a low battery does to latencies; undefined where it is not low. */
export function lowBattery({ level, charging }: Pick<Battery, "level" | "charging">): string | undefined {
  if (charging || level > LOW) return undefined;
  return `The battery is at ${percent(level)} and not charging: many devices slow down then, and latencies with them.`;
}

async function findBattery(): Promise<Battery | undefined> {
  try {
    return await (navigator as { getBattery?: () => Promise<Battery> }).getBattery?.();
  } catch {
    return undefined; // a page without a secure context, or a policy against it
  }
}
