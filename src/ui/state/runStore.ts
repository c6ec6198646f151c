import { createStore, type StoreApi } from "zustand/vanilla";
import type { Device, Study, Trial } from "../../core";
import type {
  Activity,
  DataChoice,
  DataPreview,
  FinalsNews,
  NoiseNews,
  Phase,
  StudyEvents,
  StudySummary,
  Warning,
} from "../../workers/protocol";
import { notYetUsed, type Utilisation } from "./utilisation";

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

/** The finalists stage that was told of last, and what its workers do. */
export interface FinalsRun extends FinalsNews {
  activities: Readonly<Record<string, Activity>>;
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
  /** All studies of a comparison, in the order of its sides; `study` is the one that is looked at. Empty outside one. */
  sides: readonly Study[];
  /** The page's clock when the worker last told the study's running time, ms. */
  elapsedAt: number;
  /** Trials told since the search was started or resumed, with the running time at which each ended, s. */
  told: readonly StudyEvents["trial"][];
  studies: readonly StudySummary[];
  /** One sentence for each kept study that cannot be read. */
  unreadable: readonly string[];
  device?: Device;
  activities: Readonly<Record<string, Activity>>;
  /** Of the present study's trainers, in this visit. */
  utilisation: Utilisation;
  warnings: readonly KeptWarning[];
  problem?: Problem;
  /** Measurements that were asked for again, by `measurementKey`: under way, or why there is none. */
  measuring: Readonly<Record<string, "under way" | Problem>>;
  finalsRun?: FinalsRun;
  /** The measurement of noise that was told of last. */
  noiseRun?: NoiseNews;
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
    sides: [],
    elapsedAt: 0,
    told: [],
    studies: [],
    unreadable: [],
    activities: {},
    utilisation: notYetUsed,
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

/** The sides of a comparison and the studies of an experiment keep the objective that they were started with. */
export function keepsObjective({ comparison, experiment }: Pick<Study, "comparison" | "experiment">): boolean {
  return comparison !== undefined || experiment !== undefined;
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

/** What the page shows of the studies: one, or the sides of a comparison with the one that is looked at. */
export type Shown = Pick<RunState, "study" | "sides">;

/** All studies on the page. */
export function shownStudies({ study, sides }: Shown): readonly Study[] {
  return sides.length > 0 || !study ? sides : [study];
}

/** Every study on the page changed in the same way. */
export function mapStudies({ study, sides }: Shown, change: (study: Study) => Study): Shown {
  const changed = sides.map(change);
  return { sides: changed, study: changed.find(({ id }) => id === study?.id) ?? (study && change(study)) };
}

/** What the worker tells with a trial, written into the study that it is of; running time holds for all sides. */
export function withTold(study: Study, { studyId, trial, elapsedSeconds }: StudyEvents["trial"]): Study {
  const grown = withElapsed(study, elapsedSeconds);
  return study.id === studyId ? withTrial(grown, trial) : grown;
}
