import { openStudyStore, type StudyStore } from "../storage";

/** The studies on disk, or undefined where the browser keeps nothing: the search goes on without. */
export async function openStore(onRefused: (error: unknown) => void): Promise<StudyStore | undefined> {
  try {
    return await openStudyStore();
  } catch (error) {
    onRefused(error);
    return undefined;
  }
}
