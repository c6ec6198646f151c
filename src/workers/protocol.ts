import type { DataReference, Device, Objective, Study, StudySettings, Trial } from "../core";
import type { StudyList, StudySummary } from "../storage";

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
  task: "starting" | "idle" | "training" | "validating" | "waiting" | "timing";
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

export type { StudySummary };

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
  read: { params: { studyId: string }; result: { study: Study } };
  remove: { params: { studyId: string }; result: undefined };
  /** Browsers slow hidden tabs down: nothing is timed in one. Told by the client itself. */
  visibility: { params: { hidden: boolean }; result: undefined };
  list: { params: undefined; result: StudyList };
}

/** What the study worker tells the page without being asked. */
export interface StudyEvents {
  phase: { phase: Phase; reason?: string; elapsedSeconds: number };
  trial: { trial: Trial; elapsedSeconds: number };
  activity: { activity: Activity };
  device: { device: Device };
  warning: { warning: Warning };
  /** Asks the page to host the profiler, because a worker cannot have WebGL here. */
  profilerWanted: { port: MessagePort };
}
