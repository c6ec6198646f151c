import type {
  Architecture,
  DataReference,
  Device,
  ExperimentPart,
  Finals,
  FinalsSettings,
  MeasuredNoise,
  Objective,
  Platform,
  Recipe,
  Scale,
  Study,
  StudySettings,
  Trial,
} from "../core";
import type { Difficulty } from "../data";
import type { StudyList, StudySummary, Timing, Training } from "../storage";

/** Which images to search on: the built-in set ("medium" unless told), or files that the person chose (IDX pairs, gzip or not). */
export type DataChoice = { kind: "builtin"; difficulty?: Difficulty } | { kind: "files"; files: readonly File[] };

/** What the page shows of a data set before a search. */
export interface DataPreview extends DataReference {
  classNames?: readonly string[];
  width: number;
  height: number;
  /** Held-out images of each class. */
  heldOut: readonly number[];
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
  /** Which of a finalist's trainings, from 1. */
  repetition?: number;
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
    | "side-missing" // a comparison goes on without some of its sides
    | "data-not-kept";
  message: string;
}

export type { StudySummary, Timing, Training };

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

/** A network to be trained once, outside any study. */
export interface NetworkToTrain {
  /** What it is called. */
  network: string;
  architecture: Architecture;
  /** Classes and channels follow the images. */
  scale: Scale;
  recipe: Recipe;
  seed: number;
  data: DataChoice;
}

/** Of a downloaded model: its trial's, trained again at proxy scale, or random ones at deploy scale. */
export type ModelWeights = "trained" | "random";

/** One side of a comparison to be started. */
export interface ComparedSide {
  label: string;
  objective: Objective;
}

/** A study that is to be started. */
export interface WantedStudy {
  name: string;
  settings: StudySettings;
  data: DataChoice;
  /** The experiment of the Lab that it is for. */
  experiment?: ExperimentPart;
}

/** The finalists stage that is wanted. */
export interface WantedFinals {
  studyId: string;
  /** For a stage that begins; the study's own, or the default, where absent. */
  settings?: FinalsSettings;
  /** Under which its finalists are chosen; the study's own where absent. */
  objective?: Objective;
  /** Chooses finalists anew even where a stage has begun; what is known of those in both is kept. */
  anew?: boolean;
}

/** What becomes of a finalists stage. */
export interface FinalsNews {
  studyId: string;
  state: "preparing" | "running" | "pausing" | "ended";
  /** As far as it is; absent before the finalists are chosen. */
  finals?: Finals;
  /** Why it ended, where an error ended it. */
  problem?: string;
}

/** What becomes of the measurement of a study's noise. */
export interface NoiseNews {
  studyId: string;
  state: "preparing" | "running" | "ended";
  trainings: { done: number; total: number };
  /** What was found, at the end. */
  noise?: MeasuredNoise;
  /** Why it ended, where an error ended it. */
  problem?: string;
}

/** Requests of the page to the study worker. */
export interface StudyRequests {
  /** Starts the profiler to learn the device, and reads the list of studies. */
  open: { params: undefined; result: StudyList };
  /** Reads and checks a data set without starting anything. @throws with a sentence that names the file and what is wrong. */
  preview: { params: { data: DataChoice }; result: DataPreview };
  /** Starts a new study. */
  start: { params: WantedStudy; result: { study: Study } };
  /** Goes on with a paused study, or with one from disk. @throws "missing-data" where its images are not kept. `sides`: all of its comparison. */
  resume: { params: { studyId: string; data?: DataChoice }; result: { study: Study; sides?: readonly Study[] } };
  /**
   * Starts two or three studies that differ in the objective alone, searched at the same time on the same workers.
   * `pause`, `stop`, `cancel` and `resume` of one side hold for all.
   */
  compare: {
    params: WantedStudy & { sides: readonly ComparedSide[] };
    result: { studies: readonly Study[] };
  };
  pause: { params: undefined; result: undefined };
  stop: { params: undefined; result: undefined };
  cancel: { params: undefined; result: undefined };
  /** New samples are rewarded by it from now on. @throws "comparison": the sides of one keep their objectives. */
  setObjective: { params: { objective: Objective }; result: undefined };
  /**
   * Measures a trial's latency once more, and keeps the earlier report; told by the event "amended" before the answer.
   * While the study is searched it waits its turn. @throws "other-device", "other-study" where another study is under way.
   */
  measureAgain: { params: { studyId: string; trial: number }; result: undefined };
  /**
   * Begins the finalists stage of a study, or goes on with it; told by the event "finals". A search that starts ends it.
   * @throws "search-running", "finals-running" of another study, "no-finalists", "missing-data", "other-tab", "stopped".
   */
  finals: { params: WantedFinals; result: { finals: Finals } };
  /** Ends the stage: when the trainings under way are done, or at once and without them. It can go on later. */
  stopFinals: { params: { atOnce: boolean }; result: undefined };
  /**
   * Trains three networks of a study twice more, from other seeds; told by the event "noise". A search that starts ends it.
   * @throws "search-running", "finals-running", "noise-running", "no-networks", "noise-unknown", "missing-data",
   * "other-tab", "stopped".
   */
  measureNoise: { params: { studyId: string }; result: { noise: MeasuredNoise } };
  stopNoise: { params: undefined; result: undefined };
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
  /**
   * Trains a network once with the default engine and keeps the result; `notKept` says why it is not on disk. Several may
   * be asked for at the same time, one a core.
   * @throws "search-running"; "stopped" by `stopTrainings`, a timing or a search that starts; "training-failed";
   * "engine-unavailable".
   */
  trainNetwork: { params: NetworkToTrain; result: { training: Training; notKept?: string } };
  stopTrainings: { params: undefined; result: undefined };
  /** Networks that were trained outside any study, oldest first. */
  trainings: { params: undefined; result: { trainings: readonly Training[] } };
}

/** What the study worker tells the page without being asked. */
export interface StudyEvents {
  phase: { phase: Phase; reason?: string; elapsedSeconds: number };
  trial: { studyId: string; trial: Trial; elapsedSeconds: number };
  /** Trials that were told before were measured again. */
  amended: { studyId: string; trials: readonly Trial[] };
  /** After every piece of a finalists stage, when it is on disk, and whenever its state changes. */
  finals: FinalsNews;
  /** After every training of a measurement of noise, and whenever its state changes. */
  noise: NoiseNews;
  activity: { activity: Activity };
  device: { device: Device };
  warning: { warning: Warning };
  /** How far the training for a model is. */
  exporting: { step: number; steps: number };
  /** Asks the page to host the profiler, because a worker cannot have WebGL here. */
  profilerWanted: { port: MessagePort };
}
