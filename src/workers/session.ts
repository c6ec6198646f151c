import {
  type Checkpoint,
  createSearch,
  type Device,
  type Ending,
  type Objective,
  type Search,
  type Study,
} from "../core";
import type { Dataset } from "../data";
import type { StudyStore } from "../storage";
import { deviceOf } from "./device";
import { createJournal } from "./journal";
import { measureAgain } from "./measureAgain";
import type { Phase, StudyEvents } from "./protocol";
import type { QuietProfiler, StudyProfiler } from "./quietProfiler";
import { createTrainerPool, poolSize, type TrainerConnection, type TrainerPool } from "./trainerPool";

/** No step of any network takes so long on a device worth searching on; a worker silent for longer is taken for dead. */
export const SILENCE_SECONDS = 120;

export interface SessionOptions {
  study: Study;
  checkpoint: Checkpoint;
  dataset: Dataset;
  store: StudyStore | undefined;
  /** The study is on disk already. */
  stored: boolean;
  /** The present profiler of the study's platform: a study on another platform ends it. */
  profiler(): QuietProfiler;
  connectTrainer(): TrainerConnection;
  emit<Type extends keyof StudyEvents>(type: Type, event: StudyEvents[Type]): void;
}

/** How a person ends a run. */
export type Verb = keyof typeof endings;

/** One study being searched: its workers, its loop, its place on disk. */
export interface Session {
  readonly study: Study;
  readonly running: boolean;
  /** It runs or is paused: its workers are there. */
  readonly active: boolean;
  /** Starts or goes on; what happens is told by events. Nothing happens where it runs already. */
  run(): void;
  end(verb: Verb): void;
  setObjective(objective: Objective): void;
  /** As `measureAgain`, beside the search where it runs, and keeps what was measured. */
  measureAgain(number: number): Promise<void>;
  /** Ends everything now; nothing more is told. */
  dispose(): void;
}

/** What the search works with from its preparation to its end. */
interface Works {
  pool: TrainerPool;
  profiler: StudyProfiler;
  search: Search;
  /** The search itself has begun. */
  begun: boolean;
}

export function createSession(options: SessionOptions): Session {
  const { dataset, store } = options;
  const { settings } = options.study;
  let { study, checkpoint } = options;
  let works: Works | undefined;
  let running = false;
  let disposed = false;
  let wanted: Verb | undefined;
  /** Measurements that were asked for again. */
  let measuring: Promise<unknown> = Promise.resolve();
  /** Ends the preparation, during which nothing is lost by stopping at once. */
  let interrupt: () => void = () => {};

  const emit: SessionOptions["emit"] = (type, event) => {
    if (!disposed) options.emit(type, event);
  };
  const journal = createJournal({
    store,
    study: () => study,
    stored: options.stored,
    onWarning: (warning) => emit("warning", { warning }),
  });
  const elapsedSeconds = () => works?.search.elapsedSeconds() ?? study.elapsedSeconds;
  const halted = () => disposed || wanted !== undefined;
  const tell = (phase: Phase, reason?: string) => emit("phase", { phase, reason, elapsedSeconds: elapsedSeconds() });

  async function run(): Promise<void> {
    if (running || disposed) return;
    running = true;
    wanted = undefined;
    tell("preparing");
    try {
      await settle(await search());
    } catch (error) {
      tearDown();
      tell("failed", error instanceof Error ? error.message : String(error));
    } finally {
      running = false;
    }
  }

  async function search(): Promise<Ending> {
    const interrupted = new Promise<undefined>((resolve) => {
      interrupt = () => resolve(undefined);
    });
    const preparation = prepare();
    preparation.catch(() => {}); // of no interest once it is interrupted
    const prepared = await Promise.race([preparation, interrupted]);
    if (!prepared || halted()) return endings[wanted ?? "cancel"];
    // Not earlier: a study that this device cannot search leaves nothing behind.
    if (!options.stored && study.trials.length === 0) await journal.checkpoint(checkpoint);
    if (halted()) return endings[wanted ?? "cancel"];
    prepared.begun = true;
    tell("running");
    return prepared.search.run();
  }

  async function prepare(): Promise<Works | undefined> {
    const device = await options.profiler().device();
    // Trainers that are not there yet could not be paused.
    await measuring;
    if (halted()) return undefined;
    works ??= setUp(device);
    await works.pool.ready();
    return works;
  }

  async function settle(ending: Ending): Promise<void> {
    // Who cancels before a resumed study runs again leaves it as it was.
    const untouched = ending === "cancelled" && !works?.begun && study.trials.length > 0;
    const status = ending === "paused" || untouched ? "open" : "finished";
    study = { ...study, status, elapsedSeconds: elapsedSeconds() };
    if (ending !== "paused") tearDown();
    if (disposed) return;
    await store?.update(study.id, { status, elapsedSeconds: study.elapsedSeconds }).catch(() => {}); // told by the journal
    tell(ending === "paused" ? "paused" : "finished", reasonOf(ending));
  }

  function setUp(device: Device): Works {
    const pool = createPool();
    const studyProfiler = options.profiler().forStudy(pool, settings.deploy, deviceOf(study) ?? device);
    return { pool, profiler: studyProfiler, search: prepareSearch(pool, studyProfiler), begun: false };
  }

  function createPool(): TrainerPool {
    return createTrainerPool({
      size: poolSize(settings.engine, navigator.hardwareConcurrency, settings.lookahead),
      connect: options.connectTrainer,
      engine: settings.engine,
      dataset,
      recipe: settings.recipe,
      scale: settings.proxy,
      seed: settings.seed,
      silenceSeconds: SILENCE_SECONDS,
      onActivity: (activity) => emit("activity", { activity }),
      onReplaced: (cause) =>
        emit("warning", { warning: { code: "worker-replaced", message: `A training worker was replaced: ${cause}` } }),
    });
  }

  function prepareSearch(trainer: TrainerPool, studyProfiler: StudyProfiler): Search {
    return createSearch({
      settings,
      trials: study.trials,
      // The study's own objective: it may have been moved since the checkpoint was written.
      checkpoint: { ...checkpoint, objective: study.settings.objective },
      trainer,
      profiler: studyProfiler,
      journal,
      clock: () => performance.now() / 1000,
      onTrial(trial) {
        study = { ...study, trials: [...study.trials, trial] };
        emit("trial", { trial, elapsedSeconds: elapsedSeconds() });
      },
    });
  }

  async function amend(number: number): Promise<void> {
    const trainers = { pause: async () => works?.pool.pause(), proceed: () => works?.pool.proceed() };
    const trials = await measureAgain({ study: () => study, number, profiler: options.profiler(), trainers });
    study = {
      ...study,
      trials: study.trials.map((trial) => trials.find(({ number }) => number === trial.number) ?? trial),
    };
    for (const trial of trials) works?.search.amend(trial);
    await journal.amend(trials);
    emit("amended", { studyId: study.id, trials });
  }

  function tearDown(): void {
    study = { ...study, elapsedSeconds: elapsedSeconds() };
    checkpoint = works?.search.checkpoint() ?? checkpoint;
    works?.profiler.end();
    works?.pool.dispose();
    works = undefined;
  }

  return {
    get study() {
      return { ...study, elapsedSeconds: elapsedSeconds() };
    },
    get running() {
      return running;
    },
    get active() {
      return running || works !== undefined;
    },
    run,
    measureAgain(number) {
      const result = amend(number);
      measuring = Promise.allSettled([measuring, result]);
      return result;
    },
    end(verb) {
      if (!running) {
        // Paused: there is nothing to wait for, and nothing to pause.
        if (works && verb !== "pause") settle(endings[verb]);
        return;
      }
      wanted = verb;
      if (verb !== "cancel") tell(verb === "pause" ? "pausing" : "stopping");
      interrupt();
      works?.search[verb]();
    },
    setObjective(objective) {
      study = { ...study, settings: { ...study.settings, objective } };
      works?.search.setObjective(objective);
      store?.update(study.id, { objective }).catch(() => {}); // the next checkpoint holds it too
    },
    dispose() {
      disposed = true;
      interrupt();
      works?.search.cancel();
      tearDown();
    },
  };
}

const endings = { pause: "paused", stop: "stopped", cancel: "cancelled" } as const;

function reasonOf(ending: Ending): string | undefined {
  if (ending === "exhausted") return "The controller proposes only architectures that are known already.";
  if (ending === "stopped") return "Stopped before its budget was spent.";
  if (ending === "cancelled") return "Cancelled; trials under way were dropped.";
  return undefined;
}
