import { useSyncExternalStore } from "react";
import { findAnchor, type GuideAnchor } from "./guide/terms";

/** Experiments of the Lab, each at `#/lab/NAME`. */
const experimentNames = [
  "figure-3",
  "figure-5",
  "figure-6",
  "table-1",
  "table-5",
  "table-6",
  "figure-7",
  "time",
] as const;

export type ExperimentName = (typeof experimentNames)[number];

/** Where the page is, from the hash: `#/`, `#/lab`, `#/lab/figure-5`, `#/studies`, `#/studies/ID`, `#/guide`, `#/guide/front`. */
export type Route =
  | { place: "search" }
  | { place: "lab"; experiment?: ExperimentName }
  | { place: "studies" }
  | { place: "study"; id: string }
  | { place: "guide"; anchor?: GuideAnchor };

export function parseRoute(hash: string): Route {
  const [, place, id] = hash.replace(/^#/, "").split("/");
  if (place === "lab") return { place, experiment: experimentNames.find((name) => name === id) };
  if (place === "guide") return { place, anchor: findAnchor(id) };
  if (place !== "studies") return { place: "search" };
  const study = decoded(id);
  return study ? { place: "study", id: study } : { place: "studies" };
}

/** Undefined where an address was cut or mistyped within an escape. */
function decoded(part = ""): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

export function studyLink(id: string): string {
  return `#/studies/${encodeURIComponent(id)}`;
}

export function labLink(experiment: ExperimentName): string {
  return `#/lab/${experiment}`;
}

export function useRoute(): Route {
  return parseRoute(useHash());
}

export function useHash(): string {
  return useSyncExternalStore(follow, () => location.hash);
}

/** Marks the entries of the browser's history that have been shown. */
const SHOWN = "mnasium-shown";

/**
 * A page that is opened begins at its top; one that is gone back to is where it was left, which the browser sees to.
 * @returns ends it
 */
export function beginAtTop(): () => void {
  const mark = () => history.replaceState(SHOWN, "");
  const opened = () => {
    if (history.state === SHOWN) return;
    mark();
    scrollTo(0, 0);
  };
  mark();
  // Before the page that is opened goes to a place of its own.
  return listen(opened, { capture: true });
}

function follow(changed: () => void): () => void {
  return listen(changed);
}

/**
 * Going back, the browser scrolls between the two events, no farther than the page then is: the old one must be gone by
 * then. The second is for an address that changes without the first.
 */
const changes = ["popstate", "hashchange"] as const;

function listen(changed: () => void, options?: AddEventListenerOptions): () => void {
  for (const event of changes) addEventListener(event, changed, options);
  return () => {
    for (const event of changes) removeEventListener(event, changed, options);
  };
}
