import type {
  Architecture,
  DataReference,
  Device,
  Objective,
  Platform,
  Scale,
  Study,
  StudySettings,
  Trial,
} from "../core";
import type { StudyList, StudySummary, Timing } from "../storage";

/** Which images to search on: the built-in set, or files that the person chose (IDX pairs, gzip or not). */
export type DataChoice = { kind: "builtin" } | { kind: "files"; files: readonly File[] };

/** What the page shows of a data set before a search. */
export interface DataPreview extends DataReference {
  classNames?: readonly string[];
  width: number;
  height: number;
  /** A sheet of sample images, RGBA bytes [rows x height, columns x width, 4], one column per class (at most 10). */
  sheet: { pixels: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };
  /** Plain sentences about what was left out or looks doubtful. */
  remarks: readonly string[];
}

export type Phase =
  | "idle"
  | "preparing" // data, profiler, training engine
  | "running"
  | "pausing" // no new trials, the current ones finish
  | "paused"
  | "stopping" // as pausing, then the study ends
  | "finished"
  | "failed";

/** What one worker does now. */
export interface Activity {
  /** "trainer 1", "trainer 2", ..., "profiler". */
  worker: string;
  task: "starting" | "idle" | "training" | "validating" | "waiting" | "compiling" | "timing";
  trial?: number;
  step?: number;
  steps?: number;
}

/** A lasting remark on the running search, for example that nothing can be written to disk. */
export interface Warning {
  code:
    | "storage-unavailable"
    | "storage-full"
    | "profiler-fallback"
    | "worker-replaced"
    | "tab-hidden"
    | "data-remark"
    | "data-not-kept";
  message: string;
}

export type { StudySummary, Timing };

/** A platform as this browser has it: with its device, or the reason why it cannot be had. */
export type PlatformHere = { platform: Platform } & (
  | { device: Device; refusal?: undefined }
  | { device?: undefined; refusal: string }
);

/** A network to be timed outside any study. */
export interface NetworkToTime {
  /** What the person calls it. */
  network: string;
  architecture: Architecture;
  scale: Scale;
  platform: Platform;
}

/** Of a downloaded model: its trial's, trained again at proxy scale, or random ones at deploy scale. */
export type ModelWeights = "trained" | "random";

/** Requests of the page to the study worker. */
export interface StudyRequests {
  /** Starts the profiler to learn the device, and reads the list of studies. */
  open: { params: undefined; result: StudyList };
  /** Reads and checks a data set without starting anything. @throws with a sentence that names the file and what is wrong. */
  preview: { params: { data: DataChoice }; result: DataPreview };
  /** Starts a new study. */
  start: { params: { name: string; settings: StudySettings; data: DataChoice }; result: { study: Study } };
  /** Goes on with a paused study, or with one from disk. @throws "missing-data" where its images are not kept. */
  resume: { params: { studyId: string; data?: DataChoice }; result: { study: Study } };
  pause: { params: undefined; result: undefined };
  stop: { params: undefined; result: undefined };
  cancel: { params: undefined; result: undefined };
  /** New samples are rewarded by it from now on. */
  setObjective: { params: { objective: Objective }; result: undefined };
  /**
   * Measures a trial's latency once more, and keeps the earlier report; told by the event "amended" before the answer.
   * While the study is searched it waits its turn. @throws "other-device", "other-study" where another study is under way.
   */
  measureAgain: { params: { studyId: string; trial: number }; result: undefined };
  read: { params: { studyId: string }; result: { study: Study } };
  remove: { params: { studyId: string }; result: undefined };
  /** Browsers slow hidden tabs down: nothing is timed in one. Told by the client itself. */
  visibility: { params: { hidden: boolean }; result: undefined };
  list: { params: undefined; result: StudyList };
  /**
   * A trial's network as a TensorFlow.js model, a zip. Trained weights come from training again, told by `exporting`.
   * @throws "not-repeatable", "missing-data", "training-failed", or "stopped" by `stopExport` or a second request.
   */
  exportModel: { params: { studyId: string; trial: number; weights: ModelWeights }; result: { zip: Blob } };
  stopExport: { params: undefined; result: undefined };
  /** Looks which platforms there are, by opening each. @throws "search-running" or "stopped". */
  platforms: { params: undefined; result: { platforms: readonly PlatformHere[] } };
  /**
   * Times a network and keeps the result; `notKept` says why it is not on disk.
   * @throws "search-running"; "stopped" by `stopTiming` or a search that starts; "platform-unavailable".
   */
  timeNetwork: { params: NetworkToTime; result: { timing: Timing; notKept?: string } };
  stopTiming: { params: undefined; result: undefined };
  /** Networks that were timed outside any study, oldest first. */
  timings: { params: undefined; result: { timings: readonly Timing[] } };
  removeTimings: { params: { ids: readonly string[] }; result: undefined };
}

/** What the study worker tells the page without being asked. */
export interface StudyEvents {
  phase: { phase: Phase; reason?: string; elapsedSeconds: number };
  trial: { trial: Trial; elapsedSeconds: number };
  /** Trials that were told before were measured again. */
  amended: { studyId: string; trials: readonly Trial[] };
  activity: { activity: Activity };
  device: { device: Device };
  warning: { warning: Warning };
  /** How far the training for a model is. */
  exporting: { step: number; steps: number };
  /** Asks the page to host the profiler, because a worker cannot have WebGL here. */
  profilerWanted: { port: MessagePort };
}
