import {
  beginFinals,
  createFinals,
  defaultFinals,
  type Finals,
  type FinalsStage,
  finalsAreDone,
  type Platform,
  type Study,
} from "../core";
import type { StudyLock, StudyStore } from "../storage";
import { type BesideOptions, openBeside, trainersBeside } from "./beside";
import { deviceOf } from "./device";
import { storageWarning } from "./journal";
import type { FinalsNews, WantedFinals } from "./protocol";
import type { QuietProfiler, StudyProfiler } from "./quietProfiler";
import { RemoteError } from "./rpc";
import type { TrainerPool } from "./trainerPool";

export interface FinalsRunsOptions extends BesideOptions {
  profilerFor(platform: Platform): QuietProfiler;
}

/** The finalists stages of this tab, one at a time, each with workers of its own. */
export interface FinalsRuns {
  readonly running: boolean;
  /** Begins a stage or goes on with it; resolves when its workers are ready. @throws RemoteError as the request `finals`. */
  start(wanted: WantedFinals): Promise<Finals>;
  /** A search has spent its budget: the stages that its studies ask for begin by themselves, one after the other. */
  afterSearch(studies: readonly Study[]): Promise<void>;
  /** When the pieces under way are done, or at once and without them. */
  stop(atOnce: boolean): void;
  /** The study is removed. */
  forget(studyId: string): void;
  /** The study with its finals as they are now: a session does not know what was found beside it. */
  withFinals(study: Study): Study;
}

/** A stage under way. */
interface Run {
  studyId: string;
  finals?: Finals;
  stage?: FinalsStage;
  pool?: TrainerPool;
  profiler?: StudyProfiler;
  lock?: StudyLock;
  pausing: boolean;
  /** Resolves when it is over, with whether all was done. */
  over: Promise<boolean>;
}

export function createFinalsRuns(options: FinalsRunsOptions): FinalsRuns {
  const { sessions, emit } = options;
  let current: Run | undefined;
  /** What was found in this tab, by study. */
  const found = new Map<string, Finals>();

  const tell = (run: Run, state: FinalsNews["state"], problem?: string) =>
    emit("finals", { studyId: run.studyId, state, finals: run.finals, problem });

  const withFinals = (study: Study): Study => ({ ...study, finals: found.get(study.id) ?? study.finals });

  async function start(wanted: WantedFinals): Promise<Finals> {
    if (current?.finals && current.studyId === wanted.studyId) return current.finals;
    if (current) {
      throw new RemoteError("finals-running", "Finalists are being trained already: stop them first.");
    }
    if (sessions.current()?.running) {
      throw new RemoteError("search-running", "A search is running: pause it, or let it end first.");
    }
    const run: Run = { studyId: wanted.studyId, pausing: false, over: Promise.resolve(false) };
    current = run;
    tell(run, "preparing");
    try {
      const { stage, finals } = await prepare(run, wanted);
      tell(run, run.pausing ? "pausing" : "running");
      run.over = carryOut(run, stage);
      return finals;
    } catch (error) {
      if (current !== run) {
        finish(run);
        throw stopped();
      }
      finish(run, messageOf(error));
      throw error;
    }
  }

  /** @throws RemoteError "stopped" where it was given up meanwhile. */
  async function prepare(run: Run, wanted: WantedFinals): Promise<{ stage: FinalsStage; finals: Finals }> {
    const store = await options.store;
    const opened = await openBeside(options, run.studyId);
    run.lock = opened.lock;
    const study = withFinals(opened.study);
    const finals = chosen(study, wanted);
    run.finals = finals;
    const journal = journalOf(store, run);
    const dataset = await sessions.images(study);
    const quiet = options.profilerFor(study.settings.platform);
    const device = deviceOf(study) ?? (await quiet.device());
    goesOn(run);

    const { recipe, seeds } = finals.settings;
    const trainings = finals.finalists.length * seeds;
    const pool = trainersBeside(options, study, dataset, { recipe, trainings });
    run.pool = pool;
    const profiler = quiet.forStudy(pool, study.settings.deploy, device);
    run.profiler = profiler;
    await pool.ready();
    await journal.record(finals);
    goesOn(run);
    const stage = createFinals({
      study,
      finals,
      trainer: { concurrency: pool.concurrency, train: pool.trainWith },
      profiler,
      journal,
      onFinals(next) {
        if (current !== run) return;
        run.finals = next;
        tell(run, run.pausing ? "pausing" : "running");
      },
    });
    run.stage = stage;
    return { stage, finals };
  }

  async function carryOut(run: Run, stage: FinalsStage): Promise<boolean> {
    try {
      const running = stage.run();
      if (run.pausing) stage.pause();
      const ending = await running;
      finish(run);
      return ending === "done";
    } catch (error) {
      finish(run, messageOf(error));
      return false;
    }
  }

  /** Hands everything back; a run that was stopped before has done so. */
  function finish(run: Run, problem?: string): void {
    run.stage?.cancel();
    run.profiler?.end();
    run.pool?.dispose();
    run.lock?.release();
    run.lock = undefined;
    if (current !== run) return;
    current = undefined;
    tell(run, "ended", problem);
  }

  function goesOn(run: Run): void {
    if (current !== run) throw stopped();
  }

  /** A disk that refuses does not end the stage: what is found lives in this tab then, and the person is told once. */
  function journalOf(store: StudyStore | undefined, { studyId }: Run) {
    let warned = false;
    return {
      async record(finals: Finals): Promise<void> {
        found.set(studyId, finals);
        try {
          await store?.update(studyId, { finals });
        } catch (error) {
          if (!warned) emit("warning", { warning: storageWarning(error) });
          warned = true;
        }
      },
    };
  }

  return {
    get running() {
      return current !== undefined;
    },
    start,

    async afterSearch(studies) {
      for (const { id, settings } of studies) {
        if (!settings.finals) continue;
        const begun = await start({ studyId: id, anew: true }).catch(() => undefined); // told by its event
        if (!begun || !(await current?.over)) return;
      }
    },

    stop(atOnce) {
      if (!current) return;
      if (atOnce) return finish(current);
      current.pausing = true;
      current.stage?.pause();
      tell(current, "pausing");
    },

    forget(studyId) {
      if (current?.studyId === studyId) finish(current);
      found.delete(studyId);
    },

    withFinals,
  };
}

/** The stage that has begun, or a new one. @throws RemoteError "no-finalists". */
function chosen(study: Study, { settings, objective, anew }: WantedFinals): Finals {
  const { finals } = study;
  if (finals && !anew && !finalsAreDone(finals)) return finals;
  const wanted = settings ?? study.settings.finals ?? defaultFinals(study.settings);
  const begun = beginFinals(study, wanted, objective ?? study.settings.objective);
  if (begun.finalists.length > 0) return begun;
  throw new RemoteError(
    "no-finalists",
    "No network of this study was trained and timed: there is none to train again.",
  );
}

function stopped(): RemoteError {
  return new RemoteError("stopped", "The training of the finalists was stopped.");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
