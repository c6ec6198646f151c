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
  return id ? { place: "study", id: decodeURIComponent(id) } : { place: "studies" };
}

export function studyLink(id: string): string {
  return `#/studies/${encodeURIComponent(id)}`;
}

export function labLink(experiment: ExperimentName): string {
  return `#/lab/${experiment}`;
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(follow, () => location.hash));
}

function follow(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}
