import { type AccuracyReport, type Clock, EvaluationError } from "../../core";
import { type TrainingEngine, type TrainingJob, UnfitEngineError } from "../engine";
import { createPreparer } from "../preparation";
import { runTraining } from "../run";
import {
  type BackendName,
  type BackendOptions,
  checkContext,
  loadBackend,
  unlessContextIsLost,
  unloadBackend,
} from "./backends";
import { createBackendCheck } from "./check";
import { referenceNetworks } from "./referenceNetworks";
import { createTrainee, type TfjsTrainee } from "./trainee";

export interface TfjsOptions extends BackendOptions {
  clock: Clock;
}

/**
 * The TensorFlow.js engine on one backend, which has to prove on a few steps that it computes what it should: the default
 * space's layers at once, the others before the first network that has them is trained.
 * @throws UnfitEngineError where this device does not have the backend, or it is unfit: what was wrong, and what to do.
 */
export async function createTfjsEngine(backend: BackendName, options: TfjsOptions): Promise<TrainingEngine> {
  const { clock } = options;
  const check = createBackendCheck(clock);
  try {
    await loadBackend(backend, options);
    await check.covers(referenceNetworks[0].network);
  } catch (error) {
    unloadBackend(backend);
    throw refusal(backend, error);
  }
  const preparedFor = createPreparer();

  async function run(job: TrainingJob): Promise<AccuracyReport> {
    const { network, recipe, seed, halfwayLimit } = job;
    checkContext();
    await check.covers(network).catch((error: unknown) => {
      checkContext();
      throw refusal(backend, error);
    });
    let trainee: TfjsTrainee | undefined;
    try {
      const prepared = preparedFor(job);
      trainee = createTrainee(network, recipe, seed);
      const onStep: typeof job.onStep = (progress) => {
        checkContext();
        return job.onStep(progress);
      };
      const result = await runTraining({ trainee, prepared, recipe, seed, halfwayLimit, onStep, clock });
      job.onTrained?.({ weights: await trainee.weights(), mean: prepared.mean, deviation: prepared.deviation });
      return { ...result, engine: "tfjs", backend };
    } catch (error) {
      checkContext(); // what looked like the network's fault may be its garbage
      throw isOutOfMemory(error) ? outOfMemory(error) : error;
    } finally {
      trainee?.dispose();
    }
  }

  return {
    name: "tfjs",
    backend,
    train: (job) => unlessContextIsLost(run(job)),
    dispose: () => unloadBackend(backend),
  };
}

function refusal(backend: BackendName, cause: unknown): UnfitEngineError {
  const reason = cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
  const message = `TensorFlow.js cannot train with ${backend} here: ${reason}. Choose another training engine in the settings.`;
  return new UnfitEngineError(message, { cause });
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
