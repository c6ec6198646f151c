import { defaultFinals, type StudySettings } from "../../core";
import type { StudyClient } from "../../workers/client";
import type { FinalsNews } from "../../workers/protocol";
import { mapStudies, type RunStore } from "./runStore";

/** Its workers are at it. */
export function isUnderWay(run: FinalsNews | undefined): boolean {
  return run !== undefined && run.state !== "ended";
}

/** Writes what is told of finalists into the store. Returns the ways to stop listening. */
export function followFinals(client: StudyClient, { getState, setState }: RunStore): (() => void)[] {
  return [
    client.on("finals", (news) => {
      const { finalsRun } = getState();
      const activities = isUnderWay(news) && finalsRun?.studyId === news.studyId ? finalsRun.activities : {};
      setState({
        finalsRun: { ...news, activities },
        ...mapStudies(getState(), (study) =>
          study.id === news.studyId && news.finals ? { ...study, finals: news.finals } : study,
        ),
      });
    }),
    client.on("activity", ({ activity }) => {
      const { finalsRun } = getState();
      if (!finalsRun || !isUnderWay(finalsRun)) return;
      setState({ finalsRun: { ...finalsRun, activities: { ...finalsRun.activities, [activity.worker]: activity } } });
    }),
  ];
}

/** Settings whose study goes on with its finalists by itself, or not (as it is); the finalists' recipe follows the study's. */
export function withFinals(settings: StudySettings, wanted = settings.finals !== undefined): StudySettings {
  const { finals: _, ...others } = settings;
  return wanted ? { ...others, finals: defaultFinals(others) } : others;
}
