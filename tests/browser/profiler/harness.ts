import { memory } from "@tensorflow/tfjs-core";
import { EvaluationError, type LatencyReport, type Network } from "../../../src/core";
import { type NetworkProfiler, openProfiler, type ProfilerOptions } from "../../../src/profiler";
import { foldBatchNorm } from "../../../src/profiler/graph";
import { createInference } from "../../../src/profiler/inference";
import { randomParameters } from "../../../src/profiler/weights";

/** What a test asks of the thread that holds a profiler. */
export type Order =
  | { do: "open"; options: ProfilerOptions }
  | { do: "profile"; network: Network; mishap?: { sample: number; kind: "lost-context" | "out-of-memory" } }
  /** The tab is hidden for the next three samples. */
  | { do: "hide" }
  | { do: "logits"; network: Network }
  | { do: "dispose" };

export interface Answer {
  to: Order["do"];
  report?: LatencyReport;
  device?: NetworkProfiler["device"];
  logits?: Float32Array;
  /** Tensors that TensorFlow.js holds after the order. */
  tensors: number;
  /** Samples that were taken while hidden. */
  dropped?: number;
  error?: { name: string; message: string; failure?: EvaluationError["failure"] };
}

/** Carries out orders on the thread it is made on, and keeps hold of WebGL contexts in order to lose them. */
export function createHarness(): (order: Order) => Promise<Answer> {
  const contexts: WebGL2RenderingContext[] = [];
  const getContext = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...given: unknown[]) {
    const context = Reflect.apply(getContext, this, given);
    if (context instanceof WebGL2RenderingContext) contexts.push(context);
    return context;
  } as typeof getContext;

  let profiler: NetworkProfiler | undefined;
  let hiddenSamples = 0;

  async function profile({ network, mishap }: Order & { do: "profile" }): Promise<Partial<Answer>> {
    let taken = 0;
    let dropped = 0;
    const report = await profiler?.profile(network, {
      keepSample() {
        taken++;
        if (taken === mishap?.sample) happen(mishap.kind);
        if (hiddenSamples === 0) return true;
        hiddenSamples--;
        dropped++;
        return false;
      },
    });
    return { report, dropped };
  }

  function happen(kind: "lost-context" | "out-of-memory"): void {
    const gl = contexts.at(-1);
    if (!gl) throw new Error("no WebGL context was made");
    if (kind === "lost-context") gl.getExtension("WEBGL_lose_context")?.loseContext();
    else gl.getError = () => gl.OUT_OF_MEMORY;
  }

  async function carryOut(order: Order): Promise<Partial<Answer>> {
    if (order.do === "open") profiler = await openProfiler(order.options);
    if (order.do === "hide") hiddenSamples = 3;
    if (order.do === "dispose") profiler?.dispose();
    if (order.do === "logits") return { logits: computeLogits(order.network) };
    return order.do === "profile" ? profile(order) : { device: profiler?.device };
  }

  return async (order) => {
    const answer = await carryOut(order).catch((error: Error): Partial<Answer> => {
      const failure = error instanceof EvaluationError ? error.failure : undefined;
      return { error: { name: error.name, message: error.message, failure } };
    });
    return { ...answer, to: order.do, tensors: memoryOrNone() };
  };
}

/** Logits of the graph that is timed, for one image, on the platform that is open. */
function computeLogits(network: Network): Float32Array {
  const { inputSize, channels } = network.scale;
  const image = Float32Array.from({ length: inputSize ** 2 * channels }, (_, i) => Math.sin(i));
  const inference = createInference(foldBatchNorm(network, randomParameters(network, 7)), image);
  const logits = inference.run();
  inference.dispose();
  return logits;
}

/** No backend, no tensors. */
function memoryOrNone(): number {
  try {
    return memory().numTensors;
  } catch {
    return 0;
  }
}
