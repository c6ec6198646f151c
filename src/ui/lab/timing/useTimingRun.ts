import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { Timing } from "../../../workers/protocol";
import { useSession } from "../../state/session";
import { keepAwake } from "../../wakeLock";
import { createTimingRun } from "./timingRun";

/** A run of timings with the kept ones beside it. Leaving the page gives up what is under way; what is timed stays. */
export function useTimingRun() {
  const { client } = useSession();
  const [kept, setKept] = useState<readonly Timing[]>([]);
  const run = useMemo(
    () =>
      createTimingRun({
        time: ({ network, architecture, scale }, platform) =>
          client.call("timeNetwork", { network, architecture, scale, platform }),
        stop: () => void client.call("stopTiming", undefined).catch(() => {}),
        now: () => performance.now(),
      }),
    [client],
  );
  const state = useStore(run.store);

  useEffect(() => {
    // Where the browser keeps nothing there is nothing to show; the first timing says so.
    client.call("timings", undefined).then(
      ({ timings }) => setKept(timings),
      () => {},
    );
    return run.stop;
  }, [client, run]);

  const timing = state.phase === "running";
  useEffect(() => (timing ? keepAwake() : undefined), [timing]);

  return { ...state, run, timings: useMemo(() => [...kept, ...state.timed], [kept, state.timed]) };
}
