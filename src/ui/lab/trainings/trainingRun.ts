import { createStore, type StoreApi } from "zustand/vanilla";
import type { Architecture, Recipe, Scale } from "../../../core";
import type { StudyRequests, Training } from "../../../workers/protocol";
import { problemOf } from "../../state/actions";
import type { RunPhase } from "../frame/RunControls";

/** One training of a network, from one seed. */
export interface Job {
  /** Names the network within its experiment. */
  key: string;
  /** What it is called, and kept under. */
  network: string;
  architecture: Architecture;
  recipe: Recipe;
  /** Classes and channels follow the images. */
  scale: Scale;
  seed: number;
}

export interface TrainingRunState {
  /** "pausing": what is being trained is trained to its end, then nothing is begun. */
  phase: RunPhase;
  current: readonly Job[];
  waiting: readonly Job[];
  /** Trainings of this run that are over, done or failed. */
  done: number;
  of: number;
  /** What was trained in this visit, oldest first. */
  trained: readonly Training[];
  /** Why a network could not be trained, by key; until it is tried again. */
  failures: Readonly<Record<string, string>>;
  /** Why the run ended before its end. */
  problem?: string;
  /** Why the trainings are not on disk. */
  notKept?: string;
}

/** Trains networks, several at the same time. */
export interface TrainingRun {
  store: StoreApi<TrainingRunState>;
  /** Does nothing while a run is under way. */
  begin(jobs: readonly Job[]): void;
  pause(): void;
  resume(): void;
  /** Gives up what is being trained. */
  stop(): void;
}

export interface TrainingRunOptions {
  /** @throws with the codes of `StudyRequests.trainNetwork` */
  train(job: Job): Promise<StudyRequests["trainNetwork"]["result"]>;
  stop(): void;
  /** Trainings at the same time. */
  concurrency: number;
}

const beforeRun = { phase: "idle", current: [], waiting: [], done: 0, of: 0 } as const;

export function createTrainingRun({ train, stop, concurrency }: TrainingRunOptions): TrainingRun {
  const store = createStore<TrainingRunState>()(() => ({ ...beforeRun, trained: [], failures: {} }));
  const { getState, setState } = store;

  async function work(): Promise<void> {
    setState({ phase: "running" });
    await Promise.all(Array.from({ length: concurrency }, workThrough));
    const { phase, waiting } = getState();
    if (phase === "pausing" && waiting.length > 0) setState({ phase: "paused" });
    else setState(beforeRun);
  }

  async function workThrough(): Promise<void> {
    while (getState().phase === "running") {
      const [job, ...waiting] = getState().waiting;
      if (!job) return;
      setState(({ current }) => ({ waiting, current: [...current, job] }));
      await trained(job);
      setState(({ current, done }) => ({ current: current.filter((each) => each !== job), done: done + 1 }));
    }
  }

  async function trained({ key, ...job }: Job): Promise<void> {
    try {
      const { training, notKept } = await train({ key, ...job });
      setState(({ trained, failures: { [key]: _, ...failures } }) => ({
        trained: [...trained, training],
        failures,
        notKept,
      }));
    } catch (error) {
      const { code, message } = problemOf(error);
      if (code === "training-failed") setState(({ failures }) => ({ failures: { ...failures, [key]: message } }));
      // Everything else concerns every network: going on would only repeat it.
      else setState({ phase: "stopping", waiting: [], ...(code !== "stopped" && { problem: message }) });
    }
  }

  return {
    store,
    begin(jobs) {
      if (getState().phase !== "idle" || jobs.length === 0) return;
      setState({ ...beforeRun, waiting: jobs, of: jobs.length, problem: undefined });
      void work();
    },
    pause() {
      if (getState().phase === "running") setState({ phase: "pausing" });
    },
    resume() {
      if (getState().phase === "paused") void work();
    },
    stop() {
      const { phase } = getState();
      if (phase === "paused") return setState(beforeRun);
      if (phase === "idle" || phase === "stopping") return;
      setState({ phase: "stopping", waiting: [] });
      stop();
    },
  };
}
