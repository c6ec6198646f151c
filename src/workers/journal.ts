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

/**
 * The journal of one study over the store. A disk that refuses does not stop the search: trials wait in memory, the person
 * is told once, and all of them are tried again with the next.
 */
export function createJournal({ store, study, stored, onWarning }: JournalOptions): Journal {
  const unsaved: Trial[] = [];
  let onDisk = stored;
  let warned = false;

  async function write(checkpoint: Checkpoint): Promise<void> {
    if (!store) return;
    try {
      if (onDisk) await store.record(study().id, unsaved, checkpoint);
      else await store.create({ ...study(), trials: unsaved }, checkpoint);
      onDisk = true;
      unsaved.length = 0;
    } catch (error) {
      if (!warned) onWarning(storageWarning(error));
      warned = true;
    }
  }

  return {
    record(trial, checkpoint) {
      unsaved.push(trial);
      return write(checkpoint);
    },
    checkpoint: write,
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
