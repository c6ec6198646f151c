import { useCallback, useEffect, useState } from "react";
import type { Platform } from "../../core";
import type { NetworkToTime, Timing } from "../../workers/protocol";
import { problemOf } from "../state/actions";
import { useSession } from "../state/session";
import { usePlatforms } from "./usePlatforms";

/** How far a round of timings is. */
export interface Round {
  network: string;
  platform: Platform;
  /** Platforms timed before this one. */
  done: number;
  of: number;
}

/** Timings of single networks: what is kept, what is under way. Leaving the page gives up what is under way. */
export function useTimings() {
  const { client } = useSession();
  const { searching, platforms, problem } = usePlatforms();
  const [timings, setTimings] = useState<readonly Timing[]>([]);
  const [round, setRound] = useState<Round>();
  const [latest, setLatest] = useState<readonly Timing[]>([]);
  const [problems, setProblems] = useState<readonly string[]>([]);

  useEffect(() => {
    // Where the browser keeps nothing there is nothing to show; the first timing says so.
    client.call("timings", undefined).then(
      ({ timings: kept }) => setTimings(kept),
      () => {},
    );
    return () => void client.call("stopTiming", undefined).catch(() => {});
  }, [client]);

  const time = useCallback(
    async (network: Omit<NetworkToTime, "platform">, wanted: readonly Platform[]) => {
      setProblems([]);
      setLatest([]);
      for (const [done, platform] of wanted.entries()) {
        setRound({ network: network.network, platform, done, of: wanted.length });
        try {
          const { timing, notKept } = await client.call("timeNetwork", { ...network, platform });
          setTimings((before) => [...before, timing]);
          setLatest((before) => [...before, timing]);
          if (notKept) setProblems((before) => [...before, `Shown until you leave this page, not kept. ${notKept}`]);
        } catch (error) {
          const { code, message } = problemOf(error);
          if (code === "stopped") break;
          setProblems((before) => [...before, `${network.network} was not timed on ${platform}. ${message}`]);
        }
      }
      setRound(undefined);
    },
    [client],
  );

  const remove = useCallback(
    async (ids: readonly string[]) => {
      setTimings((before) => before.filter(({ id }) => !ids.includes(id)));
      try {
        await client.call("removeTimings", { ids });
      } catch (error) {
        setProblems([`Removed from this page only. ${problemOf(error).message}`]);
      }
    },
    [client],
  );

  return {
    platforms,
    timings,
    round,
    /** Results of the round that is under way, or of the last one. */
    latest,
    problems: problem ? [problem, ...problems] : problems,
    searching,
    time,
    remove,
    stop: () => void client.call("stopTiming", undefined).catch(() => {}),
    report: (problem: string) => setProblems([problem]),
  };
}
