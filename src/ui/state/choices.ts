import type { ControllerName, EngineName, Optimizer, Platform, Schedule, SpaceName } from "../../core";
import { engineTitles } from "../../workers/engines";

/** Names of one kind with the words that the page has for each. */
export type Titles<Name extends string> = Readonly<Record<Name, string>>;

export const spaceTitles: Titles<SpaceName> = {
  "factorized-browser": "Browser, 5 blocks (432⁵ networks)",
  "factorized-mobilenet-v2": "MobileNetV2, 7 blocks (the paper's)",
  "flat-browser": "Browser, 12 layers, each by itself (144¹² networks)",
  "cells-browser": "NASNet cells: 2 cells of 5 steps",
};

export const controllerTitles: Titles<ControllerName> = {
  guided: "Model-guided search",
  ppo: "PPO over an LSTM (the paper's)",
  reinforce: "REINFORCE, one softmax a decision",
  evolution: "Regularized evolution",
  nsga2: "NSGA-II, two objectives",
  random: "Random search",
};

/** What each controller does, and what for. */
export const controllerNotes: Titles<ControllerName> = {
  guided:
    "Learns accuracy and latency from every trial so far, and tries what most likely beats the best; moved sliders count at once.",
  ppo: "A recurrent policy that learns in batches which choices pay; as in the MnasNet paper.",
  reinforce: "A plain policy without memory, the simplest that learns from rewards.",
  evolution: "Changes one decision of a good recent network at a time; the oldest die.",
  nsga2: "Breeds networks along the whole front of accuracy and latency, wherever the target is.",
  random: "Learns nothing: what the others must beat.",
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

export const finalsTitles = { off: "Stop there", on: "Train the finalists again" } satisfies Titles<string>;
export const finalsNote =
  "The best of the front, longer and from several seeds: it can take as long as the search. On demand it is always to be had.";

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

export const hopelessTitles: Titles<"skip" | "train"> = {
  skip: "Not trained to the end",
  train: "Trained all the same",
};

export const hopelessNotes: Titles<"skip" | "train"> = {
  skip: "Networks are timed first. What is too slow to win, or learns worse than three that are no slower, is ended early.",
  train: "The paper's way: every network is trained, then timed.",
};
