import { openStudyStore, StorageError, type StudyStore } from "../storage";

/** Some browsers never answer when they refuse, s. */
const PATIENCE_SECONDS = 10;

/** The studies on disk, or undefined where the browser keeps nothing: the search goes on without. */
export async function openStore(onRefused: (error: unknown) => void): Promise<StudyStore | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    const error = new StorageError("unavailable", `This browser has not opened its storage for ${PATIENCE_SECONDS} s.`);
    timer = setTimeout(() => reject(error), PATIENCE_SECONDS * 1000);
  });
  try {
    return await Promise.race([openStudyStore(), silence]);
  } catch (error) {
    onRefused(error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
