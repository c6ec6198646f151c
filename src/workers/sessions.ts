import { deriveSeed, firstCheckpoint, type Objective, type Study, type StudySettings } from "../core";
import { builtinName, type Dataset } from "../data";
import { lockStudy, type StudyLock, type StudyStore } from "../storage";
import { type DataSource, referenceTo } from "./dataSource";
import { storageWarning } from "./journal";
import { measureAgain } from "./measureAgain";
import type { DataChoice } from "./protocol";
import type { Quietable, QuietProfiler } from "./quietProfiler";
import { RemoteError } from "./rpc";
import { createSession, type Session, type SessionOptions, type Verb } from "./session";

export interface SessionsOptions extends Pick<SessionOptions, "connectTrainer" | "emit"> {
  store: Promise<StudyStore | undefined>;
  dataSource: DataSource;
  profilerFor(platform: StudySettings["platform"]): QuietProfiler;
}

/** The study that this tab searches, one at a time; a lock keeps other tabs from searching it too. */
export interface Sessions {
  current(): Session | undefined;
  /** Starts a new study. */
  begin(name: string, settings: StudySettings, data: DataChoice): Promise<Study>;
  /**
   * Goes on with the current study or with one from disk.
   * @throws RemoteError "missing-data", "damaged-study" or "other-tab".
   */
  resume(studyId: string, data?: DataChoice): Promise<Study>;
  /** Ends the current study, or the one that is being opened. */
  end(verb: Verb): void;
  setObjective(objective: Objective): void;
  /** The images of a study. @throws RemoteError "missing-data" where they are not kept. */
  images(study: Study): Promise<Dataset>;
  /**
   * As `measureAgain`, of the current study or of one on disk.
   * @throws RemoteError "other-study" where another study is under way, or "other-tab".
   */
  measureAgain(studyId: string, number: number): Promise<void>;
  close(): void;
}

/** What the person asked for while a study was still being opened. */
interface Opening {
  verb?: Verb;
  objective?: Objective;
}

type Ingredients = Pick<SessionOptions, "study" | "checkpoint" | "dataset" | "stored">;

export function createSessions(options: SessionsOptions): Sessions {
  const { store, dataSource, emit } = options;
  let session: Session | undefined;
  /** Of the current session. */
  let images: Dataset | undefined;
  let lock: StudyLock | undefined;
  let opening: Opening | undefined;
  /** Measurements that were asked for again, one after the other; a search that starts waits for them. */
  let measuring: Promise<unknown> = Promise.resolve();

  function close(): void {
    session?.dispose();
    lock?.release();
    session = undefined;
    images = undefined;
    lock = undefined;
    opening = undefined;
  }

  /** Opens a study in the place of the current one and runs it; what was asked for meanwhile holds. */
  async function launch(open: () => Promise<Ingredients>): Promise<Study> {
    close();
    const mine: Opening = {};
    opening = mine;
    emit("phase", { phase: "preparing", elapsedSeconds: 0 });
    try {
      const { study, checkpoint, dataset, stored } = await open();
      await measuring;
      const mineLock = await claim(study.id);
      if (opening !== mine) {
        mineLock.release();
        throw new RemoteError("superseded", "Another study was opened meanwhile.");
      }
      lock = mineLock;
      const { connectTrainer } = options;
      const profiler = () => options.profilerFor(study.settings.platform);
      const ports = { store: await store, profiler, connectTrainer, emit };
      images = dataset;
      session = createSession({ study, checkpoint, dataset, stored, ...ports });
      if (mine.objective) session.setObjective(mine.objective);
      session.run();
      if (mine.verb) session.end(mine.verb);
      return session.study;
    } finally {
      if (opening === mine) opening = undefined;
    }
  }

  return {
    current: () => session,
    close,
    begin: (name, settings, data) => launch(() => create(name, settings, data)),

    async resume(studyId, data) {
      if (session?.study.id !== studyId) return launch(() => reopen(studyId, data));
      session.run();
      return session.study;
    },

    end(verb) {
      if (opening) opening.verb = verb;
      else session?.end(verb);
    },

    setObjective(objective) {
      if (opening) opening.objective = objective;
      else session?.setObjective(objective);
    },

    images: async (study) => (images?.hash === study.data.hash ? images : find(study)),

    measureAgain(studyId, number) {
      const result = session?.active ? amendCurrent(studyId, number) : measuring.then(() => amend(studyId, number));
      measuring = Promise.allSettled([measuring, result]);
      return result;
    },
  };

  async function amend(studyId: string, number: number): Promise<void> {
    if (session?.study.id === studyId || session?.active || opening) return amendCurrent(studyId, number);
    const kept = present(await store);
    const mineLock = await claim(studyId);
    try {
      const { study } = await kept.read(studyId);
      const profiler = options.profilerFor(study.settings.platform);
      const trials = await measureAgain({ study: () => study, number, profiler, trainers: none });
      await kept.amend(studyId, trials);
      emit("amended", { studyId, trials });
    } finally {
      mineLock.release();
    }
  }

  async function amendCurrent(studyId: string, number: number): Promise<void> {
    if (session?.study.id !== studyId) {
      throw new RemoteError("other-study", "Another study is under way: end it first.");
    }
    await session.measureAgain(number);
  }

  async function create(name: string, settings: StudySettings, data: DataChoice): Promise<Ingredients> {
    const { dataset, remarks } = await dataSource.load(data);
    for (const message of remarks) emit("warning", { warning: { code: "data-remark", message } });
    // The built-in set is made anew from its seed; files are kept, so that a reload does not ask for them again.
    if (data.kind === "files") await keep(dataset);
    const study = newStudy(name, settings, dataset);
    return { study, checkpoint: firstCheckpoint(study.settings), dataset, stored: false };
  }

  async function reopen(studyId: string, data?: DataChoice): Promise<Ingredients> {
    const { study, checkpoint, warnings } = await present(await store).read(studyId);
    if (!checkpoint) {
      throw new RemoteError("damaged-study", `This study can be looked at, but not go on: ${warnings.join(" ")}`);
    }
    const dataset = await find(study, data);
    if (data?.kind === "files") await keep(dataset);
    return { study, checkpoint, dataset, stored: true };
  }

  async function keep(dataset: Dataset): Promise<void> {
    try {
      await (await store)?.saveDataset(dataset);
    } catch (error) {
      const { message } = storageWarning(error);
      emit("warning", { warning: { code: "data-not-kept", message } });
    }
  }

  /** The images of a study: made anew, from disk, or from the files that the person chose again. */
  async function find(study: Study, data?: DataChoice): Promise<Dataset> {
    if (data) return check((await dataSource.load(data)).dataset, study);
    if (study.data.name === builtinName) return check((await dataSource.load({ kind: "builtin" })).dataset, study);
    return check(await present(await store).readDataset(study.data.hash), study);
  }
}

/** No trainers are there to be paused. */
const none: Quietable = { pause: async () => {}, proceed() {} };

async function claim(studyId: string): Promise<StudyLock> {
  const lock = await lockStudy(studyId);
  if (!lock) throw new RemoteError("other-tab", "This study is open in another tab: close that tab first.");
  return lock;
}

/** The study store, where there is one. */
export function present(store: StudyStore | undefined): StudyStore {
  if (!store) throw new RemoteError("storage-unavailable", "The browser keeps no data for this page.");
  return store;
}

function check(dataset: Dataset | undefined, study: Study): Dataset {
  if (dataset?.hash === study.data.hash) return dataset;
  const reason = dataset ? "These are other images than" : "This browser does not keep the images of";
  throw new RemoteError("missing-data", `${reason} this study (${study.data.name}): choose its files again to go on.`);
}

/** Classes and channels follow the images, whatever the settings said. */
function newStudy(name: string, settings: StudySettings, dataset: Dataset): Study {
  const { classes, channels } = dataset;
  const proxy = { ...settings.proxy, classes, channels };
  const deploy = { ...settings.deploy, classes, channels };
  return {
    id: newId(),
    name,
    createdAt: new Date().toISOString(),
    settings: { ...settings, proxy, deploy },
    data: referenceTo(dataset),
    trials: [],
    status: "open",
    elapsedSeconds: 0,
  };
}

/** Unique on this device; `crypto.randomUUID` is absent outside a secure context. */
export function newId(): string {
  const time = Date.now();
  const noise = deriveSeed(time, performance.now(), Math.random());
  return `${time.toString(36)}-${noise.toString(36)}`;
}
