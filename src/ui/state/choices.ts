import type { ControllerName, EngineName, Optimizer, Platform, Schedule, SpaceName } from "../../core";
import { engineTitles } from "../../workers/engines";

/** Names of one kind with the words that the page has for each. */
export type Titles<Name extends string> = Readonly<Record<Name, string>>;

export const spaceTitles: Titles<SpaceName> = {
  "factorized-browser": "Browser, 5 blocks",
  "factorized-mobilenet-v2": "MobileNetV2, 7 blocks",
  "flat-browser": "Browser, 12 single layers",
  "cells-browser": "NASNet cells, 2 of 5 steps",
};

/** What each space lets differ. */
export const spaceNotes: Titles<SpaceName> = {
  "factorized-browser": "All layers of a block are alike: 432⁵ networks.",
  "factorized-mobilenet-v2": "The paper's: all layers of a block are alike, 432⁷ networks.",
  "flat-browser": "To compare with: each layer by itself, 144¹² networks.",
  "cells-browser": "To compare with: one normal and one reduction cell, repeated.",
};

export const controllerTitles: Titles<ControllerName> = {
  guided: "Model-guided search",
  ppo: "PPO over an LSTM",
  reinforce: "REINFORCE",
  evolution: "Regularized evolution",
  nsga2: "NSGA-II, two objectives",
  random: "Random search",
};

/** What each controller does, and what for. */
export const controllerNotes: Titles<ControllerName> = {
  guided:
    "Learns accuracy and latency from every trial so far, and tries what most likely beats the best; moved sliders count at once.",
  ppo: "The paper's: a recurrent policy that learns in batches which choices pay.",
  reinforce: "One softmax a decision, without memory: the simplest that learns from rewards.",
  evolution: "Changes one decision of a good recent network at a time; the oldest die.",
  nsga2: "Breeds networks along the whole front of accuracy and latency, wherever the target is.",
  random: "Learns nothing: what the others must beat.",
};

export const platformTitles: Titles<Platform> = {
  "tfjs-webgl": "GPU: WebGL",
  "tfjs-webgpu": "GPU: WebGPU",
  "tfjs-wasm": "CPU: WebAssembly",
};

/** What each platform stands for. */
export const platformNotes: Titles<Platform> = {
  "tfjs-webgl": "TensorFlow.js on what nearly every browser has.",
  "tfjs-webgpu":
    "TensorFlow.js on what is newer, where the browser has it; elsewhere WebGL is timed instead, with a warning.",
  "tfjs-wasm": "TensorFlow.js on the CPU as the target, on one core.",
};

/** What is added where the device's GPU is software; the factors are those of docs/benchmarks.md, ten or more. */
export const softwareNotes: Titles<Platform> = {
  "tfjs-webgl": "Here it is software, many times slower than the CPU.",
  "tfjs-webgpu": "Where WebGL is software this mostly is too, and many times slower again.",
  "tfjs-wasm": "Here the quickest to time on: the GPU is software.",
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
