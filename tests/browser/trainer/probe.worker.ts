/** Runs the engine where it lives in the app: in a worker. */
import { memory } from "@tensorflow/tfjs-core";
import type { AccuracyReport, EngineName } from "../../../src/core";
import { createEngine } from "../../../src/trainer";
import { probeJob } from "./probeJob";

export type Question = EngineName | "lost" | "spoiled";

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  try {
    self.postMessage({ result: await answer(data) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};

async function answer(question: Question) {
  if (question === "lost") return trainOnLostContext();
  if (question === "spoiled") return spoilShaders();
  const engine = await createEngine(question);
  const before = memory().numTensors;
  const report = await engine.train(probeJob());
  const left = memory().numTensors - before;
  engine.dispose();
  return { report, left };
}

/** A run whose context goes in the middle. */
async function trainOnLostContext(): Promise<AccuracyReport> {
  const contexts: WebGL2RenderingContext[] = [];
  const { getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: Parameters<typeof getContext>) {
    const made = getContext.apply(this, args);
    if (made instanceof WebGL2RenderingContext) contexts.push(made);
    return made;
  } as typeof getContext;
  const engine = await createEngine("tfjs-webgl");
  const lose = async () => {
    for (const context of contexts) context.getExtension("WEBGL_lose_context")?.loseContext();
  };
  return engine.train({ ...probeJob(), onStep: lose });
}

/** A driver that is wrong about one function: every root that a shader takes is a little too large. */
async function spoilShaders(): Promise<void> {
  const { shaderSource } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.shaderSource = function (shader, source) {
    shaderSource.call(this, shader, source.replaceAll("inversesqrt(", "1.01 * inversesqrt("));
  };
  await createEngine("tfjs-webgl");
}
