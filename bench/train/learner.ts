import type { ProfileLine } from "../../src/trainer/simd/profile";
import {
  type ReferenceName,
  referenceBatch,
  referenceNetwork,
  referenceRates,
  referenceRecipe,
  referenceSeed,
} from "../support/reference-networks";

/** The engines that the page can run: ours, our TensorFlow.js engine on two backends, and stock TensorFlow.js. */
export const pageEngines = ["simd", "tfjs-wasm", "tfjs-webgl", "tfjs-webgl-stock", "tfjs-cpu-stock"] as const;
export type PageEngine = (typeof pageEngines)[number];

/** A reference network in training on one engine, always on the same batch. */
export interface Learner {
  /** One step; resolves to the batch's mean loss before it, when no work is queued any more. */
  step(): Promise<number>;
  /** GMAC/s of the engine's own matrix product at its best. */
  gemmPeak?(): number;
  /** Where one step's time goes. */
  profile?(): readonly ProfileLine[];
}

/** @throws Error where this browser does not have what the engine computes on. */
export function openLearner(engine: PageEngine, name: ReferenceName): Promise<Learner> {
  switch (engine) {
    case "simd":
      return openSimd(name);
    case "tfjs-wasm":
      return openTfjs(name, "wasm");
    case "tfjs-webgl":
      return openTfjs(name, "webgl");
    case "tfjs-webgl-stock":
      return openStock(name, "webgl");
    case "tfjs-cpu-stock":
      return openStock(name, "cpu");
  }
}

async function openSimd(name: ReferenceName): Promise<Learner> {
  const { loadKernels } = await import("../../src/trainer/simd/kernels");
  const { measureGemmPeak } = await import("../../src/trainer/simd/peak");
  const { profileStep } = await import("../../src/trainer/simd/profile");
  const { createSimdTrainee } = await import("../../src/trainer/simd/trainee");
  const network = referenceNetwork(name);
  const batch = referenceBatch(network);
  const kernels = await loadKernels();
  const ownKernels = await loadKernels();
  const trainee = createSimdTrainee(kernels, network, referenceRecipe, referenceSeed);
  return {
    step: () => trainee.step(batch, referenceRates),
    gemmPeak: () => measureGemmPeak(ownKernels),
    profile: () => profileStep(trainee, referenceRecipe),
  };
}

async function openTfjs(name: ReferenceName, backend: "wasm" | "webgl"): Promise<Learner> {
  const { loadBackend } = await import("../../src/trainer/tfjs/backends");
  const { createTrainee } = await import("../../src/trainer/tfjs/trainee");
  await loadBackend(backend);
  const network = referenceNetwork(name);
  const batch = referenceBatch(network);
  const trainee = createTrainee(network, referenceRecipe, referenceSeed);
  return { step: () => trainee.step(batch, referenceRates) };
}

async function openStock(name: ReferenceName, backend: "webgl" | "cpu"): Promise<Learner> {
  const { createStockModel, loadStockBackend } = await import("./stock");
  await loadStockBackend(backend);
  const network = referenceNetwork(name);
  return createStockModel(network, referenceBatch(network), {
    seed: referenceSeed,
    momentum: referenceRecipe.momentum,
    ...referenceRates,
  });
}
