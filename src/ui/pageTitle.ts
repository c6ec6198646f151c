import type { StudySummary } from "../workers/protocol";
import { chapterTitles, type GuideAnchor, termTitles } from "./guide/terms";
import { experiments } from "./lab/experiments";
import type { Route } from "./route";
import { comparisonName } from "./state/sides";

const NAME = "Mnasium";

/** "Table 1 · Lab · Mnasium": from the page outwards, so that a narrow tab shows what tells it from the others. */
export function documentTitle(route: Route, studies: readonly StudySummary[]): string {
  return `${pageTitle(route, studies)} · ${NAME}`;
}

/** "Table 1 · Lab". @param studies those on this device, for a study's name */
export function pageTitle(route: Route, studies: readonly StudySummary[]): string {
  switch (route.place) {
    case "search":
      return "Search";
    case "lab":
      return within("Lab", route.experiment && beforeColon(experiments[route.experiment].title));
    case "studies":
      return "Studies";
    case "study": {
      const study = studies.find(({ id }) => id === route.id);
      return within("Studies", study ? comparisonName(study) : "Study");
    }
    case "guide":
      return within("Guide", route.anchor && beforeColon(anchorTitle(route.anchor)));
  }
}

function within(place: string, page?: string): string {
  return page ? `${page} · ${place}` : place;
}

function beforeColon(title: string): string {
  return title.split(":")[0] ?? title;
}

function anchorTitle(anchor: GuideAnchor): string {
  return { ...chapterTitles, ...termTitles }[anchor];
}
