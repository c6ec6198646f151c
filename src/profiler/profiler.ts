import { memory, version_core } from "@tensorflow/tfjs-core";
import type { Device, LatencyReport, Network, Platform } from "../core";
import { measureTimerStep, type Now } from "./clock";
import type { Runtime, Thread } from "./platform";
import { type Bench, type PreparedNetwork, prepareNetwork, type SampleOptions } from "./prepared";
import { createSettle } from "./quiet";
import { createReference } from "./reference";

export interface ProfilerOptions {
  platform: Platform;
  /** Where this runs. A page gives a canvas element, a worker an OffscreenCanvas. */
  thread: Thread;
  /** Clock in ms; `performance.now` where absent. */
  now?: Now;
}

/** What TensorFlow.js holds on this thread. */
export interface PlatformMemory {
  tensors: number;
  /** GPU memory, in use or kept for later; 0 on the CPU. */
  gpuBytes: number;
}

/** Times networks on one platform. TensorFlow.js has one current backend a thread, so have one profiler a thread. */
export interface NetworkProfiler {
  readonly device: Device;
  /**
   * Makes a network ready to be timed, as it is shipped, weights random: writes and loads its GraphModel, compiles and
   * runs it once. Needs no quiet machine. Dispose of it after use.
   *
   * @throws EvaluationError of stage "timing": "worker-died" where the GPU context is lost: this profiler and its thread
   *   are of no more use, open a new one; "out-of-memory", where that is wise too; "error".
   */
  prepare(network: Network): Promise<PreparedNetwork>;
  /** Prepares a network and times it. @throws EvaluationError as both. */
  profile(network: Network, options?: SampleOptions): Promise<LatencyReport>;
  memory(): PlatformMemory;
  dispose(): void;
}

/**
 * Opens a platform on this thread. Where it cannot be had, try the next of `platformChoices`.
 *
 * @throws PlatformUnavailableError with a sentence that says why.
 */
export async function openProfiler(options: ProfilerOptions): Promise<NetworkProfiler> {
  const { platform, thread, now = () => performance.now() } = options;
  const bench = await setUp(platform, thread, now);
  const { runtime, device, reference } = bench;
  let previous: Promise<unknown> = Promise.resolve();
  /** One after the other: they share the device. */
  function inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
    const result = previous.then(action);
    previous = result.catch(() => undefined);
    return result;
  }

  async function prepare(network: Network): Promise<PreparedNetwork> {
    const prepared = await inTurn(() => prepareNetwork(network, bench));
    return { ...prepared, sample: (sampleOptions) => inTurn(() => prepared.sample(sampleOptions)) };
  }

  return {
    device,
    prepare,
    async profile(network, sampleOptions) {
      const prepared = await prepare(network);
      try {
        return await prepared.sample(sampleOptions);
      } finally {
        prepared.dispose();
      }
    },
    memory: () => ({ tensors: memory().numTensors, gpuBytes: runtime.gpuBytes() }),
    dispose() {
      reference.dispose();
      runtime.dispose();
    },
  };
}

async function setUp(platform: Platform, thread: Thread, now: Now): Promise<Bench> {
  const runtime = await openRuntime(platform, thread);
  runtime.keepMemory(false);
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
  try {
    const reference = await createReference({ now, timerStepMs, asynchronous: runtime.asynchronous });
    const settle = createSettle(now, (ms) => new Promise((resolve) => setTimeout(resolve, ms)));
    return { runtime, device, now, timerStepMs, reference, settle };
  } catch (error) {
    runtime.dispose();
    throw error;
  }
}

/** Loads only the platform that is asked for. */
async function openRuntime(platform: Platform, thread: Thread): Promise<Runtime> {
  switch (platform) {
    case "tfjs-webgl":
      return (await import("./webgl")).openWebgl(thread);
    case "tfjs-webgpu":
      return (await import("./webgpu")).openWebgpu();
    case "tfjs-wasm":
      return (await import("./wasm")).openWasm();
  }
}
