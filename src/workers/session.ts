import { createSearches, type Device, type Ending, type Objective, type Platform, type Study } from "../core";
import type { Dataset } from "../data";
import { deviceOf } from "./device";
import { measureAgain } from "./measureAgain";
import type { Phase } from "./protocol";
import type { QuietProfiler, StudyProfiler } from "./quietProfiler";
import { RemoteError } from "./rpc";
import { createSide, type OpenedStudy, type Side, type SideSurroundings } from "./side";
import { createTrainerPool, poolSize, type TrainerConnection, type TrainerPool } from "./trainerPool";

/** No step of any network takes so long on a device worth searching on; a worker silent for longer is taken for dead. */
export const SILENCE_SECONDS = 120;

export interface SessionOptions extends SideSurroundings {
  /** One study, or the sides of a comparison: they differ in the objective alone. */
  studies: readonly OpenedStudy[];
  dataset: Dataset;
  /** The present profiler of a platform: a study on another one ends it. */
  profilerFor(platform: Platform): QuietProfiler;
  connectTrainer(): TrainerConnection;
}

/** How a person ends a run. */
export type Verb = keyof typeof endings;

/** One study being searched, or a comparison of several: their workers, their loops, their places on disk. */
export interface Session {
  readonly studies: readonly Study[];
  readonly running: boolean;
  /** It runs or is paused: its workers are there. */
  readonly active: boolean;
  /** Starts or goes on; what happens is told by events. Nothing happens where it runs already. */
  run(): void;
  end(verb: Verb): void;
  /** @throws RemoteError "comparison": the sides of one keep the objectives that they began with. */
  setObjective(objective: Objective): void;
  /** As `measureAgain` for one of the studies, beside the search where it runs, and keeps what was measured. */
  measureAgain(studyId: string, number: number): Promise<void>;
  /** Ends everything now; nothing more is told. */
  dispose(): void;
}

/** What the searches work with from their preparation to their end. */
interface Works {
  pool: TrainerPool;
  profiler: StudyProfiler;
  /** The search itself has begun. */
  begun: boolean;
}

export function createSession(options: SessionOptions): Session {
  const { dataset } = options;
  const [first] = options.studies;
  if (!first) throw new RangeError("A session has at least one study.");
  const { settings } = first.study;
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
  const sides = options.studies.map((opened) => createSide(opened, { store: options.store, emit }));
  const profiler = () => options.profilerFor(settings.platform);
  const halted = () => disposed || wanted !== undefined;

  function tell(phase: Phase, reason?: string): void {
    const elapsedSeconds = Math.max(...sides.map(({ study }) => study.elapsedSeconds));
    emit("phase", { phase, reason, elapsedSeconds });
  }

  /** The sides that go on: the open ones; all of them where none is, for a study may go on after its end. */
  function goingOn(): readonly Side[] {
    const open = sides.filter(({ study }) => study.status === "open");
    return open.length > 0 ? open : sides;
  }

  async function run(): Promise<void> {
    if (running || disposed) return;
    running = true;
    wanted = undefined;
    tell("preparing");
    try {
      comeToRest(await search());
    } catch (error) {
      tearDown();
      tell("failed", error instanceof Error ? error.message : String(error));
    } finally {
      running = false;
    }
  }

  async function endPaused(verb: Verb): Promise<void> {
    running = true;
    comeToRest(await settleAll(goingOn(), endings[verb]));
    running = false;
  }

  /** How each side that went on ended. */
  async function search(): Promise<Ending[]> {
    const going = goingOn();
    const interrupted = new Promise<undefined>((resolve) => {
      interrupt = () => resolve(undefined);
    });
    const preparation = prepare();
    preparation.catch(() => {}); // of no interest once it is interrupted
    const prepared = await Promise.race([preparation, interrupted]);
    if (!prepared || halted()) return settleAll(going, endings[wanted ?? "cancel"]);
    // Not earlier: a study that this device cannot search leaves nothing behind.
    await Promise.all(sides.map((side) => side.create()));
    if (halted()) return settleAll(going, endings[wanted ?? "cancel"]);
    prepared.begun = true;
    tell("running");
    return Promise.all(
      going.map(async (side) => {
        const ending = (await side.search?.run()) ?? "cancelled";
        // Another side may have failed meanwhile: this one has not ended, then.
        return works === prepared ? settle(side, ending) : ending;
      }),
    );
  }

  async function prepare(): Promise<Works | undefined> {
    const device = await profiler().device();
    // Trainers that are not there yet could not be paused.
    await measuring;
    if (halted()) return undefined;
    works ??= setUp(device);
    await works.pool.ready();
    return works;
  }

  function settleAll(ended: readonly Side[], ending: Ending): Promise<Ending[]> {
    return Promise.all(ended.map((side) => settle(side, ending)));
  }

  async function settle(side: Side, ending: Ending): Promise<Ending> {
    // Who cancels before a resumed study runs again leaves it as it was.
    const untouched = ending === "cancelled" && !works?.begun && side.study.trials.length > 0;
    if (!disposed) await side.settle(ending === "paused" || untouched ? "open" : "finished");
    return ending;
  }

  function comeToRest(ended: readonly Ending[]): void {
    const paused = ended.includes("paused");
    if (!paused) tearDown();
    const reasons = new Set(ended.flatMap((ending) => reasonOf(ending) ?? []));
    tell(paused ? "paused" : "finished", reasons.size > 0 ? [...reasons].join(" ") : undefined);
  }

  function setUp(device: Device): Works {
    const pool = createPool();
    const timedOn = sides.map(({ study }) => deviceOf(study)).find((known) => known) ?? device;
    const studyProfiler = profiler().forStudy(pool, settings.deploy, timedOn);
    const searches = createSearches(
      sides.map((side) => side.searchOptions()),
      pool,
      studyProfiler,
    );
    for (const [index, search] of searches.entries()) sides[index]?.attach(search);
    return { pool, profiler: studyProfiler, begun: false };
  }

  function createPool(): TrainerPool {
    return createTrainerPool({
      size: poolSize(settings.engine, navigator.hardwareConcurrency, settings.lookahead * sides.length),
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

  async function amend(studyId: string, number: number): Promise<void> {
    const side = sides.find(({ study }) => study.id === studyId);
    if (!side) throw new RemoteError("other-study", "Another study is under way: end it first.");
    const trainers = { pause: async () => works?.pool.pause(), proceed: () => works?.pool.proceed() };
    await side.amend(await measureAgain({ study: () => side.study, number, profiler: profiler(), trainers }));
  }

  function tearDown(): void {
    for (const side of sides) side.search?.cancel();
    for (const side of sides) side.detach();
    works?.profiler.end();
    works?.pool.dispose();
    works = undefined;
  }

  return {
    get studies() {
      return sides.map(({ study }) => study);
    },
    get running() {
      return running;
    },
    get active() {
      return running || works !== undefined;
    },
    run,
    measureAgain(studyId, number) {
      const result = amend(studyId, number);
      measuring = Promise.allSettled([measuring, result]);
      return result;
    },
    end(verb) {
      if (!running) {
        // Paused: there is nothing to wait for, and nothing to pause.
        if (works && verb !== "pause") endPaused(verb);
        return;
      }
      wanted = verb;
      if (verb !== "cancel") tell(verb === "pause" ? "pausing" : "stopping");
      interrupt();
      for (const { search } of sides) search?.[verb]();
    },
    setObjective(objective) {
      const [side, ...others] = sides;
      if (others.length > 0) {
        throw new RemoteError("comparison", "The sides of a comparison keep the objectives that they began with.");
      }
      side?.setObjective(objective);
    },
    dispose() {
      disposed = true;
      interrupt();
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
