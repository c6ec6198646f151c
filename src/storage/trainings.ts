import { openDatabase } from "./database";
import { type Training, trainingSchema } from "./schema/training";

export type { Training } from "./schema/training";

/** Short trainings of single networks in IndexedDB. Every method throws `StorageError`. */
export interface TrainingStore {
  add(training: Training): Promise<void>;
  /** Oldest first; a row that cannot be read is left out. */
  list(): Promise<readonly Training[]>;
  close(): void;
}

/** @throws StorageError "unavailable" where this browser keeps nothing. */
export async function openTrainingStore(): Promise<TrainingStore> {
  const database = await openDatabase();
  return {
    async add(training) {
      await database.write(["trainings"], (transaction) => transaction.objectStore("trainings").add(training));
    },

    async list() {
      const rows = await database.read(["trainings"], (transaction) => transaction.objectStore("trainings").getAll());
      return rows
        .map((row) => trainingSchema.safeParse(row))
        .flatMap(({ success, data }) => (success ? [data] : []))
        .sort((a, b) => Date.parse(a.trainedAt) - Date.parse(b.trainedAt));
    },

    close: database.close,
  };
}
