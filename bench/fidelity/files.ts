import { basename, join } from "node:path";

/** Where results about a set are kept; a set that is a folder is called by the folder's own name. */
export function resultsFile(kind: string, set: string): string {
  return join(import.meta.dirname, "..", "results", `${kind}-${basename(set)}.json`);
}
