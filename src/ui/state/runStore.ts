import { createStore, type StoreApi } from "zustand/vanilla";
import type { Device, Study, Trial } from "../../core";
import type { Activity, DataChoice, DataPreview, Phase, StudySummary, Warning } from "../../workers/protocol";

/** Something the person asked for that could not be done. */
export interface Problem {
  /** As `RemoteError.code`, or "error". */
  code: string;
  message: string;
}

/** What the page knows of the study worker. Trials live on disk; nothing of this is kept over a reload. */
export interface RunState {
  /** The list of studies has arrived once, so that Start and Resume do not change places under a finger. */
  ready: boolean;
  phase: Phase;
  /** Why it paused or failed. */
  reason?: string;
  /** Running time when the worker last told it, s, and the page's clock then, ms. */
  elapsedSeconds: number;
  elapsedAt: number;
  /** The study on the Search page: the one that runs, or the last one that did. */
  study?: Study;
  /** Trials told since the study was started or resumed, with the running time at which each ended, s. */
  told: readonly { trial: Trial; elapsedSeconds: number }[];
  studies: readonly StudySummary[];
  /** One sentence for each kept study that cannot be read. */
  unreadable: readonly string[];
  device?: Device;
  /** The training engine that calibration chose, in words. */
  engine?: string;
  activities: Readonly<Record<string, Activity>>;
  warnings: readonly Warning[];
  problem?: Problem;
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
    elapsedSeconds: 0,
    elapsedAt: 0,
    told: [],
    studies: [],
    unreadable: [],
    activities: {},
    warnings: [],
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

/** The study with a trial put in its place; a trial that is told twice stands once. */
export function withTrial(study: Study, trial: Trial): Study {
  const others = study.trials.filter((other) => other.number !== trial.number);
  return { ...study, trials: [...others, trial].sort((a, b) => a.number - b.number) };
}
