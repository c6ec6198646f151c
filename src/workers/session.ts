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
import type { EngineChoice, StudyStore } from "../storage";
import { poolSize } from "./chosenEngine";
import { createJournal } from "./journal";
import type { Phase, StudyEvents } from "./protocol";
import type { QuietProfiler } from "./quietProfiler";
import { RemoteError } from "./rpc";
import { createTrainerPool, type TrainerConnection, type TrainerPool } from "./trainerPool";

/** No step of any network takes so long on a device worth searching on; a worker silent for longer is taken for dead. */
const SILENCE_SECONDS = 120;

export interface SessionOptions {
  study: Study;
  checkpoint: Checkpoint;
  dataset: Dataset;
  store: StudyStore | undefined;
  /** The study is on disk already. */
  stored: boolean;
  profiler: QuietProfiler;
  chooseEngine(): Promise<EngineChoice>;
  connectTrainer(): TrainerConnection;
  emit<Type extends keyof StudyEvents>(type: Type, event: StudyEvents[Type]): void;
}

/** One study being searched: its workers, its loop, its place on disk. */
export interface Session {
  readonly study: Study;
  /** Starts or goes on; what happens is told by events. */
  run(): void;
  pause(): void;
  stop(): void;
  cancel(): void;
  setObjective(objective: Objective): void;
  dispose(): void;
}

export function createSession(options: SessionOptions): Session {
  const { dataset, store, profiler, emit } = options;
  const { settings } = options.study;
  let study = options.study;
  let checkpoint = options.checkpoint;
  let pool: TrainerPool | undefined;
  let search: Search | undefined;
  /** What the person asked for before the loop was there to be told. */
  let early: "pause" | "stop" | "cancel" | undefined;

  const journal = createJournal({
    store,
    study,
    stored: options.stored,
    onWarning: (warning) => emit("warning", { warning }),
  });

  const elapsedSeconds = () => search?.elapsedSeconds() ?? study.elapsedSeconds;
  const tell = (phase: Phase, reason?: string) => emit("phase", { phase, reason, elapsedSeconds: elapsedSeconds() });

  async function run(): Promise<void> {
    try {
      early = undefined;
      tell("preparing");
      if (!options.stored && study.trials.length === 0) await journal.checkpoint(checkpoint);
      checkDevice(study, await profiler.device());
      pool ??= createPool(await options.chooseEngine());
      search ??= prepareSearch(pool);
      if (!early) tell("running");
      await settle(early ? endings[early] : await search.run());
    } catch (error) {
      closePool();
      tell("failed", error instanceof Error ? error.message : String(error));
    }
  }

  async function settle(ending: Ending): Promise<void> {
    const status = ending === "paused" ? "open" : "finished";
    study = { ...study, status, elapsedSeconds: elapsedSeconds() };
    if (status === "finished") closePool();
    await store?.update(study.id, { status, elapsedSeconds: study.elapsedSeconds }).catch(() => {}); // told by the journal
    tell(ending === "paused" ? "paused" : "finished", reasonOf(ending));
  }

  function createPool(chosen: EngineChoice): TrainerPool {
    emit("engine", chosen);
    return createTrainerPool({
      size: poolSize(chosen, navigator.hardwareConcurrency),
      connect: options.connectTrainer,
      engine: chosen.engine,
      backend: chosen.backend,
      dataset,
      recipe: settings.recipe,
      scale: settings.proxy,
      seed: settings.seed,
      silenceSeconds: SILENCE_SECONDS,
      onActivity: (activity) => emit("activity", { activity }),
      onReplaced: (reason) =>
        emit("warning", {
          warning: { code: "worker-replaced", message: `A training worker was replaced: ${reason}` },
        }),
    });
  }

  function prepareSearch(trainer: TrainerPool): Search {
    return createSearch({
      settings,
      trials: study.trials,
      checkpoint,
      trainer,
      profiler: profiler.forStudy(trainer, settings.deploy),
      journal,
      clock: () => performance.now() / 1000,
      onTrial(trial) {
        study = { ...study, trials: [...study.trials, trial] };
        emit("trial", { trial, elapsedSeconds: elapsedSeconds() });
      },
    });
  }

  function closePool(): void {
    checkpoint = search?.checkpoint() ?? checkpoint;
    pool?.dispose();
    pool = undefined;
    search = undefined;
  }

  function end(verb: "pause" | "stop" | "cancel", phase: Phase): void {
    early = verb;
    if (verb !== "cancel") tell(phase);
    search?.[verb]();
  }

  return {
    get study() {
      return study;
    },
    run,
    pause: () => end("pause", "pausing"),
    stop: () => end("stop", "stopping"),
    cancel: () => end("cancel", "stopping"),
    setObjective(objective) {
      study = { ...study, settings: { ...study.settings, objective } };
      search?.setObjective(objective);
      store?.update(study.id, { objective }).catch(() => {}); // the next checkpoint holds it too
    },
    dispose: closePool,
  };
}

const endings = { pause: "paused", stop: "stopped", cancel: "cancelled" } as const;

/** Latencies of different devices must never share one front. */
function checkDevice(study: Study, device: Device): void {
  const before = study.trials.find((trial) => trial.latency)?.latency?.device;
  if (!before || (before.gpu === device.gpu && before.platform === device.platform)) return;
  throw new RemoteError(
    "other-device",
    `This study was timed on ${before.gpu} through ${before.platform}, but this device offers ${device.gpu} through ${device.platform}. Their latencies cannot share one front: start a new study here.`,
  );
}

function reasonOf(ending: Ending): string | undefined {
  if (ending === "exhausted") return "The controller proposes only architectures that are known already.";
  if (ending === "stopped") return "Stopped before its budget was spent.";
  if (ending === "cancelled") return "Cancelled; trials under way were dropped.";
  return undefined;
}
