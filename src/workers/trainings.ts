import { type EngineName, EvaluationError } from "../core";
import type { Dataset } from "../data";
import { openTrainingStore, type Training, type TrainingStore } from "../storage";
import { referenceTo } from "./dataSource";
import { newId } from "./openStudies";
import type { DataChoice, NetworkToTrain, StudyRequests } from "./protocol";
import { RemoteError } from "./rpc";
import { SILENCE_SECONDS } from "./session";
import { createTrainerPool, type TrainerConnection, type TrainerPool } from "./trainerPool";

export interface TrainingsOptions {
  images(data: DataChoice): Promise<Dataset>;
  connectTrainer(): TrainerConnection;
  searching(): boolean;
}

/** Short trainings of networks outside any study: several at the same time, but never beside a search. */
export interface Trainings {
  readonly running: boolean;
  /** Trains a network once and keeps the result. @throws RemoteError as the request `trainNetwork`. */
  train(wanted: NetworkToTrain): Promise<StudyRequests["trainNetwork"]["result"]>;
  /** Gives up all that are under way. */
  stop(): void;
  list(): Promise<readonly Training[]>;
}

const ENGINE: EngineName = "simd";

/** A training under way. */
interface Run {
  pool?: TrainerPool;
  stop(): void;
}

export function createTrainings({ images, connectTrainer, searching }: TrainingsOptions): Trainings {
  let store: Promise<TrainingStore> | undefined;
  const runs = new Set<Run>();

  async function measure({ data, ...wanted }: NetworkToTrain, run: Run): Promise<Training> {
    const { network, architecture, recipe, seed } = wanted;
    const dataset = await images(data);
    if (!runs.has(run)) throw stopped();
    const { classes, channels } = dataset;
    const scale = { ...wanted.scale, classes, channels };
    run.pool = createTrainerPool({
      size: 1,
      connect: connectTrainer,
      engine: ENGINE,
      dataset,
      recipe,
      scale,
      seed,
      silenceSeconds: SILENCE_SECONDS,
      onActivity() {},
      onReplaced() {}, // told by the retries
    });
    const { report, retries } = await run.pool.trainWith(architecture, 0, { recipe, seed }).catch(refuse);
    const trainedAt = new Date().toISOString();
    return {
      id: newId(),
      network,
      architecture,
      scale,
      recipe,
      data: referenceTo(dataset),
      accuracy: report,
      trainedAt,
      retries,
    };
  }

  /** A store that could not be opened is tried again by the next. */
  function opened(): Promise<TrainingStore> {
    const opening = store ?? openTrainingStore();
    store = opening;
    opening.catch(() => {
      if (store === opening) store = undefined;
    });
    return opening;
  }

  return {
    get running() {
      return runs.size > 0;
    },

    async train(wanted) {
      if (searching()) {
        throw new RemoteError(
          "search-running",
          "A search is running: pause it first, they would slow each other down.",
        );
      }
      let training: Training;
      const run: Run = { stop() {} };
      const givenUp = new Promise<never>((_, reject) => {
        run.stop = () => reject(stopped());
      });
      runs.add(run);
      try {
        training = await Promise.race([measure(wanted, run), givenUp]);
      } finally {
        runs.delete(run);
        run.pool?.dispose();
      }
      try {
        await (await opened()).add(training);
        return { training };
      } catch (error) {
        return { training, notKept: error instanceof Error ? error.message : String(error) };
      }
    },

    stop() {
      for (const run of runs) run.stop();
    },

    list: async () => (await opened()).list(),
  };
}

function stopped(): RemoteError {
  return new RemoteError("stopped", "The training was stopped.");
}

/** A network that diverges or takes too long concerns itself alone. */
function refuse(error: unknown): never {
  throw error instanceof EvaluationError ? new RemoteError("training-failed", error.message) : error;
}
