import type { ProfileLine } from "../../src/trainer/simd/profile";
import type { ReferenceName } from "../support/reference-networks";
import type { PageEngine } from "./learner";

export interface Turn {
  /** Mean loss of the batch before each step. */
  losses: number[];
  milliseconds: number[];
}

/** Requests of the page to an engine's worker. */
export interface EngineRequests {
  open: { params: { engine: PageEngine; network: ReferenceName }; result: undefined };
  train: { params: { steps: number }; result: Turn };
  /** Trains for so long; resolves to images per second. */
  race: { params: { seconds: number }; result: number };
  /** GMAC/s of the engine's own matrix product; undefined where it has none of its own. */
  gemmPeak: { params: undefined; result: number | undefined };
  profile: { params: undefined; result: readonly ProfileLine[] | undefined };
}
