import { EvaluationError, instantiate, type TrialFailure } from "../core";
import { type NetworkProfiler, openProfiler, type PreparedNetwork } from "../profiler";
import type { ProfilerRequests } from "./profilerProtocol";
import { type Endpoint, RemoteError, serve } from "./rpc";
import { createVisibility } from "./visibility";

/** Answers profiler requests on an endpoint: the profiler worker's own scope, or a port that the page holds. */
export function serveProfiler(endpoint: Endpoint): void {
  const visibility = createVisibility();
  let profiler: NetworkProfiler | undefined;
  let prepared: PreparedNetwork | undefined;

  function letGo(): void {
    prepared?.dispose();
    prepared = undefined;
  }

  serve<ProfilerRequests, Record<never, never>>(endpoint, {
    async open({ platform, thread }) {
      letGo();
      profiler?.dispose();
      profiler = await openProfiler({ platform, thread });
      return { device: profiler.device };
    },

    async prepare({ architecture, scale }) {
      if (!profiler) throw new RemoteError("not-open", "The profiler was asked for a network before it was open.");
      letGo();
      try {
        prepared = await profiler.prepare(instantiate(architecture, scale));
        const { compileMs, firstRunMs } = prepared;
        return { compileMs, firstRunMs };
      } catch (error) {
        return { failure: failureOf(error) };
      }
    },

    async sample({ quietMs }) {
      if (!profiler || !prepared) throw new RemoteError("not-prepared", "There is no network to be timed.");
      const watch = visibility.watch();
      const betweenSamples = () => {
        if (watch.wasHidden()) throw new HiddenError();
      };
      try {
        betweenSamples();
        const report = await prepared.sample({ quietMs, betweenSamples });
        letGo();
        return { report, memory: profiler.memory() };
      } catch (error) {
        if (error instanceof HiddenError) return { hidden: true };
        letGo();
        return { failure: failureOf(error) };
      }
    },

    async visibility({ hidden }) {
      visibility.set(hidden);
      return undefined;
    },
  });
}

/** The tab was hidden while a network was timed. */
class HiddenError extends Error {}

/** The network's failure. @throws any error that is not a network's. */
function failureOf(error: unknown): TrialFailure {
  if (error instanceof EvaluationError) return error.failure;
  throw error;
}
