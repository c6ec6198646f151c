import type { Architecture, Device, LatencyReport, Platform, Scale, TrialFailure } from "../core";
import type { PlatformMemory, PreparedNetwork } from "../profiler";

/** Requests of the study worker to whoever hosts the profiler: its worker, or the page. */
export interface ProfilerRequests {
  /** @throws "platform-unavailable" where this thread cannot have the platform. */
  open: { params: { platform: Platform; thread: Device["thread"] }; result: { device: Device } };
  /** Loads, compiles and runs a network once, in the place of the one before. Needs no quiet machine. */
  prepare: { params: { architecture: Architecture; scale: Scale }; result: PrepareOutcome };
  /** Times the prepared network, on a machine that should be quiet, and lets go of it; of a hidden tab, keeps it. */
  sample: { params: { quietMs?: number }; result: SampleOutcome };
  /** What is sampled while the tab is hidden does not count. */
  visibility: { params: { hidden: boolean }; result: undefined };
}

/** A network that could not be run is an answer, not an error of the host. */
export type PrepareOutcome = Pick<PreparedNetwork, "compileMs" | "firstRunMs"> | { failure: TrialFailure };

export type SampleOutcome =
  /** The memory is what is left after the network is gone. */
  | { report: LatencyReport; memory: PlatformMemory }
  /** The tab was hidden meanwhile: ask again when it is visible. */
  | { hidden: true }
  | { failure: TrialFailure };
