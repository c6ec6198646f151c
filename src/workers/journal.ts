import type { Checkpoint, Journal, Trial } from "../core";
import { StorageError } from "../storage/errors";
import type { StudyStore } from "../storage/studies";
import type { Warning } from "./protocol";

/**
 * The journal of one study over the store. A disk that refuses does not stop the search: trials wait in memory, the person
 * is told once, and everything is tried again with the next trial.
 */
export function createJournal(
  store: StudyStore | undefined,
  studyId: string,
  onWarning: (warning: Warning) => void,
): Journal {
  const unsaved: Trial[] = [];
  let warned = false;

  async function write(checkpoint: Checkpoint): Promise<void> {
    if (!store) return;
    try {
      await store.record(studyId, unsaved, checkpoint);
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
  const full = error instanceof StorageError && error.code === "full";
  const cause = error instanceof Error ? ` (${error.message})` : "";
  return full
    ? {
        code: "storage-full",
        message: `This device's storage is full: new trials live in this tab only. Export the study before you close it, or free some space${cause}.`,
      }
    : {
        code: "storage-unavailable",
        message: `The browser keeps no data for this page: the search goes on, but lives in this tab only. Export the study before you close it${cause}.`,
      };
}
