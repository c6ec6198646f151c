import type { StudyClient } from "../../workers/client";
import type { Warning } from "../../workers/protocol";
import { isBusy, type RunStore, withTrial } from "./runStore";

/** Writes what the study worker tells into the store. Returns the way to stop listening. */
export function connect(client: StudyClient, store: RunStore): () => void {
  const { getState, setState } = store;
  const stops = [
    client.on("phase", ({ phase, reason, elapsedSeconds }) => {
      const { study, activities } = getState();
      setState({
        phase,
        reason,
        elapsedSeconds,
        elapsedAt: performance.now(),
        activities: isBusy(phase) ? activities : {},
        study: study && phase === "finished" ? { ...study, status: "finished" } : study,
      });
    }),
    client.on("trial", ({ trial, elapsedSeconds }) => {
      const { study, told } = getState();
      setState({
        study: study && withTrial(study, trial),
        told: [...told, { trial, elapsedSeconds }],
        elapsedSeconds,
        elapsedAt: performance.now(),
      });
    }),
    client.on("activity", ({ activity }) => {
      // The last words of a worker may come after the end of its study.
      if (isBusy(getState().phase)) setState({ activities: { ...getState().activities, [activity.worker]: activity } });
    }),
    client.on("device", ({ device }) => setState({ device })),
    client.on("engine", ({ engine, backend, reason }) => {
      setState({ engine: `Trains with ${engine} on ${backend}: ${reason}` });
    }),
    client.on("warning", ({ warning }) => setState({ warnings: withWarning(getState().warnings, warning) })),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** One warning per code: the newest words stand. */
function withWarning(warnings: readonly Warning[], warning: Warning): readonly Warning[] {
  return [...warnings.filter(({ code }) => code !== warning.code), warning];
}
