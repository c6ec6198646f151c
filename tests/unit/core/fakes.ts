import {
  type AccuracyReport,
  type Architecture,
  type Checkpoint,
  countMultiplyAdds,
  countParameters,
  createRandom,
  defaultSettings,
  type Journal,
  type LatencyReport,
  type Profiler,
  type Trainer,
  type Trial,
} from "../../../src/core";

/** A measurement that depends on the architecture alone, so that two searches can be compared. */
export function accuracyReport(architecture: Architecture): AccuracyReport {
  const correct = Math.floor((countParameters(architecture, defaultSettings.proxy) % 997) / 2);
  return {
    accuracy: correct / 500,
    correct,
    images: 500,
    steps: 40,
    trainingLoss: 1,
    seed: 1,
    engine: "fake",
    backend: "none",
    seconds: 1,
  };
}

export function latencyReport(architecture: Architecture): LatencyReport {
  const medianMs = countMultiplyAdds(architecture, defaultSettings.deploy) / 1e6;
  return {
    medianMs,
    intervalMs: [medianMs * 0.99, medianMs * 1.01],
    p90Ms: medianMs * 1.1,
    samplesMs: [medianMs],
    droppedSamples: 0,
    ended: "precise",
    firstRunMs: medianMs * 10,
    timerStepMs: 0.1,
    device: {
      platform: "tfjs-webgl",
      platformVersion: "4.22.0",
      gpu: "fake",
      software: true,
      thread: "worker",
      crossOriginIsolated: false,
      userAgent: "fake",
    },
    takenAt: "2026-11-22T00:00:00.000Z",
  };
}

export interface FakeOptions {
  concurrency?: number;
  /** Seed of the order in which candidates finish; in order where absent. */
  shuffle?: number;
  /** Trials that wait for a promise before their training ends. */
  holdTraining?: Record<number, Promise<void>>;
}

/** Trainer and profiler that answer after a seeded number of turns of the event loop. */
export function fakeEvaluators({ concurrency = 1, shuffle, holdTraining = {} }: FakeOptions = {}) {
  const random = createRandom(shuffle ?? 0);
  const trained: number[] = [];
  let running = 0;
  let most = 0;
  const wait = async () => {
    const turns = shuffle === undefined ? 1 : random.integer(12);
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const trainer: Trainer = {
    concurrency,
    async train(architecture, trial) {
      trained.push(trial);
      most = Math.max(most, ++running);
      await wait();
      await holdTraining[trial];
      running--;
      return { report: accuracyReport(architecture), retries: [] };
    },
  };
  const profiler: Profiler = {
    async profile(architecture) {
      await wait();
      return { report: latencyReport(architecture), retries: [] };
    },
  };
  return { trainer, profiler, trained, mostAtOnce: () => most };
}

/** A journal in memory that keeps a copy of everything it was given. */
export function memoryJournal() {
  const rows: Trial[] = [];
  const checkpoints: Checkpoint[] = [];
  const state = {
    rows,
    /** The checkpoint after each trial. */
    checkpoints,
    last: undefined as Checkpoint | undefined,
    async record(trial, checkpoint) {
      rows.push(structuredClone(trial));
      checkpoints.push(structuredClone(checkpoint));
      state.last = checkpoint;
    },
    async checkpoint(checkpoint) {
      state.last = checkpoint;
    },
    async until(holds: () => boolean) {
      while (!holds()) await new Promise((resolve) => setImmediate(resolve));
    },
  } satisfies Journal & Record<string, unknown>;
  return state;
}

export function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
