import { type Clock, EvaluationError, type Network } from "../../core";
import { type Dataset, type PreparedDataset, prepare } from "../../data";
import type { TrainingEngine, TrainingJob } from "../engine";
import { runTraining } from "../run";
import { type BackendName, type BackendOptions, checkContext, loadBackend, unloadBackend } from "./backends";
import { createTrainee, type TfjsTrainee } from "./trainee";

export interface TfjsOptions extends BackendOptions {
  clock: Clock;
}

/** The TensorFlow.js engine on one backend. @throws Error where this device does not have the backend. */
export async function createTfjsEngine(backend: BackendName, options: TfjsOptions): Promise<TrainingEngine> {
  await loadBackend(backend, options);
  const prepared = rememberLast(prepare);
  return {
    name: "tfjs",
    backend,
    async train({ network, dataset, recipe, seed, onStep }: TrainingJob) {
      checkFit(network, dataset);
      let trainee: TfjsTrainee | undefined;
      try {
        const data = prepared(dataset, network.scale.inputSize, recipe.validationImages);
        trainee = createTrainee(network, recipe, seed);
        const { clock } = options;
        const onSoundStep: typeof onStep = (progress) => {
          checkContext();
          return onStep(progress);
        };
        const result = await runTraining({ trainee, prepared: data, recipe, seed, onStep: onSoundStep, clock });
        return { ...result, engine: "tfjs", backend };
      } catch (error) {
        checkContext(); // what looked like the network's fault may be its garbage
        throw isOutOfMemory(error) ? outOfMemory(error) : error;
      } finally {
        trainee?.dispose();
      }
    },
    dispose: () => unloadBackend(backend),
  };
}

/** Resampling takes as long as several steps: one data set serves all jobs of a study. */
function rememberLast(make: typeof prepare): typeof prepare {
  let last: { key: readonly unknown[]; value: PreparedDataset } | undefined;
  return (...key) => {
    if (!last || key.some((part, i) => part !== last?.key[i])) last = { key, value: make(...key) };
    return last.value;
  };
}

function checkFit({ scale }: Network, { name, classes, channels }: Dataset): void {
  if (scale.classes !== classes || scale.channels !== channels) {
    throw new RangeError(
      `The network is for ${scale.classes} classes and ${scale.channels} channels, ` +
        `but "${name}" has ${classes} classes and ${channels} channels.`,
    );
  }
}

/** Backends have no error type for it: these are the words of V8, JavaScriptCore, SpiderMonkey, Emscripten and WebGL. */
function isOutOfMemory(error: unknown): error is Error {
  const words =
    /out of memory|\bOOM\b|allocation failed|array buffer allocation|cannot enlarge memory|unable to create/i;
  return error instanceof Error && !(error instanceof EvaluationError) && words.test(error.message);
}

function outOfMemory(error: Error): EvaluationError {
  const message = `The network did not fit into memory (${error.message}).`;
  return new EvaluationError({ stage: "training", code: "out-of-memory", message });
}
