import type { Checkpoint, Journal, Study, Trial } from "../core";
import { StorageError, type StudyStore } from "../storage";
import type { Warning } from "./protocol";

export interface JournalOptions {
  store: StudyStore | undefined;
  /** As it stands; it may change until it is first written. */
  study(): Study;
  /** The study is on disk already. */
  stored: boolean;
  onWarning(warning: Warning): void;
}

/** The journal of a study in which trials may be measured again. */
export interface StudyJournal extends Journal {
  /** Writes trials that were recorded before, and changed since. */
  amend(trials: readonly Trial[]): Promise<void>;
}

/**
 * The journal of one study over the store. A disk that refuses does not stop the search: trials wait in memory, the person
 * is told once, and all of them are tried again with the next.
 */
export function createJournal({ store, study, stored, onWarning }: JournalOptions): StudyJournal {
  const unsaved: Trial[] = [];
  /** Trials whose row on disk is an older one, by number. */
  const changed = new Map<number, Trial>();
  let onDisk = stored;
  let warned = false;
  /** The writes before this one. */
  let turn: Promise<void> = Promise.resolve();

  function inTurn(work: (store: StudyStore) => Promise<void>): Promise<void> {
    if (!store) return Promise.resolve();
    turn = turn
      .then(() => work(store))
      .catch((error) => {
        if (!warned) onWarning(storageWarning(error));
        warned = true;
      });
    return turn;
  }

  async function write(store: StudyStore, checkpoint: Checkpoint): Promise<void> {
    if (onDisk) await store.record(study().id, unsaved, checkpoint);
    else await store.create({ ...study(), trials: unsaved }, checkpoint);
    onDisk = true;
    unsaved.length = 0;
    await writeChanged(store);
  }

  async function writeChanged(store: StudyStore): Promise<void> {
    if (!onDisk || changed.size === 0) return;
    await store.amend(study().id, [...changed.values()]);
    changed.clear();
  }

  return {
    record(trial, checkpoint) {
      return inTurn((store) => {
        unsaved.push(trial);
        return write(store, checkpoint);
      });
    },
    checkpoint: (checkpoint) => inTurn((store) => write(store, checkpoint)),
    amend(trials) {
      return inTurn((store) => {
        for (const trial of trials) {
          const waiting = unsaved.findIndex(({ number }) => number === trial.number);
          if (waiting >= 0) unsaved[waiting] = trial;
          else changed.set(trial.number, trial);
        }
        return writeChanged(store);
      });
    },
  };
}

/** What a person should know when nothing can be written, and what to do. */
export function storageWarning(error: unknown): Warning {
  const cause = error instanceof Error ? error.message : String(error);
  const code = error instanceof StorageError && error.code === "full" ? "storage-full" : "storage-unavailable";
  return {
    code,
    message: `${cause} The search goes on, but new trials live in this tab only: export the study before you close it.`,
  };
}
