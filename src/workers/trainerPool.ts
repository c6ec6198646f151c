import {
  type AccuracyReport,
  type Architecture,
  deriveSeed,
  type EngineName,
  type Evaluated,
  EvaluationError,
  type Recipe,
  type Scale,
  StoppedHalfway,
  type Trainer,
} from "../core";
import type { Dataset } from "../data/dataset";
import type { Activity } from "./protocol";
import { RemoteError, type WorkerConnection } from "./rpc";
import type { TrainerEvents, TrainerRequests, TrainParams } from "./trainerProtocol";
import { createWatchdog, watched } from "./watchdog";

export type TrainerConnection = WorkerConnection<TrainerRequests, TrainerEvents>;

export interface TrainerPoolOptions {
  size: number;
  /** Starts a fresh trainer worker. */
  connect(): TrainerConnection;
  engine: EngineName;
  dataset: Dataset;
  recipe: Recipe;
  scale: Scale;
  /** The study's seed: trial n trains from a seed of its own, the same on every machine. */
  seed: number;
  /** A worker that shows no progress for so long is taken for dead, s. */
  silenceSeconds: number;
  onActivity(activity: Activity): void;
  /** A worker died and a new one stands in its place. */
  onReplaced(reason: string): void;
}

/** How long, from which seed, and whether to the end. */
export interface TrainingWay extends Pick<TrainParams, "recipe" | "seed" | "halfwayLimit"> {
  /** Which of several trainings of the network this is, from 1. */
  repetition?: number;
}

/** Trainer workers, one candidate each. */
export interface TrainerPool extends Trainer {
  /** As `train`, in another way than the study's trials. */
  trainWith(architecture: Architecture, trial: number, how: TrainingWay): Promise<Evaluated<AccuracyReport>>;
  /** Resolves when every trainer has its engine. @throws RemoteError "engine-unavailable", or why none starts. */
  ready(): Promise<void>;
  /** Resolves when no trainer computes anything; they hold still until `proceed`. */
  pause(): Promise<void>;
  proceed(): void;
  dispose(): void;
}

interface Slot {
  name: string;
  connection: TrainerConnection;
  /** Resolves when the worker has its images. */
  ready: Promise<unknown>;
  busy: boolean;
}

/** More trainers than this gain little and cost a phone its memory. */
const MOST_TRAINERS = 8;

/**
 * One candidate a core, one core left for the page and the system, never more than candidates are pending. Where there are
 * only two cores both train: the page needs little, and while a network is timed they all stand still. Trainers on a GPU
 * would only share it.
 */
export function poolSize(engine: EngineName, cores: number, lookahead: number): number {
  if (engine === "tfjs-webgl") return 1;
  return Math.max(1, Math.min(cores > 2 ? cores - 1 : cores, lookahead, MOST_TRAINERS));
}

export function createTrainerPool(options: TrainerPoolOptions): TrainerPool {
  const { engine, dataset, recipe, scale, seed } = options;
  const slots = Array.from({ length: options.size }, (_, index) => openSlot(`trainer ${index + 1}`));
  let disposed = false;
  let starting: Promise<void> | undefined;
  /** Resolves when the present pause is over; absent where there is none. */
  let pause: { over: Promise<void>; end(): void } | undefined;

  function openSlot(name: string): Slot {
    options.onActivity({ worker: name, task: "starting" });
    const connection = options.connect();
    const ready = watched(connection.call("load", { engine, dataset }), options.silenceSeconds, () =>
      connection.terminate(silent("The training engine has not started", options.silenceSeconds)),
    );
    ready.then(
      () => options.onActivity({ worker: name, task: "idle" }),
      () => {}, // told to whoever trains on it
    );
    return { name, connection, ready, busy: false };
  }

  /** Puts a fresh worker in the place of a dead one, after a pause: starting an engine is not quiet. */
  async function replace(slot: Slot, reason: string): Promise<void> {
    slot.connection.terminate();
    await pause?.over;
    if (disposed) throw new Error("The study was ended.");
    Object.assign(slot, openSlot(slot.name));
    options.onReplaced(reason);
  }

  async function trainWith(
    architecture: Architecture,
    trial: number,
    how: TrainingWay,
  ): Promise<Evaluated<AccuracyReport>> {
    const slot = slots.find(({ busy }) => !busy);
    if (!slot) throw new Error("More candidates than trainers: the search must not start so many.");
    slot.busy = true;
    const retries: string[] = [];
    try {
      for (;;) {
        await startUp(slot);
        try {
          return { report: await trainOn(slot, architecture, trial, how), retries };
        } catch (error) {
          if (error instanceof EvaluationError) throw new EvaluationError(error.failure, retries);
          if (error instanceof StoppedHalfway) throw new StoppedHalfway(error.halfwayLoss, retries);
          if (isUnavailable(error)) throw error;
          const reason = sentence(error);
          await replace(slot, reason);
          if (retries.length > 0) throw new EvaluationError(workerDied(reason), retries);
          retries.push(reason);
        }
      }
    } finally {
      slot.busy = false;
      if (!disposed) options.onActivity({ worker: slot.name, task: "idle" });
    }
  }

  /** Waits for the worker's engine; where it cannot start twice in a row the fault is not the candidate's. */
  async function startUp(slot: Slot): Promise<void> {
    try {
      await slot.ready;
    } catch (error) {
      if (isUnavailable(error)) throw error;
      await replace(slot, sentence(error));
      await slot.ready;
    }
  }

  /** One attempt; rejects with an error of `Trainer.train` for the candidate's sake, with any other for the worker's. */
  async function trainOn(
    slot: Slot,
    architecture: Architecture,
    trial: number,
    how: TrainingWay,
  ): Promise<AccuracyReport> {
    const { name, connection } = slot;
    const { repetition, ...params } = how;
    const watchdog = createWatchdog(options.silenceSeconds, () => {
      // A trainer that stands still in a pause is silent by right.
      if (!pause) connection.terminate(silent("No progress", options.silenceSeconds));
    });
    const stopListening = connection.on("progress", ({ phase, step, steps }) => {
      watchdog.pat();
      options.onActivity({ worker: name, task: phase, trial, repetition, step, steps });
    });
    try {
      options.onActivity({ worker: name, task: "training", trial, repetition, step: 0, steps: how.recipe.steps });
      const outcome = await connection.call("train", { architecture, scale, ...params });
      if ("failure" in outcome) throw new EvaluationError(outcome.failure);
      if ("halfwayLoss" in outcome) throw new StoppedHalfway(outcome.halfwayLoss);
      return outcome.report;
    } finally {
      stopListening();
      watchdog.stop();
    }
  }

  return {
    concurrency: options.size,
    train: (architecture, trial, halfwayLimit) =>
      trainWith(architecture, trial, { recipe, seed: deriveSeed(seed, "trial", trial), halfwayLimit }),
    trainWith,
    ready() {
      starting ??= Promise.all(slots.map(startUp)).then(() => undefined);
      return starting;
    },
    async pause() {
      let end = () => {};
      const over = new Promise<void>((resolve) => {
        end = resolve;
      });
      pause = { over, end };
      // A worker that dies, or does not answer and is ended for it, is quiet too.
      await Promise.allSettled(
        slots.map(({ connection }) =>
          watched(connection.call("pause", undefined), options.silenceSeconds, () =>
            connection.terminate(silent("The trainer has not paused", options.silenceSeconds)),
          ),
        ),
      );
    },
    proceed() {
      pause?.end();
      pause = undefined;
      for (const { connection } of slots) connection.call("proceed", undefined).catch(() => {});
    },
    dispose() {
      disposed = true;
      pause?.end();
      for (const { connection } of slots) connection.terminate();
    },
  };
}

function silent(what: string, seconds: number): RemoteError {
  return new RemoteError("worker-died", `${what} for ${seconds} s.`);
}

/** A fresh worker would not have an engine that this device lacks, or computes wrongly with. */
function isUnavailable(error: unknown): boolean {
  return error instanceof RemoteError && error.code === "engine-unavailable";
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function workerDied(reason: string) {
  return {
    stage: "training",
    code: "worker-died",
    message: `The training worker died twice on this network: ${reason}`,
  } as const;
}
