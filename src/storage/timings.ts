import { openDatabase } from "./database";
import { type Timing, timingSchema } from "./schema/timing";

export type { Timing } from "./schema/timing";

/** Timings of single networks in IndexedDB. Every method throws `StorageError`. */
export interface TimingStore {
  add(timing: Timing): Promise<void>;
  /** Oldest first; a row that cannot be read is left out. */
  list(): Promise<readonly Timing[]>;
  remove(ids: readonly string[]): Promise<void>;
  close(): void;
}

/** @throws StorageError "unavailable" where this browser keeps nothing. */
export async function openTimingStore(): Promise<TimingStore> {
  const database = await openDatabase();
  return {
    async add(timing) {
      await database.write(["timings"], (transaction) => transaction.objectStore("timings").add(timing));
    },

    async list() {
      const rows = await database.read(["timings"], (transaction) => transaction.objectStore("timings").getAll());
      return rows
        .map((row) => timingSchema.safeParse(row))
        .flatMap(({ success, data }) => (success ? [data] : []))
        .sort((a, b) => Date.parse(a.latency.takenAt) - Date.parse(b.latency.takenAt));
    },

    async remove(ids) {
      await database.write(["timings"], async (transaction) => {
        for (const id of ids) await transaction.objectStore("timings").delete(id);
      });
    },

    close: database.close,
  };
}
