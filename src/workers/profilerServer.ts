import { EvaluationError, instantiate } from "../core";
import { type NetworkProfiler, openProfiler } from "../profiler";
import type { ProfilerRequests } from "./profilerProtocol";
import { type Endpoint, RemoteError, serve } from "./rpc";

/** Answers profiler requests on an endpoint: the profiler worker's own scope, or a port that the page holds. */
export function serveProfiler(endpoint: Endpoint): void {
  let profiler: NetworkProfiler | undefined;

  serve<ProfilerRequests, Record<never, never>>(endpoint, {
    async open({ platform, thread }) {
      profiler?.dispose();
      profiler = await openProfiler({ platform, thread });
      return { device: profiler.device };
    },

    async profile({ architecture, scale }) {
      if (!profiler) throw new RemoteError("not-open", "The profiler was asked to time a network before it was open.");
      try {
        return { report: await profiler.profile(instantiate(architecture, scale)) };
      } catch (error) {
        if (error instanceof EvaluationError) return { failure: error.failure };
        throw error;
      }
    },
  });
}
