import type { StudyClient } from "../../workers/client";
import type { Warning } from "../../workers/protocol";
import { isActive, isBusy, type RunState, type RunStore, withElapsed, withTrial, withWarning } from "./runStore";

/** Writes what the study worker tells into the store. Returns the way to stop listening. */
export function connect(client: StudyClient, store: RunStore): () => void {
  const { getState, setState } = store;
  const stops = [
    client.on("phase", ({ phase, reason, elapsedSeconds }) => {
      const { study, activities } = getState();
      const grown = study && withElapsed(study, elapsedSeconds);
      setState({
        phase,
        reason,
        elapsedAt: performance.now(),
        activities: isBusy(phase) ? activities : {},
        study: grown && phase === "finished" ? { ...grown, status: "finished" } : grown,
      });
    }),
    client.on("trial", ({ trial, elapsedSeconds }) => {
      const { study, told } = getState();
      setState({
        study: study && withTrial(withElapsed(study, elapsedSeconds), trial),
        told: [...told, { trial, elapsedSeconds }],
        elapsedAt: performance.now(),
      });
    }),
    client.on("amended", ({ studyId, trials }) => {
      const { study } = getState();
      if (study?.id === studyId) setState({ study: trials.reduce(withTrial, study) });
    }),
    client.on("activity", ({ activity }) => {
      // The last words of a worker may come after the end of its study.
      if (isBusy(getState().phase)) setState({ activities: { ...getState().activities, [activity.worker]: activity } });
    }),
    client.on("device", ({ device }) => setState({ device })),
    client.on("warning", ({ warning }) => {
      const state = getState();
      setState({ warnings: withWarning(state.warnings, { ...warning, lasts: lasts(warning, state) }) });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What is doubtful about the device, or was told before any study, is told once and holds for every study. */
function lasts({ code }: Warning, { phase, study }: RunState): boolean {
  return code === "profiler-fallback" || (!study && !isActive(phase));
}
