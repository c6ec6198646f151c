import type { Timing } from "../../workers/protocol";
import { doubts } from "../network/doubts";

/** What makes a timing doubtful, in plain sentences. */
export function doubtsAbout({ latency, retries }: Timing): readonly string[] {
  return [...doubts(latency), ...retries.map((reason) => `Timed a second time: ${reason}`)];
}
