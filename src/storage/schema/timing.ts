import type * as z from "zod/mini";
import { type Architecture, type LatencyReport, limits, type Scale } from "../../core";
import { group, list, text } from "./fields";
import { architectureSchema } from "./network";
import { latencySchema } from "./reports";
import { scaleSchema } from "./study";

/** One network that a person had timed on this device, outside any study. */
export interface Timing {
  id: string;
  /** What the person calls the network: a preset's name, or that of a file. */
  network: string;
  architecture: Architecture;
  scale: Scale;
  latency: LatencyReport;
  /** Attempts that were lost before, with the reason. */
  retries: readonly string[];
}

export const timingSchema = group(
  {
    id: text("Names the timing", 100),
    network: text("What the person calls the network"),
    architecture: architectureSchema,
    scale: scaleSchema(limits.deployInputSize),
    latency: latencySchema,
    retries: list(text("Reason", 10_000), "Attempts that were lost before, with the reason"),
  },
  "One network that was timed outside any study",
) satisfies z.ZodMiniType<Timing>;
