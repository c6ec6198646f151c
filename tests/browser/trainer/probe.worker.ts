/** Runs the engine where it lives in the app: in a worker. */
import { memory } from "@tensorflow/tfjs-core";
import { calibrate, createEngine } from "../../../src/trainer";
import { probeJob } from "./probeJob";

self.onmessage = async ({ data }: MessageEvent<"calibrate" | "wasm" | "webgl">) => {
  try {
    if (data === "calibrate") {
      self.postMessage({ result: await calibrate() });
      return;
    }
    const engine = await createEngine("tfjs", data);
    const before = memory().numTensors;
    const report = await engine.train(probeJob());
    const left = memory().numTensors - before;
    engine.dispose();
    self.postMessage({ result: { report, left } });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
