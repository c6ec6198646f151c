import { useEffect } from "react";
import type { Study } from "../../../core";
import type { Phase } from "../../../workers/protocol";
import { isActive, isBusy } from "../../state/runStore";
import { useRun } from "../../state/session";
import { keepAwake } from "../../wakeLock";
import type { RunPhase } from "../frame/RunControls";

const phases: Record<Phase, RunPhase> = {
  idle: "idle",
  preparing: "running",
  running: "running",
  pausing: "pausing",
  paused: "paused",
  stopping: "stopping",
  finished: "idle",
  failed: "idle",
};

/** How the search stands, as an experiment with these studies sees it. */
export function useStudyRun(studies: readonly Study[]) {
  const phase = useRun((state) => state.phase);
  const reason = useRun((state) => state.reason);
  const shown = useRun((state) => state.study);
  const own = shown !== undefined && studies.some(({ id }) => id === shown.id);
  const busy = isBusy(phase);
  useEffect(() => (busy ? keepAwake() : undefined), [busy]);
  // While a study is opened it is not known yet whose it is.
  const elsewhere = isActive(phase) && shown !== undefined && !own;
  return {
    phase: elsewhere ? "idle" : phases[phase],
    /** It is being prepared. */
    opening: phase === "preparing" && shown === undefined,
    /** A study that is none of these is under way or paused. */
    elsewhere,
    failure: phase === "failed" && (own || !shown) ? (reason ?? "No reason was given.") : undefined,
  };
}
