import type { Clock } from "../../core";
import type { TrainingEngine, TrainingJob } from "../engine";
import { createPreparer } from "../preparation";
import { runTraining } from "../run";
import { loadKernels } from "./kernels";
import { createSimdTrainee } from "./trainee";

/** The engine of WebAssembly SIMD kernels. @throws Error where this browser has no WebAssembly SIMD. */
export async function createSimdEngine({ clock }: { clock: Clock }): Promise<TrainingEngine> {
  let kernels: Awaited<ReturnType<typeof loadKernels>> | undefined = await loadKernels();
  const prepared = createPreparer();
  return {
    name: "simd",
    backend: "wasm",
    async train(job: TrainingJob) {
      if (!kernels) throw new Error("The training engine has been disposed of.");
      const { network, recipe, seed, halfwayLimit, onStep } = job;
      const data = prepared(job);
      const trainee = createSimdTrainee(kernels, network, recipe, seed);
      const result = await runTraining({ trainee, prepared: data, recipe, seed, halfwayLimit, onStep, clock });
      job.onTrained?.({ weights: trainee.weights(), mean: data.mean, deviation: data.deviation });
      return { ...result, engine: "simd", backend: "wasm" };
    },
    dispose() {
      kernels = undefined;
    },
  };
}
