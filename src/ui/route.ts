import { useSyncExternalStore } from "react";

/** Where the page is, from the hash: `#/`, `#/lab`, `#/lab/time`, `#/studies`, `#/studies/ID`. */
export type Route =
  | { place: "search" }
  | { place: "lab"; experiment?: "time" }
  | { place: "studies" }
  | { place: "study"; id: string };

export function parseRoute(hash: string): Route {
  const [, place, id] = hash.replace(/^#/, "").split("/");
  if (place === "lab") return id === "time" ? { place, experiment: id } : { place };
  if (place !== "studies") return { place: "search" };
  return id ? { place: "study", id: decodeURIComponent(id) } : { place: "studies" };
}

export function studyLink(id: string): string {
  return `#/studies/${encodeURIComponent(id)}`;
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(follow, () => location.hash));
}

function follow(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}
