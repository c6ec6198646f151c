import type { Dataset } from "./dataset";

/** A file that a person chose, in memory. */
export interface NamedFile {
  name: string;
  bytes: Uint8Array;
}

export interface ReadResult {
  dataset: Dataset;
  /** Plain sentences about what was left out or looks doubtful. */
  remarks: readonly string[];
}
