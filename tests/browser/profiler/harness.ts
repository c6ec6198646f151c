import { EvaluationError, type LatencyReport, type Network } from "../../../src/core";
import { type NetworkProfiler, openProfiler, type PlatformMemory, type ProfilerOptions } from "../../../src/profiler";
import { foldBatchNorm } from "../../../src/profiler/graph";
import { createInference } from "../../../src/profiler/inference";
import { randomParameters } from "../../../src/profiler/weights";

/** What a test asks of the thread that holds a profiler. */
export type Order =
  /**
   * `compiler`: the driver says that it compiles programs side by side.
   * `clock`: `fastClock` instead of the real one.
   */
  | { do: "open"; options: ProfilerOptions; compiler?: "parallel"; clock?: "fast" }
  | { do: "profile"; network: Network; mishap?: { sample: number; kind: Mishap } }
  | { do: "logits"; network: Network }
  | { do: "dispose" };

type Mishap = "lost-context" | "out-of-memory" | "hidden-tab";

export interface Answer {
  to: Order["do"];
  report?: LatencyReport;
  device?: NetworkProfiler["device"];
  logits?: Float32Array;
  /** What TensorFlow.js holds after the order. */
  memory?: PlatformMemory;
  error?: { name: string; message: string; failure?: EvaluationError["failure"] };
}

/** Time runs ten times as fast: a profiler soon has its fill of samples, where times are not the matter. */
export const fastClock = () => 10 * performance.now();

/** Carries out orders on the thread it is made on, and keeps hold of WebGL contexts in order to lose them. */
export function createHarness(): (order: Order) => Promise<Answer> {
  const contexts: WebGL2RenderingContext[] = [];
  let parallel = false;
  const getContext = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...given: unknown[]) {
    const context = Reflect.apply(getContext, this, given);
    if (context instanceof WebGL2RenderingContext) {
      contexts.push(context);
      if (parallel) pretendParallel(context);
    }
    return context;
  } as typeof getContext;

  let profiler: NetworkProfiler | undefined;

  async function profile({ network, mishap }: Order & { do: "profile" }): Promise<Partial<Answer>> {
    let taken = 0;
    const betweenSamples = () => {
      if (++taken === mishap?.sample) happen(mishap.kind);
    };
    const prepared = await profiler?.prepare(network);
    try {
      const sample = () => prepared?.sample({ betweenSamples });
      return { report: await sample()?.catch((error) => (error instanceof HiddenError ? sample() : fail(error))) };
    } finally {
      prepared?.dispose();
    }
  }

  function happen(kind: Mishap): void {
    if (kind === "hidden-tab") throw new HiddenError();
    const gl = contexts.at(-1);
    if (!gl) throw new Error("no WebGL context was made");
    if (kind === "lost-context") gl.getExtension("WEBGL_lose_context")?.loseContext();
    else gl.getError = () => gl.OUT_OF_MEMORY;
  }

  async function carryOut(order: Order): Promise<Partial<Answer>> {
    if (order.do === "open") {
      parallel = order.compiler === "parallel";
      profiler = await openProfiler({ ...order.options, ...(order.clock === "fast" && { now: fastClock }) });
    }
    if (order.do === "dispose") {
      profiler?.dispose();
      profiler = undefined;
    }
    if (order.do === "logits") return { logits: await computeLogits(order.network) };
    return order.do === "profile" ? profile(order) : { device: profiler?.device };
  }

  return async (order) => {
    const answer = await carryOut(order).catch((error: Error): Partial<Answer> => {
      const failure = error instanceof EvaluationError ? error.failure : undefined;
      return { error: { name: error.name, message: error.message, failure } };
    });
    return { ...answer, to: order.do, memory: profiler?.memory() };
  };
}

function pretendParallel(gl: WebGL2RenderingContext): void {
  const getExtension = gl.getExtension.bind(gl) as (name: string) => unknown;
  gl.getExtension = ((name: string) =>
    name === "KHR_parallel_shader_compile" ? { COMPLETION_STATUS_KHR: 0x91b1 } : getExtension(name)) as never;
}

/** Logits of the graph that is timed, for one image, on the platform that is open. */
async function computeLogits(network: Network): Promise<Float32Array> {
  const { inputSize, channels } = network.scale;
  const image = Float32Array.from({ length: inputSize ** 2 * channels }, (_, i) => Math.sin(i));
  const inference = await createInference(foldBatchNorm(network, randomParameters(network, 7)), image);
  const logits = inference.run();
  inference.dispose();
  return logits;
}

class HiddenError extends Error {}

function fail(error: unknown): never {
  throw error;
}
