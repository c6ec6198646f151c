import type { Scale } from "../architecture/architecture";
import type { ControllerName, ControllerState } from "../controller/controller";
import type { Objective } from "../objective/objective";
import type { SpaceName } from "../space";

/** The runtimes that can be timed; one a study, never mixed in one front. */
export type Platform = "tfjs-webgl" | "tfjs-webgpu" | "tfjs-wasm";

/**
 * What trains: the project's own WebAssembly SIMD kernels (the same bits on every device), or the reference,
 * TensorFlow.js on WebGL or on its WebAssembly backend.
 */
export type EngineName = "simd" | "tfjs-webgl" | "tfjs-wasm";

/** Gradient descent with Nesterov momentum, or RMSProp with momentum as in the paper (decay 0.9, epsilon 0.001). */
export type Optimizer = "sgd" | "rmsprop";

/**
 * `cosine`: a linear warm-up over a tenth of the steps, then a cosine to zero. `one-cycle`: a cosine up from 1/25 of the
 * peak over 3/10 of the steps, then a cosine down to 1/10,000 of it (Smith and Topin 2018; momentum stays).
 */
export type Schedule = "cosine" | "one-cycle";

/** How training images are varied, drawn anew each time an image is used. */
export interface Augmentation {
  /** Mirrors an image left to right, by the toss of a coin. */
  flip: boolean;
  /** Largest shift along each side, px at proxy scale; what comes in is the mean colour (0 when normalised). */
  shift: number;
  /** Side of a square set to the mean colour, its centre anywhere in the image, px at proxy scale; 0 for none. */
  cutout: number;
}

/** How long and how a candidate is trained, and on how many held-out images its accuracy is counted. */
export interface Recipe {
  steps: number;
  batchSize: number;
  optimizer: Optimizer;
  schedule: Schedule;
  /** Peak of the schedule. */
  learningRate: number;
  momentum: number;
  /** L2 term in the gradient of kernels; batch norm and biases are left out. */
  weightDecay: number;
  labelSmoothing: number;
  /** Largest norm of the whole gradient, weight decay not counted; 0 for no clipping. */
  gradientClip: number;
  /** Accuracy is counted with an exponential moving average of the weights of this decay; 0 for the last weights. */
  averageDecay: number;
  augmentation: Augmentation;
  validationImages: number;
  /** A candidate that is not done after this scores zero, s. */
  timeLimitSeconds: number;
}

/** When a study ends by itself: at whichever comes first. */
export interface Budget {
  /** Trials evaluated, repeats of a known architecture not counted. */
  trials: number;
  /** Minutes of running, pauses not counted; absent for no limit. */
  minutes?: number;
}

/** Which images a study trains on. */
export interface DataReference {
  name: string;
  /** SHA-256 of pixels and labels, hex. */
  hash: string;
  classes: number;
  channels: number;
  trainImages: number;
  validationImages: number;
}

/** Everything that fixes a search; set at its start, all but the objective's numbers for good. */
export interface StudySettings {
  space: SpaceName;
  controller: ControllerName;
  engine: EngineName;
  platform: Platform;
  seed: number;
  objective: Objective;
  budget: Budget;
  recipe: Recipe;
  /** Scale for training. */
  proxy: Scale;
  /** Scale for timing and export. */
  deploy: Scale;
  /**
   * Trials that may be under way at once. Trial i is asked for when trial i - lookahead has been told, on every
   * machine, whatever its number of workers: so a study replays exactly.
   */
  lookahead: number;
  /**
   * Networks are timed first; what cannot win any more is not trained, or not to the end (`hopeless.ts`). Off for the
   * paper's way.
   */
  skipHopeless: boolean;
  /** The finalists stage begins by itself when the budget is spent; absent where only on demand. */
  finals?: FinalsSettings;
}

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

/** Why a trial has no measurement: it scores zero. */
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

/** One evaluated architecture, in the order in which it was asked for. */
export interface Trial {
  /** Position in the study, from 0. */
  number: number;
  decisions: readonly number[];
  /** `architectureKey` of the decoded decisions. */
  key: string;
  accuracy?: AccuracyReport;
  latency?: LatencyReport;
  /** Earlier measurements of the same network in this study, kept when it was measured again; `latency` is the last. */
  earlierLatencies?: readonly LatencyReport[];
  /** Absent where accuracy and latency are both there, or it was skipped. */
  failure?: TrialFailure;
  /** Number of the earlier trial with the same architecture, whose reports stand here too; nothing was run again. */
  repeats?: number;
  /** It was timed first and not trained to the end: its accuracy is absent. */
  skipped?: Skipped;
  /** Attempts that a dying worker cost before this result, with the reason. */
  retries?: readonly string[];
  /** The objective under which the controller was told, and the reward it was told. */
  objective: Objective;
  reward: number;
}

/** One search: its settings, data and trials in order. */
export interface Study {
  id: string;
  name: string;
  /** ISO 8601. */
  createdAt: string;
  settings: StudySettings;
  data: DataReference;
  trials: readonly Trial[];
  status: StudyStatus;
  /** Running time so far, pauses not counted, s. */
  elapsedSeconds: number;
  /** Trials of its front, trained again longer; absent until that is asked for. */
  finals?: Finals;
  /** It is one side of a comparison: studies that differ in the objective alone, searched at the same time. */
  comparison?: Comparison;
  /** How far trainings of one network lie apart on these images; absent until that is asked for. */
  noise?: MeasuredNoise;
}

export type StudyStatus = "open" | "finished";

/** The finalists stage of a study: the top of one noisy ranking is mostly luck. */
export interface Finals {
  settings: FinalsSettings;
  /** Objective under which they were chosen. */
  objective: Objective;
  /** In the order in which they were chosen: by the reward of their trials, best first. */
  finalists: readonly Finalist[];
}

export interface FinalsSettings {
  /** Most trials of the front that take part. */
  finalists: number;
  /** How often each is trained, from different seeds. */
  seeds: number;
  recipe: Recipe;
}

/** A trial of the front, trained again longer and with several seeds, and timed again. */
export interface Finalist {
  /** Number of its trial. */
  trial: number;
  /** One per seed that is done, in the order of `finalistSeeds`. */
  accuracies: readonly AccuracyReport[];
  /** Present when it was timed again. */
  latency?: LatencyReport;
  /** It cannot be ranked. */
  failure?: TrialFailure;
  /** As of a trial. */
  retries?: readonly string[];
}

/** Some networks of a study, trained again by its own recipe from other seeds. */
export interface MeasuredNoise {
  networks: readonly {
    /** Number of its trial, whose own accuracy counts as one more seed. */
    trial: number;
    /** One per training, each from a seed of its own. */
    accuracies: readonly AccuracyReport[];
  }[];
}

/** What makes studies the sides of one comparison. */
export interface Comparison {
  /** The same for all sides. */
  id: string;
  /** Which side this study is, from 0, of how many. */
  side: number;
  sides: number;
  /** What the person calls this side, for example "Hard". */
  label: string;
}

/** What was found out about one candidate, before the controller is told. */
export type Evaluation = Pick<Trial, "accuracy" | "latency" | "failure" | "skipped" | "retries">;

/** What a study needs beside its trials to go on after a reload. */
export interface Checkpoint {
  controller: ControllerState;
  /** Vectors asked for but not yet told, in order: trials `trials.length`, `trials.length + 1`, ... */
  pending: readonly (readonly number[])[];
  /** What is known of them: some wait for an earlier trial to be told first, some for their second stage; by key. */
  evaluated: Readonly<Record<string, Evaluation>>;
  objective: Objective;
  elapsedSeconds: number;
}
