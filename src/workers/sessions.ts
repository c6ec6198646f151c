import { type Checkpoint, deriveSeed, firstCheckpoint, type Study, type StudySettings } from "../core";
import { builtinName, type Dataset } from "../data";
import { lockStudy, type StudyLock, type StudyStore } from "../storage";
import { type DataSource, referenceTo } from "./dataSource";
import { storageWarning } from "./journal";
import type { DataChoice } from "./protocol";
import { RemoteError } from "./rpc";
import { createSession, type Session, type SessionOptions } from "./session";

export interface SessionsOptions extends Pick<SessionOptions, "chooseEngine" | "connectTrainer" | "emit"> {
  store: Promise<StudyStore | undefined>;
  dataSource: DataSource;
  profilerFor(platform: StudySettings["platform"]): SessionOptions["profiler"];
}

/** The study that this tab searches, one at a time; a lock keeps other tabs from searching it too. */
export interface Sessions {
  current(): Session | undefined;
  /** A new study, ready to run. */
  begin(name: string, settings: StudySettings, data: DataChoice): Promise<Session>;
  /**
   * A study from disk, ready to go on.
   * @throws RemoteError "missing-data", "damaged-study" or "other-tab".
   */
  reopen(studyId: string, data?: DataChoice): Promise<Session>;
  close(): void;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { store, dataSource, emit } = options;
  let session: Session | undefined;
  let lock: StudyLock | undefined;

  function close(): void {
    session?.dispose();
    lock?.release();
    session = undefined;
    lock = undefined;
  }

  async function open(study: Study, checkpoint: Checkpoint, dataset: Dataset, stored: boolean): Promise<Session> {
    lock = await lockStudy(study.id);
    if (!lock) throw new RemoteError("other-tab", "Another tab searches this study now: pause it there first.");
    const { chooseEngine, connectTrainer } = options;
    const profiler = options.profilerFor(study.settings.platform);
    const ports = { store: await store, profiler, chooseEngine, connectTrainer, emit };
    session = createSession({ study, checkpoint, dataset, stored, ...ports });
    return session;
  }

  return {
    current: () => session,
    close,

    async begin(name, settings, data) {
      close();
      const { dataset, remarks } = await dataSource.load(data);
      for (const message of remarks) emit("warning", { warning: { code: "data-remark", message } });
      // The built-in set is made anew from its seed; files are kept, so that a reload does not ask for them again.
      if (data.kind === "files") await keep(dataset);
      const study = newStudy(name, settings, dataset);
      return open(study, firstCheckpoint(study.settings), dataset, false);
    },

    async reopen(studyId, data) {
      close();
      const { study, checkpoint, warnings } = await present(await store).read(studyId);
      if (!checkpoint) {
        throw new RemoteError("damaged-study", `This study can be looked at, but not go on: ${warnings.join(" ")}`);
      }
      return open(study, checkpoint, await find(study, data), true);
    },
  };

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
function newId(): string {
  const time = Date.now();
  const noise = deriveSeed(time, performance.now(), Math.random());
  return `${time.toString(36)}-${noise.toString(36)}`;
}
