import type { Platform } from "./settings";

/** How a trial's accuracy was obtained. */
export interface AccuracyReport {
  /** correct / images, 0 to 1. */
  accuracy: number;
  correct: number;
  /** Held-out images on which it was counted. */
  images: number;
  steps: number;
  /** Mean training loss over the last quarter of the steps, nats. */
  trainingLoss: number;
  /** Mean training loss over the last eighth of the first half of the steps, nats. Absent in reports of before. */
  halfwayLoss?: number;
  /** Mean cross-entropy on the held-out images, without label smoothing, nats. Absent in reports of before. */
  validationLoss?: number;
  /** Mean softmax probability of the right class on the held-out images. Absent in reports of before. */
  probability?: number;
  /** Seed of weights, order of images and dropout. */
  seed: number;
  /** Engine and the backend under it: "simd" on "wasm", "tfjs" on "webgl" or "wasm". */
  engine: string;
  backend: string;
  seconds: number;
}

/** How a trial's latency was obtained; all times in ms. */
export interface LatencyReport {
  medianMs: number;
  /** 95 % confidence interval of the median. */
  intervalMs: readonly [low: number, high: number];
  p90Ms: number;
  /** Single inferences, dispatch to readable output (single-shot), in the order they were taken. */
  samplesMs: readonly number[];
  /** Samples that do not count: the tab was hidden, or the machine was not quiet. */
  droppedSamples: number;
  /** Why sampling ended: the interval was within 3 % of the median, or the time was up before. */
  ended: "precise" | "time-up";
  /**
   * Time of one more inference where several are queued before any is read: slope of the time of a burst over its length,
   * with its 95 % interval. Absent where it was not measured: in reports of before, and for very slow networks.
   */
  sustained?: { medianMs: number; intervalMs: readonly [low: number, high: number] };
  /** A fixed small network timed before and after on the same runtime: what changed meanwhile is not the candidate's. */
  reference?: ReferenceDrift;
  /** First run, shader compilation included. */
  firstRunMs: number;
  /** The part of it that went to compiling and linking alone, where the runtime can tell it. */
  compileMs?: number;
  /** Smallest step of the clock, as found by watching it. */
  timerStepMs: number;
  device: Device;
  /** Time of day at which the sampling began, ISO 8601. */
  takenAt: string;
}

/** How the reference network fared around a measurement: lower quartiles of some single inferences, ms. */
export interface ReferenceDrift {
  beforeMs: number;
  /** Between the single inferences and the bursts. */
  betweenMs?: number;
  afterMs: number;
  /** The lower quartile of its times on this device so far: how quiet the machine can be. */
  quietMs: number;
  /** Time waited for the machine to become quiet, ms. */
  waitedMs: number;
}

/** What latency was measured on. */
export interface Device {
  platform: Platform;
  /** Version of the runtime, for example "4.22.0". */
  platformVersion: string;
  /** What the driver calls the GPU; for tfjs-wasm the word "CPU". */
  gpu: string;
  /** The "GPU" is a program on the CPU (SwiftShader, llvmpipe): function is real, speed says nothing about GPUs. */
  software: boolean;
  /** Where the runtime lives: its own worker, or the page where a worker cannot have it. */
  thread: "worker" | "page";
  crossOriginIsolated: boolean;
  userAgent: string;
  /** Why this is not the first choice (WebGL in a worker), one sentence; absent where it is. */
  fallback?: string;
}

/** Why a trial has no measurement: it scores worst, as `rewardOf` says. */
export interface TrialFailure {
  stage: "training" | "timing";
  code: "diverged" | "time-limit" | "worker-died" | "out-of-memory" | "error";
  message: string;
}

/** Why a network that was timed was not trained, or not to the end. */
export interface Skipped {
  /**
   * `beyond-target`: so far beyond a hard target that it would lose to the incumbent even with all images right.
   * `learns-worse`: halfway through, several networks that are no slower had learnt better.
   */
  reason: "beyond-target" | "learns-worse";
  /** The accuracy that its reward counts it with: the mean of those known, or what its loss halfway leads one to expect. */
  assumedAccuracy: number;
  /** Where training was begun; as `AccuracyReport.halfwayLoss`. */
  halfwayLoss?: number;
}
