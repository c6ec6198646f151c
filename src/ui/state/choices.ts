import type { ControllerName, EngineName, Optimizer, Platform, Schedule, SpaceName } from "../../core";
import { engineTitles } from "../../workers/engines";

/** Names of one kind with the words that the page has for each. */
export type Titles<Name extends string> = Readonly<Record<Name, string>>;

export const spaceTitles: Titles<SpaceName> = {
  "factorized-browser": "Browser, 5 blocks (432⁵ networks)",
  "factorized-mobilenet-v2": "MobileNetV2, 7 blocks (the paper's)",
};

export const controllerTitles: Titles<ControllerName> = {
  ppo: "PPO over an LSTM (the paper's)",
  random: "Random search",
};

export const platformTitles: Titles<Platform> = {
  "tfjs-webgl": "GPU: TensorFlow.js, WebGL",
  "tfjs-webgpu": "GPU: TensorFlow.js, WebGPU",
  "tfjs-wasm": "CPU: TensorFlow.js, WebAssembly",
};

/** What each platform stands for. */
export const platformNotes: Titles<Platform> = {
  "tfjs-webgl": "What nearly every browser has.",
  "tfjs-webgpu": "Newer, where the browser has it; elsewhere WebGL is timed instead, with a warning.",
  "tfjs-wasm": "The CPU as the target.",
};

export const optimizerTitles: Titles<Optimizer> = {
  sgd: "SGD, Nesterov momentum",
  rmsprop: "RMSProp (the paper's)",
};

export const scheduleTitles: Titles<Schedule> = {
  cosine: "Warm-up, then cosine",
  "one-cycle": "One cycle",
};

export const flipTitles: Titles<"off" | "on"> = { off: "No", on: "Every second image" };

export { engineTitles };

/** What speaks for an engine, and what against it. */
export const engineNotes: Titles<EngineName> = {
  simd: "One network a core; the same bits on every device.",
  "tfjs-webgl": "To compare with: trains on the GPU, one network at a time, and is far slower with small networks.",
  "tfjs-wasm": "To compare with: one network a core, many times slower.",
};

/** The names of a kind, in the page's order. */
export function namesOf<Name extends string>(titles: Titles<Name>): Name[] {
  return Object.keys(titles) as Name[];
}
