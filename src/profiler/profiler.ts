import { version_core } from "@tensorflow/tfjs-core";
import {
  createRandom,
  type Device,
  EvaluationError,
  type LatencyReport,
  median,
  medianInterval,
  type Network,
  type Platform,
  quantile,
} from "../core";
import { measureTimerStep, type Now, nextTask } from "./clock";
import { foldBatchNorm, type InferenceGraph } from "./graph";
import { createInference } from "./inference";
import type { Runtime, Thread } from "./platform";
import { type Samples, sampleLatency } from "./sampler";
import { randomParameters } from "./weights";

export interface ProfilerOptions {
  platform: Platform;
  /** Where this runs. A page gives a canvas element, a worker an OffscreenCanvas. */
  thread: Thread;
  /** Clock in ms; `performance.now` where absent. */
  now?: Now;
}

export interface ProfileOptions {
  /**
   * Asked after each sample whether it counts: say false where the tab was hidden meanwhile, and resolve only when it is
   * visible again. Waiting messages to this thread have their turn before it is asked.
   */
  keepSample?(): boolean | Promise<boolean>;
}

/** Times networks on one platform. TensorFlow.js has one current backend a thread, so have one profiler a thread. */
export interface NetworkProfiler {
  readonly device: Device;
  /**
   * Latency of one image through the network as it is shipped (`foldBatchNorm`), weights random. Calls wait for each other.
   *
   * @throws EvaluationError of stage "timing": "worker-died" where the GPU context is lost: this profiler and its thread
   *   are of no more use, open a new one; "out-of-memory", where that is wise too; "time-limit"; "error".
   */
  profile(network: Network, options?: ProfileOptions): Promise<LatencyReport>;
  dispose(): void;
}

/**
 * Opens a platform on this thread. Where it cannot be had, try the next of `platformChoices`.
 *
 * @throws PlatformUnavailableError with a sentence that says why.
 */
export async function openProfiler(options: ProfilerOptions): Promise<NetworkProfiler> {
  const { platform, thread, now = () => performance.now() } = options;
  const runtime = await openRuntime(platform, thread);
  const timerStepMs = measureTimerStep(now);
  const device: Device = {
    platform,
    platformVersion: version_core,
    gpu: runtime.gpu,
    software: runtime.software,
    thread,
    crossOriginIsolated: globalThis.crossOriginIsolated === true,
    userAgent: navigator.userAgent,
  };

  async function measure(network: Network, { keepSample }: ProfileOptions = {}): Promise<LatencyReport> {
    const graph = foldBatchNorm(network, randomParameters(network, 1));
    const takenAt = new Date().toISOString();
    const { firstRunMs, samplesMs } = await runSamples(graph, keepSample);
    return {
      medianMs: median(samplesMs),
      intervalMs: medianInterval(samplesMs),
      p90Ms: quantile(samplesMs, 0.9),
      samplesMs,
      firstRunMs,
      timerStepMs,
      device,
      takenAt,
    };
  }

  async function runSamples(graph: InferenceGraph, keepSample: ProfileOptions["keepSample"]): Promise<Samples> {
    runtime.check();
    const inference = explained(runtime, () => createInference(graph, randomImage(graph)));
    const run = () => explained(runtime, inference.run);
    try {
      const samples = await sampleLatency(run, {
        now,
        timerStepMs,
        async keepSample() {
          await nextTask();
          runtime.check();
          return keepSample ? keepSample() : true;
        },
      });
      checkLogits(run());
      return samples;
    } finally {
      inference.dispose();
    }
  }

  let previous: Promise<unknown> = Promise.resolve();
  return {
    device,
    profile(network, profileOptions) {
      const report = previous.then(() => measure(network, profileOptions));
      previous = report.catch(() => undefined);
      return report;
    },
    dispose: runtime.dispose,
  };
}

/** Loads only the platform that is asked for. */
async function openRuntime(platform: Platform, thread: Thread): Promise<Runtime> {
  switch (platform) {
    case "tfjs-webgl":
      return (await import("./webgl")).openWebgl(thread);
    case "tfjs-wasm":
      return (await import("./wasm")).openWasm();
  }
}

function randomImage({ inputShape: [, height, width, channels] }: InferenceGraph): Float32Array {
  const random = createRandom(2);
  return Float32Array.from({ length: height * width * channels }, () => random.uniform());
}

/** A platform that computes nothing, or garbage, is quick at it. */
function checkLogits(logits: Float32Array): void {
  if (logits.every((value) => Number.isFinite(value)) && logits.some((value) => value !== 0)) return;
  throw new EvaluationError({
    stage: "timing",
    code: "error",
    message: "The network gave no finite numbers on this platform, so its time would mean nothing.",
  });
}

/** TensorFlow.js fails in many ways on a lost context: the state of the platform tells more than its error. */
function explained<Result>(runtime: Runtime, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    runtime.check();
    const message = `TensorFlow.js could not run the network: ${error instanceof Error ? error.message : String(error)}`;
    throw new EvaluationError({ stage: "timing", code: "error", message });
  }
}
