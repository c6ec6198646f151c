import { type Device, EvaluationError, type LatencyReport, type Network } from "../core";
import { type Now, nextTask, timeOf } from "./clock";
import { foldBatchNorm } from "./graph";
import { randomImage } from "./image";
import { createInference, type Inference } from "./inference";
import { measure } from "./measure";
import type { Runtime } from "./platform";
import type { Settle } from "./quiet";
import type { Reference } from "./reference";
import { randomParameters } from "./weights";

/** What networks are timed with. */
export interface Bench {
  runtime: Runtime;
  device: Device;
  now: Now;
  timerStepMs: number;
  reference: Reference;
  settle: Settle;
}

export interface SampleOptions {
  /** What the reference network takes on this device when it is quiet, where an earlier profiler found it, ms. */
  quietMs?: number;
  /** Called after each sample, when waiting messages have had their turn; throws to give up: the tab was hidden. */
  betweenSamples?(): void | Promise<void>;
}

/** A network that is loaded and compiled. */
export interface PreparedNetwork {
  /** Time for compiling and linking alone, where the platform can tell it, ms. */
  readonly compileMs?: number;
  /** The first run, compiling included, ms. */
  readonly firstRunMs: number;
  /**
   * Times it, on a quiet machine where that can be had. May be called again where it was given up; the samples of before
   * count as dropped.
   *
   * @throws EvaluationError as `NetworkProfiler.prepare`, or with "time-limit"; whatever `betweenSamples` throws.
   */
  sample(options?: SampleOptions): Promise<LatencyReport>;
  dispose(): void;
}

export async function prepareNetwork(network: Network, bench: Bench): Promise<PreparedNetwork> {
  const { runtime, device, now, timerStepMs, reference, settle } = bench;
  runtime.check();
  const graph = foldBatchNorm(network, randomParameters(network, 1));
  const inference = await explained(runtime, () => createInference(graph, randomImage(graph)));
  const run = (times?: number) =>
    explained(runtime, () => (runtime.asynchronous ? inference.runAsync(times) : inference.run(times)));
  /** Single inferences so far, whether they count or not. */
  let taken = 0;

  async function sample({ quietMs, betweenSamples }: SampleOptions): Promise<LatencyReport> {
    const takenAt = new Date().toISOString();
    reference.quietMs(quietMs);
    runtime.keepMemory(true);
    try {
      const measurement = await measure(run, {
        now,
        timerStepMs,
        reference: { ...reference, time: () => explained(runtime, reference.time) },
        settle,
        onSample: () => taken++,
        async betweenSamples() {
          await nextTask();
          runtime.check();
          await betweenSamples?.();
        },
      });
      // The last run gives back the memory that was kept.
      runtime.keepMemory(false);
      checkLogits(await run());
      const droppedSamples = taken - measurement.samplesMs.length;
      return { ...measurement, ...first, droppedSamples, timerStepMs, device, takenAt };
    } finally {
      runtime.keepMemory(false);
    }
  }

  let first: Pick<PreparedNetwork, "compileMs" | "firstRunMs">;
  try {
    first = await runFirst(inference, run, bench);
  } catch (error) {
    inference.dispose();
    throw error;
  }
  return { ...first, sample: (options = {}) => sample(options), dispose: inference.dispose };
}

async function runFirst(
  { dispatch }: Inference,
  run: () => unknown,
  { runtime, now }: Bench,
): Promise<Pick<PreparedNetwork, "compileMs" | "firstRunMs">> {
  const { compile } = runtime;
  const compileMs = compile && (await timeOf(now, () => explained(runtime, () => compile(dispatch))));
  const runMs = await timeOf(now, run);
  // A context that was lost meanwhile tells it in a task of its own.
  await nextTask();
  runtime.check();
  return { ...(compileMs !== undefined && { compileMs }), firstRunMs: runMs + (compileMs ?? 0) };
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
  const explain = (error: unknown): never => {
    runtime.check();
    const message = `TensorFlow.js could not run the network: ${error instanceof Error ? error.message : String(error)}`;
    throw new EvaluationError({ stage: "timing", code: "error", message });
  };
  try {
    const result = action();
    return (result instanceof Promise ? result.catch(explain) : result) as Result;
  } catch (error) {
    return explain(error);
  }
}
