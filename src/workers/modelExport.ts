import { type AccuracyReport, instantiate, limits, type Study, spaces, type Trial } from "../core";
import type { Dataset } from "../data/dataset";
import { foldBatchNorm } from "../profiler/graph";
import { writeGraphModel } from "../profiler/graphModel";
import { modelFiles, RUNTIME } from "../profiler/modelFiles";
import { randomParameters } from "../profiler/weights";
import { modelReadme, zip } from "../storage";
import type { TrainedNetwork } from "../trainer";
import { reportedEngine } from "./engines";
import type { ModelWeights, StudyEvents } from "./protocol";
import type { Quietable } from "./quietProfiler";
import { RemoteError } from "./rpc";
import type { TrainerConnection } from "./trainerPool";
import { createWatchdog } from "./watchdog";

export interface ModelExportOptions {
  /** @throws RemoteError "missing-data". */
  images(study: Study): Promise<Dataset>;
  /** Starts a fresh trainer worker. */
  connectTrainer(): TrainerConnection;
  /** A worker that shows no progress for so long is taken for dead, s. */
  silenceSeconds: number;
  onProgress(progress: StudyEvents["exporting"]): void;
}

/** Writes networks of a study as TensorFlow.js models. What it trains for that holds still while a network is timed. */
export interface ModelExport extends Quietable {
  /**
   * A zip of model.json, weights and README.txt. One at a time: a second request stops the first.
   * @throws RemoteError "not-repeatable", "missing-data", "training-failed", "worker-died" or "stopped".
   */
  write(study: Study, number: number, weights: ModelWeights): Promise<Blob>;
  stop(): void;
}

/** A network trained again for its weights. */
interface Repetition extends TrainedNetwork {
  report: AccuracyReport;
  classNames?: readonly string[];
}

export function createModelExport(options: ModelExportOptions): ModelExport {
  /** The training under way; its worker is absent until it has its images. */
  let current: { connection?: TrainerConnection } | undefined;
  /** Resolves when the present pause is over; absent where there is none. */
  let pause: { over: Promise<void>; end(): void } | undefined;

  /** The same run as the trial's: what the SIMD engine computes depends on network, images, recipe and seed alone. */
  async function trainAgain(study: Study, trial: Trial): Promise<Repetition> {
    const { seed } = repeatable(trial);
    const mine: typeof current = {};
    current = mine;
    const dataset = await imagesOf(study);
    await pause?.over;
    if (current !== mine) throw stopped();
    const connection = options.connectTrainer();
    mine.connection = connection;
    const watchdog = createWatchdog(options.silenceSeconds, () => {
      if (!pause) connection.terminate(new RemoteError("worker-died", "The training worker has fallen silent."));
    });
    connection.on("progress", ({ phase, step, steps }) => {
      watchdog.pat();
      if (phase === "training") options.onProgress({ step, steps });
    });
    try {
      await connection.call("load", { engine: "simd", dataset });
      const { space, proxy, recipe } = study.settings;
      const outcome = await connection.call("train", {
        architecture: spaces[space].decode(trial.decisions),
        scale: proxy,
        // It was in time once; this device may be slower than the study's.
        recipe: { ...recipe, timeLimitSeconds: limits.timeLimitSeconds[1] },
        seed,
        keepWeights: true,
      });
      if ("failure" in outcome) throw new RemoteError("training-failed", outcome.failure.message);
      if (!("report" in outcome) || !outcome.trained)
        throw new RemoteError("training-failed", "The trainer kept no weights.");
      return { ...outcome.trained, report: outcome.report, classNames: dataset.classNames };
    } finally {
      watchdog.stop();
      connection.terminate();
      if (current === mine) current = undefined;
    }
  }

  async function imagesOf(study: Study): Promise<Dataset> {
    try {
      return await options.images(study);
    } catch (error) {
      if (!(error instanceof RemoteError && error.code === "missing-data")) throw error;
      const reason = `This browser does not keep the images of this study (${study.data.name})`;
      throw new RemoteError("missing-data", `${reason}, so its networks cannot be trained again.`);
    }
  }

  function stop(): void {
    current?.connection?.terminate(stopped());
    current = undefined;
  }

  return {
    async write(study, number, weights) {
      stop();
      const trial = study.trials.find((candidate) => candidate.number === number);
      if (!trial) throw new RemoteError("missing-trial", `This study has no trial ${number + 1}.`);
      return weights === "random" ? archive(study, trial) : archive(study, trial, await trainAgain(study, trial));
    },
    stop,
    async pause() {
      pause ??= beginPause();
      // A worker that has died is quiet too.
      await current?.connection?.call("pause", undefined).catch(() => {});
    },
    proceed() {
      pause?.end();
      pause = undefined;
      current?.connection?.call("proceed", undefined).catch(() => {});
    },
  };
}

function beginPause() {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}

/** Several that hold still together. */
export function together(...all: readonly Quietable[]): Quietable {
  return {
    async pause() {
      await Promise.all(all.map((each) => each.pause()));
    },
    proceed() {
      for (const each of all) each.proceed();
    },
  };
}

/** @throws RemoteError "not-repeatable" where another run would give other weights. */
function repeatable(trial: Trial): AccuracyReport {
  const { number, accuracy } = trial;
  const refuse = (reason: string) =>
    new RemoteError("not-repeatable", `Trial ${number + 1} ${reason} Its model can be had with random weights only.`);
  if (!accuracy) throw refuse(`has no trained network: ${whyUntrained(trial)}`);
  if (accuracy.engine !== "simd") {
    throw refuse(`was trained with ${reportedEngine(accuracy)}, whose runs cannot be repeated exactly.`);
  }
  return accuracy;
}

function whyUntrained({ skipped, failure }: Trial): string {
  switch (skipped?.reason) {
    case "beyond-target":
      return "it is so far beyond T that it could not have won, and was timed only.";
    case "learns-worse":
      return "its training was ended halfway, when networks that are no slower had learnt better.";
    default:
      return `its ${failure?.stage ?? "training"} failed.`;
  }
}

/** @param repetition absent for random weights, at deploy scale */
function archive(study: Study, trial: Trial, repetition?: Repetition): Blob {
  const { space, proxy, deploy } = study.settings;
  const scale = repetition ? proxy : deploy;
  const network = instantiate(spaces[space].decode(trial.decisions), scale);
  const model = writeGraphModel(foldBatchNorm(network, repetition?.weights ?? randomParameters(network, 1)));
  const files = modelFiles(model, repetition ? metadataOf(repetition) : { weights: "random" });
  const readme = modelReadme({ study, trial, scale, runtime: RUNTIME, training: repetition });
  files.set("README.txt", new TextEncoder().encode(readme));
  return new Blob([zip(files)], { type: "application/zip" });
}

function metadataOf({ mean, deviation, classNames, report: { accuracy, correct, images } }: Repetition): object {
  return { weights: "trained", mean, deviation, classNames, accuracy, correct, images };
}

function stopped(): RemoteError {
  return new RemoteError("stopped", "The training was stopped.");
}
