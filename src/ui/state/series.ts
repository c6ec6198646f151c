import { createStore, type StoreApi } from "zustand/vanilla";
import type { Study } from "../../core";
import type { Actions, ExperimentSearch } from "./actions";
import { freshTrials } from "./estimate";
import { isActive, type RunStore } from "./runStore";

/** A study to go on with, or one to start. */
export type SeriesStep = { resume: string } | { start: ExperimentSearch };

export interface SeriesState {
  /** Studies that follow when the present one has spent its budget. */
  waiting: readonly SeriesStep[];
}

/**
 * Studies that are searched one after the other, wherever on the page the person is meanwhile. It lives as long as the
 * page: what is still to do is read from the journal after a reload.
 */
export interface Series {
  store: StoreApi<SeriesState>;
  /** Begins with the first; those that waited before are dropped. */
  run(steps: readonly SeriesStep[]): void;
  /** Nothing more is begun by itself. */
  drop(): void;
  end(): void;
}

export function createSeries(actions: Pick<Actions, "search" | "resume">, run: RunStore): Series {
  const store = createStore<SeriesState>()(() => ({ waiting: [] }));
  const drop = () => store.setState({ waiting: [] });

  function next(): void {
    const [step, ...waiting] = store.getState().waiting;
    if (!step) return;
    store.setState({ waiting });
    void ("resume" in step ? actions.resume(step.resume) : actions.search(step.start));
  }

  const unfollow = run.subscribe(({ phase, study }, before) => {
    if (phase === before.phase) return;
    if (phase === "finished" && before.phase === "running" && study && hasSpentBudget(study)) queueMicrotask(next);
    // Stopped, cancelled, failed, or it could not be gone on with.
    else if (!isActive(phase)) drop();
  });

  return {
    store,
    run(steps) {
      store.setState({ waiting: steps });
      next();
    },
    drop,
    end: unfollow,
  };
}

/** It was not stopped before. */
function hasSpentBudget({ trials, elapsedSeconds, settings: { budget } }: Study): boolean {
  return freshTrials(trials).length >= budget.trials || elapsedSeconds >= (budget.minutes ?? Infinity) * 60;
}
