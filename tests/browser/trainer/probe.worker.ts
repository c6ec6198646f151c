/** Runs the engine where it lives in the app: in a worker. */
import { memory } from "@tensorflow/tfjs-core";
import type { AccuracyReport } from "../../../src/core";
import { calibrate, createEngine } from "../../../src/trainer";
import { probeJob } from "./probeJob";

self.onmessage = async ({ data }: MessageEvent<"calibrate" | "wasm" | "webgl" | "lost">) => {
  try {
    if (data === "lost") {
      self.postMessage({ result: await trainOnLostContext() });
      return;
    }
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

/** A run whose context goes in the middle. */
async function trainOnLostContext(): Promise<AccuracyReport> {
  const contexts: WebGL2RenderingContext[] = [];
  const { getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: Parameters<typeof getContext>) {
    const made = getContext.apply(this, args);
    if (made instanceof WebGL2RenderingContext) contexts.push(made);
    return made;
  } as typeof getContext;
  const engine = await createEngine("tfjs", "webgl");
  const lose = async () => {
    for (const context of contexts) context.getExtension("WEBGL_lose_context")?.loseContext();
  };
  return engine.train({ ...probeJob(), onStep: lose });
}
