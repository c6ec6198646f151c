/** Held while this thread runs a study; the browser releases it too when the thread ends, however it ends. */
export interface StudyLock {
  release(): void;
}

/**
 * Keeps two tabs from running the same study: undefined where another tab runs it. Web Locks exist in secure contexts
 * only; elsewhere the lock holds nothing back, and `StudyStore.record` still refuses a trial that another tab recorded.
 */
export async function lockStudy(studyId: string): Promise<StudyLock | undefined> {
  if (!navigator.locks) return { release() {} };
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`mnasium-study-${studyId}`, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((release) => resolve({ release }));
      })
      .catch(reject);
  });
}
