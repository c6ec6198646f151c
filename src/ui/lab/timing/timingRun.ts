import { createStore, type StoreApi } from "zustand/vanilla";
import type { Platform } from "../../../core";
import type { StudyRequests, Timing } from "../../../workers/protocol";
import { problemOf } from "../../state/actions";
import { nothingSpent, type Spent, workOf } from "./estimate";
import { measurementKey, type Subject } from "./subject";

export interface TimingRunState {
  /** "pausing": the present network is timed to its end, then none is begun. */
  phase: "idle" | "running" | "pausing" | "paused" | "stopping";
  current?: Subject;
  waiting: readonly Subject[];
  /** Networks of this run that are over, timed or failed. */
  done: number;
  of: number;
  /** What the timings of this run took together. */
  spent: Spent;
  /** What was timed in this visit, oldest first. */
  timed: readonly Timing[];
  /** Why a network could not be timed, by `measurementKey`; until it is tried again. */
  failures: Readonly<Record<string, string>>;
  /** Why the run ended before its end. */
  problem?: string;
  /** Why the timings are not on disk. */
  notKept?: string;
}

/** Times subjects one after the other. */
export interface TimingRun {
  store: StoreApi<TimingRunState>;
  /** Does nothing while a run is under way. */
  begin(subjects: readonly Subject[], platform: Platform): void;
  pause(): void;
  resume(): void;
  /** Gives up what is being timed. */
  stop(): void;
}

export interface TimingRunOptions {
  /** @throws with the codes of `StudyRequests.timeNetwork` */
  time(subject: Subject, platform: Platform): Promise<StudyRequests["timeNetwork"]["result"]>;
  stop(): void;
  /** ms. */
  now(): number;
}

/** They concern every network: going on would only repeat them. */
const endings = ["stopped", "search-running", "platform-unavailable"];

const beforeRun = { phase: "idle", waiting: [], done: 0, of: 0, spent: nothingSpent } as const;

export function createTimingRun({ time, stop, now }: TimingRunOptions): TimingRun {
  const store = createStore<TimingRunState>()(() => ({ ...beforeRun, timed: [], failures: {} }));
  const { getState, setState } = store;
  let platform: Platform;

  async function work(): Promise<void> {
    setState({ phase: "running" });
    while (getState().phase === "running") {
      const [subject, ...waiting] = getState().waiting;
      if (!subject) break;
      setState({ current: subject, waiting });
      if (!(await timed(subject))) return end();
      setState(({ done }) => ({ current: undefined, done: done + 1 }));
    }
    const { phase, waiting } = getState();
    if (phase === "pausing" && waiting.length > 0) setState({ phase: "paused" });
    else end();
  }

  /** Whether the run goes on after it. */
  async function timed(subject: Subject): Promise<boolean> {
    const key = measurementKey(subject);
    const began = now();
    try {
      const { timing, notKept } = await time(subject, platform);
      setState(({ timed, spent, failures: { [key]: _, ...failures } }) => ({
        timed: [...timed, timing],
        spent: {
          seconds: spent.seconds + (now() - began) / 1000,
          work: spent.work + workOf([subject]),
        },
        failures,
        notKept,
      }));
    } catch (error) {
      const { code, message } = problemOf(error);
      if (endings.includes(code)) {
        setState({ problem: code === "stopped" ? undefined : message });
        return false;
      }
      setState(({ failures }) => ({ failures: { ...failures, [key]: message } }));
    }
    return getState().phase !== "stopping";
  }

  function end(): void {
    setState({ ...beforeRun, current: undefined });
  }

  return {
    store,
    begin(subjects, on) {
      if (getState().phase !== "idle" || subjects.length === 0) return;
      platform = on;
      setState({ ...beforeRun, waiting: subjects, of: subjects.length, problem: undefined });
      void work();
    },
    pause() {
      if (getState().phase === "running") setState({ phase: "pausing" });
    },
    resume() {
      const { phase } = getState();
      if (phase === "pausing") setState({ phase: "running" });
      else if (phase === "paused") void work();
    },
    stop() {
      const { phase } = getState();
      if (phase === "paused") return end();
      if (phase === "idle" || phase === "stopping") return;
      setState({ phase: "stopping" });
      stop();
    },
  };
}
