/**
 * A page that knows nothing of Mnasium: stock TensorFlow.js loads a model by its address and times it in the way of the
 * library's own benchmark page (e2e/benchmarks/benchmark_util.js, `timeInference`): rounds of predict and download, with
 * `dataSync` where the backend is webgl.
 */
import "@tensorflow/tfjs-backend-webgl";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { env, ready, setBackend, type Tensor, zeros } from "@tensorflow/tfjs-core";

declare global {
  interface Window {
    /** Times of the rounds in ms, in order, after one round of warm-up. */
    timeModel?(address: string, rounds: number): Promise<number[]>;
  }
}

// The library refuses software GPUs unless told otherwise.
env().set("SOFTWARE_WEBGL_ENABLED", true);

window.timeModel = async (address, rounds) => {
  if (!(await setBackend("webgl"))) throw new Error("The plain page has no WebGL.");
  await ready();
  const model = await loadGraphModel(address);
  const [, ...image] = model.inputs[0]?.shape ?? [];
  const input = zeros([1, ...image]);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    const output = (await model.predict(input)) as Tensor;
    output.dataSync();
    times.push(performance.now() - start);
    output.dispose();
  }
  input.dispose();
  model.dispose();
  return times.slice(1);
};
