import {
  type AccuracyReport,
  EvaluationError,
  estimateNoise,
  gatherNoise,
  type MeasuredNoise,
  type NoiseTraining,
  noiseTrainings,
  type Study,
} from "../core";
import type { StudyLock } from "../storage";
import { type BesideOptions, openBeside, trainersBeside } from "./beside";
import { storageWarning } from "./journal";
import type { NoiseNews } from "./protocol";
import { RemoteError } from "./rpc";
import type { TrainerPool } from "./trainerPool";

/** The measurement of noise in this tab, of one study at a time. */
export interface NoiseRuns {
  readonly running: boolean;
  /** Trains networks of a study again, and keeps what that says. @throws RemoteError as the request `measureNoise`. */
  measure(studyId: string): Promise<MeasuredNoise>;
  /** At once; what was trained is lost. */
  stop(): void;
  /** The study is removed. */
  forget(studyId: string): void;
  /** The study with what was measured beside it. */
  withNoise(study: Study): Study;
}

interface Run extends Pick<NoiseNews, "studyId" | "trainings"> {
  pool?: TrainerPool;
  lock?: StudyLock;
}

export function createNoiseRuns(options: BesideOptions): NoiseRuns {
  const { sessions, emit } = options;
  let current: Run | undefined;
  /** What was measured in this tab, by study. */
  const found = new Map<string, MeasuredNoise>();

  const tell = ({ studyId, trainings }: Run, state: NoiseNews["state"], rest?: Pick<NoiseNews, "noise" | "problem">) =>
    emit("noise", { studyId, trainings, state, ...rest });

  async function measure(studyId: string): Promise<MeasuredNoise> {
    if (current) throw new RemoteError("noise-running", "The noise is being measured already.");
    if (sessions.current()?.running) {
      throw new RemoteError("search-running", "A search is running: pause it, or let it end first.");
    }
    const run: Run = { studyId, trainings: { done: 0, total: 0 } };
    current = run;
    tell(run, "preparing");
    try {
      const noise = await carryOut(run);
      await keep(run, noise);
      finish(run, { noise });
      return noise;
    } catch (error) {
      const stopped = current !== run;
      finish(run, { problem: error instanceof Error ? error.message : String(error) });
      throw stopped ? new RemoteError("stopped", "The measurement of the noise was stopped.") : error;
    }
  }

  async function carryOut(run: Run): Promise<MeasuredNoise> {
    const { study, lock } = await openBeside(options, run.studyId);
    run.lock = lock;
    const trainings = noiseTrainings(study);
    if (trainings.length === 0) {
      throw new RemoteError("no-networks", "No network of this study was trained and timed: there is none to repeat.");
    }
    run.trainings = { done: 0, total: trainings.length };
    const dataset = await sessions.images(study);
    goesOn(run);
    const { recipe } = study.settings;
    const pool = trainersBeside(options, study, dataset, { recipe, trainings: trainings.length });
    run.pool = pool;
    await pool.ready();
    goesOn(run);
    tell(run, "running");

    const found: { trial: number; report: AccuracyReport }[] = [];
    const queue = [...trainings];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const report = await trained(pool, next, study);
        goesOn(run);
        if (report) found.push({ trial: next.trial, report });
        run.trainings = { ...run.trainings, done: run.trainings.done + 1 };
        tell(run, "running");
      }
    };
    await Promise.all(Array.from({ length: pool.concurrency }, work));
    const noise = gatherNoise(found);
    if (estimateNoise({ ...study, noise })) return noise;
    throw new RemoteError("noise-unknown", "None of the networks could be trained again, so the noise is not known.");
  }

  async function keep(run: Run, noise: MeasuredNoise): Promise<void> {
    found.set(run.studyId, noise);
    try {
      await (await options.store)?.update(run.studyId, { noise });
    } catch (error) {
      emit("warning", { warning: storageWarning(error) });
    }
  }

  /** Hands everything back; a run that was stopped before has done so. */
  function finish(run: Run, outcome?: Pick<NoiseNews, "noise" | "problem">): void {
    run.pool?.dispose();
    run.lock?.release();
    run.lock = undefined;
    if (current !== run) return;
    current = undefined;
    tell(run, "ended", outcome);
  }

  /** @throws Error where it was stopped meanwhile. */
  function goesOn(run: Run): void {
    if (current !== run) throw new Error("stopped");
  }

  return {
    get running() {
      return current !== undefined;
    },
    measure,
    stop: () => current && finish(current),
    forget(studyId) {
      if (current?.studyId === studyId) finish(current);
      found.delete(studyId);
    },
    withNoise: (study) => ({ ...study, noise: found.get(study.id) ?? study.noise }),
  };
}

/** Undefined where the network cannot be trained from this seed: it then counts for nothing. */
async function trained(
  pool: TrainerPool,
  { architecture, trial, seed, repetition }: NoiseTraining,
  { settings: { recipe } }: Study,
): Promise<AccuracyReport | undefined> {
  try {
    return (await pool.trainWith(architecture, trial, { recipe, seed, repetition })).report;
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}
