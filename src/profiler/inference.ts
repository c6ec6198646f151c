import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { io, type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { InferenceGraph } from "./graph";
import { writeGraphModel } from "./graphModel";

/** A model with one image on TensorFlow.js's current backend. */
export interface Inference {
  /** One inference that nobody reads. */
  dispatch(): void;
  /**
   * Inferences one after the other, none read but the last: from dispatch to logits that JavaScript can read. Blocks:
   * `dataSync`, as `data` polls every 4 ms.
   *
   * @param times queued before the last one is read; 1 where absent.
   */
  run(times?: number): Float32Array;
  /** As `run`, read with `data`: for WebGPU, which can read at once only through a canvas. */
  runAsync(times?: number): Promise<Float32Array>;
  dispose(): void;
}

/**
 * Loads the GraphModel that an export of this graph holds, and runs that: what is timed is what is shipped.
 *
 * @param image NHWC values of one image.
 */
export async function createInference(graph: InferenceGraph, image: Float32Array): Promise<Inference> {
  const model = await loadGraphModel(io.fromMemory(writeGraphModel(graph)));
  const input = tensor(image, [...graph.inputShape], "float32");
  const dispatch = () => {
    (model.predict(input) as Tensor).dispose();
  };
  const enqueue = (times: number): Tensor => {
    for (let i = 1; i < times; i++) dispatch();
    return model.predict(input) as Tensor;
  };

  return {
    dispatch,
    run(times = 1) {
      const logits = enqueue(times);
      const values = logits.dataSync<"float32">();
      logits.dispose();
      return values;
    },
    async runAsync(times = 1) {
      const logits = enqueue(times);
      const values = await logits.data<"float32">();
      logits.dispose();
      return values;
    },
    dispose() {
      model.dispose();
      input.dispose();
    },
  };
}
