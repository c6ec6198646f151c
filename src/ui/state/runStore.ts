import { createStore, type StoreApi } from "zustand/vanilla";
import type { Device, Study, Trial } from "../../core";
import type { Activity, DataChoice, DataPreview, Phase, StudySummary, Warning } from "../../workers/protocol";

/** Something the person asked for that could not be done. */
export interface Problem {
  /** As `RemoteError.code`, or "error". */
  code: string;
  message: string;
}

/** A warning as the page keeps it: one that lasts holds for every study of this visit, another for its own study. */
export interface KeptWarning extends Warning {
  lasts: boolean;
}

/** What the page knows of the study worker. Trials live on disk; nothing of this is kept over a reload. */
export interface RunState {
  /** The list of studies has arrived once, so that Start and Resume do not change places under a finger. */
  ready: boolean;
  phase: Phase;
  /** Why it paused or failed. */
  reason?: string;
  /** The study on the Search page: the one that runs, or the last one that did; kept as it is on disk. */
  study?: Study;
  /** The page's clock when the worker last told the study's running time, ms. */
  elapsedAt: number;
  /** Trials told since the study was started or resumed, with the running time at which each ended, s. */
  told: readonly { trial: Trial; elapsedSeconds: number }[];
  studies: readonly StudySummary[];
  /** One sentence for each kept study that cannot be read. */
  unreadable: readonly string[];
  device?: Device;
  activities: Readonly<Record<string, Activity>>;
  warnings: readonly KeptWarning[];
  problem?: Problem;
  /** Measurements that were asked for again, by `measurementKey`: under way, or why there is none. */
  measuring: Readonly<Record<string, "under way" | Problem>>;
  /** A study that waits for its images to be chosen again. */
  wantsData?: string;
  data: DataChoice;
  preview?: DataPreview;
  /** Why the chosen files cannot be used. */
  dataProblem?: string;
  readingData: boolean;
}

export type RunStore = StoreApi<RunState>;

export function createRunStore(): RunStore {
  return createStore<RunState>()(() => ({
    ready: false,
    phase: "idle",
    elapsedAt: 0,
    told: [],
    studies: [],
    unreadable: [],
    activities: {},
    warnings: [],
    measuring: {},
    data: { kind: "builtin" },
    readingData: false,
  }));
}

/** A study holds the workers: its settings cannot change and no other can start. */
export function isActive(phase: Phase): boolean {
  return (
    phase === "preparing" || phase === "running" || phase === "pausing" || phase === "paused" || phase === "stopping"
  );
}

/** Trials are under way. */
export function isBusy(phase: Phase): boolean {
  return isActive(phase) && phase !== "paused";
}

/** Names a trial among those of all studies. */
export function measurementKey(studyId: string, trial: number): string {
  return `${studyId}/${trial}`;
}

/** One warning per code: the newest words stand. */
export function withWarning(warnings: readonly KeptWarning[], warning: KeptWarning): readonly KeptWarning[] {
  return [...warnings.filter(({ code }) => code !== warning.code), warning];
}

/** The study at a running time, s. It only rises: the worker tells 0 while it opens a study, and when it has died. */
export function withElapsed(study: Study, elapsedSeconds: number): Study {
  return { ...study, elapsedSeconds: Math.max(study.elapsedSeconds, elapsedSeconds) };
}

/** The study with a trial put in its place; a trial that is told twice stands once. */
export function withTrial(study: Study, trial: Trial): Study {
  const others = study.trials.filter((other) => other.number !== trial.number);
  return { ...study, trials: [...others, trial].sort((a, b) => a.number - b.number) };
}
