import type { Architecture, Device, LatencyReport, Platform, Scale, TrialFailure } from "../core";

/** Requests of the study worker to whoever hosts the profiler: its worker, or the page. */
export interface ProfilerRequests {
  /** @throws "platform-unavailable" where this thread cannot have the platform. */
  open: { params: { platform: Platform; thread: Device["thread"] }; result: { device: Device } };
  profile: { params: { architecture: Architecture; scale: Scale }; result: ProfileOutcome };
}

/** A network that could not be timed is an answer, not an error of the host. */
export type ProfileOutcome = { report: LatencyReport } | { failure: TrialFailure };
