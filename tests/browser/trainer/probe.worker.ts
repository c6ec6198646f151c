/** Runs the engine where it lives in the app: in a worker. */
import { memory } from "@tensorflow/tfjs-core";
import type { AccuracyReport, EngineName } from "../../../src/core";
import { createEngine, type TrainingEngine } from "../../../src/trainer";
import { probeJob } from "./probeJob";

export interface Question {
  engine: EngineName;
  fault?: keyof typeof faults;
}

export interface Answer {
  blocks: AccuracyReport;
  cells: AccuracyReport;
  /** Tensors that the two runs left behind. */
  left: number;
}

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  try {
    self.postMessage({ result: await answer(data) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};

/** What may go wrong: drivers that are wrong about one function, and a context that goes. */
const faults = {
  roots: () => changeShaders("inversesqrt(", "1.01 * inversesqrt("),
  maxima: () => changeShaders("maxPosValue == curPosValue ? 1.0 : 0.0", "maxPosValue == curPosValue ? 0.0 : 1.0"),
  lost: watchContexts,
} as const;

async function answer({ engine: name, fault }: Question): Promise<Answer> {
  const lose = fault && faults[fault]();
  // However slow this machine is.
  const engine = await createEngine(name, { clock: () => 0 });
  if (lose) return trainWithout(engine, lose);
  const before = memory().numTensors;
  const blocks = await engine.train(probeJob("blocks"));
  const cells = await engine.train(probeJob("cells"));
  const left = memory().numTensors - before;
  engine.dispose();
  return { blocks, cells, left };
}

/** One run whose context goes in the middle, as if a read-back never came, and one after it. */
async function trainWithout(engine: TrainingEngine, lose: () => void): Promise<never> {
  const onStep = () => {
    lose();
    return new Promise<never>(() => {});
  };
  const [first, second] = [
    await engine.train({ ...probeJob("blocks"), onStep }).catch(String),
    await engine.train(probeJob("blocks")).catch(String),
  ];
  throw `${first} ${second}`;
}

function changeShaders(right: string, wrong: string): undefined {
  const { shaderSource } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.shaderSource = function (shader, source) {
    shaderSource.call(this, shader, source.replaceAll(right, wrong));
  };
}

/** Gives the way to lose every context that is made from now on. */
function watchContexts(): () => void {
  const contexts: WebGL2RenderingContext[] = [];
  const { getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: Parameters<typeof getContext>) {
    const made = getContext.apply(this, args);
    if (made instanceof WebGL2RenderingContext) contexts.push(made);
    return made;
  } as typeof getContext;
  return () => {
    for (const context of contexts) context.getExtension("WEBGL_lose_context")?.loseContext();
  };
}
