import { createContext, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Objective } from "../../core";
import type { StudyClient } from "../../workers/client";
import { type Actions, createActions } from "./actions";
import { connect } from "./connect";
import { isSound } from "./objective";
import { createRunStore, isActive, keepsObjective, type RunState, type RunStore } from "./runStore";
import { createSeries, type Series } from "./series";
import { createSettingsStore, type SettingsState, type SettingsStore } from "./settingsStore";

/** One visit: the stores, the wire to the study worker, and what can be asked for. */
export interface Session {
  client: StudyClient;
  run: RunStore;
  settings: SettingsStore;
  actions: Actions;
  series: Series;
  /** Ends the wiring; the client stays the caller's. */
  end(): void;
}

/** New samples are rewarded by a slider's value once it has rested this long, ms. */
const OBJECTIVE_REST = 400;

export function createSession(client: StudyClient, storageName?: string): Session {
  const run = createRunStore();
  const settings = createSettingsStore(storageName);
  const disconnect = connect(client, run);
  const unfollow = followObjective(client, run, settings);
  const actions = createActions(client, run, settings);
  const series = createSeries(actions, run);
  return {
    client,
    run,
    settings,
    actions,
    series,
    end() {
      disconnect();
      unfollow();
      series.end();
    },
  };
}

/** Tells the running study of a new objective when the slider rests; the page's study then has it too. */
function followObjective(client: StudyClient, run: RunStore, settings: SettingsStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function tell(objective: Objective): Promise<void> {
    const { phase, study: asked } = run.getState();
    if (asked && keepsObjective(asked)) return;
    if (!isActive(phase) || !isSound(objective) || asked?.settings.objective === objective) return;
    await client.call("setObjective", { objective });
    const { study } = run.getState();
    // While a study is being opened the worker keeps the objective for it.
    if (!study || (asked && asked.id !== study.id)) return;
    run.setState({ study: { ...study, settings: { ...study.settings, objective } } });
  }

  const stop = settings.subscribe(({ settings: { objective } }, before) => {
    if (objective === before.settings.objective || !isActive(run.getState().phase)) return;
    clearTimeout(timer);
    // A worker that has died tells so itself.
    timer = setTimeout(() => tell(objective).catch(() => {}), OBJECTIVE_REST);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("A part of the page stands outside its session.");
  return session;
}

export function useRun<Value>(select: (state: RunState) => Value): Value {
  return useStore(useSession().run, select);
}

export function useSettings<Value>(select: (state: SettingsState) => Value): Value {
  return useStore(useSession().settings, select);
}

/** A value that follows another at most every `interval` ms, the last one always included. */
export function useThrottled<Value>(value: Value, interval = 200): Value {
  const [shown, setShown] = useState({ value, at: 0 });
  useEffect(() => {
    const wait = Math.max(0, shown.at + interval - performance.now());
    if (shown.value === value) return;
    const timer = setTimeout(() => setShown({ value, at: performance.now() }), wait);
    return () => clearTimeout(timer);
  }, [value, interval, shown]);
  return shown.value;
}
