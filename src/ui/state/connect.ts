import type { StudyClient } from "../../workers/client";
import type { Warning } from "../../workers/protocol";
import { followFinals } from "./finals";
import { followNoise } from "./noise";
import {
  isActive,
  isBusy,
  mapStudies,
  type RunState,
  type RunStore,
  withElapsed,
  withTold,
  withTrial,
  withWarning,
} from "./runStore";
import { withActivity, withoutTrainers } from "./utilisation";

/** Writes what the study worker tells into the store. Returns the way to stop listening. */
export function connect(client: StudyClient, store: RunStore): () => void {
  const { getState, setState } = store;
  const stops = [
    client.on("phase", ({ phase, reason, elapsedSeconds }) => {
      const { activities, utilisation } = getState();
      setState({
        phase,
        reason,
        elapsedAt: performance.now(),
        activities: isBusy(phase) ? activities : {},
        utilisation: isBusy(phase) ? utilisation : withoutTrainers(utilisation, performance.now()),
        ...mapStudies(getState(), (study) => {
          const grown = withElapsed(study, elapsedSeconds);
          return phase === "finished" ? { ...grown, status: "finished" } : grown;
        }),
      });
    }),
    client.on("trial", (event) => {
      setState({
        ...mapStudies(getState(), (study) => withTold(study, event)),
        told: [...getState().told, event],
        elapsedAt: performance.now(),
      });
    }),
    client.on("amended", ({ studyId, trials }) =>
      setState(mapStudies(getState(), (study) => (study.id === studyId ? trials.reduce(withTrial, study) : study))),
    ),
    client.on("activity", ({ activity }) => {
      // The last words of a worker may come after the end of its study.
      const { phase, activities, utilisation } = getState();
      if (!isBusy(phase)) return;
      setState({ activities: { ...activities, [activity.worker]: activity } });
      if (phase === "running") setState({ utilisation: withActivity(utilisation, activity, performance.now()) });
    }),
    ...followFinals(client, store),
    followNoise(client, store),
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
