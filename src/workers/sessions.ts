import type { Objective, Study } from "../core";
import type { Dataset } from "../data";
import { lockStudy, type StudyLock } from "../storage";
import { measureAgain } from "./measureAgain";
import { createStudyOpener, type Ingredients, present, type StudyOpenerOptions } from "./openStudies";
import type { ComparedSide, DataChoice, WantedStudy } from "./protocol";
import type { Quietable } from "./quietProfiler";
import { RemoteError } from "./rpc";
import { createSession, type Session, type SessionOptions, type Verb } from "./session";

export interface SessionsOptions extends Pick<SessionOptions, "connectTrainer" | "profilerFor">, StudyOpenerOptions {}

/** What this tab searches, one study or one comparison at a time; locks keep other tabs from searching it too. */
export interface Sessions {
  current(): Session | undefined;
  /** The study as the current session has it; undefined where it is of no or another session. */
  study(studyId: string): Study | undefined;
  /** Starts a new study, which is returned alone. */
  begin(wanted: WantedStudy): Promise<readonly Study[]>;
  /** Starts a new comparison; its studies are in the order of the sides. @throws RemoteError "bad-comparison". */
  compare(wanted: WantedStudy, sides: readonly ComparedSide[]): Promise<readonly Study[]>;
  /**
   * Goes on with the current study or with one from disk; with all sides of its comparison, which are returned in order.
   * @throws RemoteError "missing-data", "damaged-study" or "other-tab".
   */
  resume(studyId: string, data?: DataChoice): Promise<readonly Study[]>;
  /** Ends the current study, or the one that is being opened. */
  end(verb: Verb): void;
  /** @throws RemoteError "comparison". */
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

export function createSessions(options: SessionsOptions): Sessions {
  const { store, profilerFor, connectTrainer, emit } = options;
  const opener = createStudyOpener(options);
  let session: Session | undefined;
  /** Of the current session. */
  let images: Dataset | undefined;
  let locks: readonly StudyLock[] = [];
  let opening: Opening | undefined;
  /** Measurements that were asked for again, one after the other; a search that starts waits for them. */
  let measuring: Promise<unknown> = Promise.resolve();

  const current = (studyId: string) => session?.studies.find(({ id }) => id === studyId);

  function close(): void {
    session?.dispose();
    release(locks);
    session = undefined;
    images = undefined;
    locks = [];
    opening = undefined;
  }

  /** Opens studies in the place of the current ones and runs them; what was asked for meanwhile holds. */
  async function launch(open: () => Promise<Ingredients>): Promise<readonly Study[]> {
    close();
    const mine: Opening = {};
    opening = mine;
    emit("phase", { phase: "preparing", elapsedSeconds: 0 });
    try {
      const { studies, dataset } = await open();
      await measuring;
      const kept = await store;
      const mineLocks = await claim(studies.map(({ study }) => study.id));
      if (opening !== mine) {
        release(mineLocks);
        throw new RemoteError("superseded", "Another study was opened meanwhile.");
      }
      locks = mineLocks;
      images = dataset;
      session = createSession({ studies, dataset, store: kept, profilerFor, connectTrainer, emit });
      if (mine.objective && studies.length === 1) session.setObjective(mine.objective);
      session.run();
      if (mine.verb) session.end(mine.verb);
      return session.studies;
    } finally {
      if (opening === mine) opening = undefined;
    }
  }

  return {
    current: () => session,
    study: current,
    close,
    begin: (wanted) => launch(() => opener.create(wanted)),
    compare: (wanted, sides) => launch(() => opener.compare(wanted, sides)),

    async resume(studyId, data) {
      if (!session || !current(studyId)) return launch(() => opener.reopen(studyId, data));
      session.run();
      return session.studies;
    },

    end(verb) {
      if (opening) opening.verb = verb;
      else session?.end(verb);
    },

    setObjective(objective) {
      if (opening) opening.objective = objective;
      else session?.setObjective(objective);
    },

    images: async (study) => (images?.hash === study.data.hash ? images : opener.images(study)),

    measureAgain(studyId, number) {
      const result = session?.active ? amendCurrent(studyId, number) : measuring.then(() => amend(studyId, number));
      measuring = Promise.allSettled([measuring, result]);
      return result;
    },
  };

  async function amend(studyId: string, number: number): Promise<void> {
    if (current(studyId) || session?.active || opening) return amendCurrent(studyId, number);
    const kept = present(await store);
    const mineLocks = await claim([studyId]);
    try {
      const { study } = await kept.read(studyId);
      const profiler = profilerFor(study.settings.platform);
      const trials = await measureAgain({ study: () => study, number, profiler, trainers: none });
      await kept.amend(studyId, trials);
      emit("amended", { studyId, trials });
    } finally {
      release(mineLocks);
    }
  }

  async function amendCurrent(studyId: string, number: number): Promise<void> {
    if (!session || !current(studyId)) {
      throw new RemoteError("other-study", "Another study is under way: end it first.");
    }
    await session.measureAgain(studyId, number);
  }
}

/** No trainers are there to be paused. */
const none: Quietable = { pause: async () => {}, proceed() {} };

/** The locks of all studies, or of none. @throws RemoteError "other-tab". */
async function claim(studyIds: readonly string[]): Promise<StudyLock[]> {
  const locks: StudyLock[] = [];
  for (const studyId of studyIds) {
    const lock = await lockStudy(studyId);
    if (!lock) {
      release(locks);
      throw new RemoteError("other-tab", "This study is open in another tab: close that tab first.");
    }
    locks.push(lock);
  }
  return locks;
}

function release(locks: readonly StudyLock[]): void {
  for (const lock of locks) lock.release();
}
