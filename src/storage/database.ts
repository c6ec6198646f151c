import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Checkpoint, Trial } from "../core";
import type { DatasetRow } from "./datasets";
import type { StudyRow } from "./schema/study";
import type { Timing } from "./schema/timing";
import type { Training } from "./schema/training";
import { asStorageError, StorageError } from "./storageError";

/** What lies in IndexedDB. Rows are checked when they are read, never trusted. */
export interface Tables extends DBSchema {
  studies: { key: string; value: StudyRow; indexes: { byData: string } };
  /** One row a trial, so that recording one never writes the others again. */
  trials: { key: [studyId: string, number: number]; value: TrialRow };
  /** By study. */
  checkpoints: { key: string; value: Checkpoint };
  /** By hash, shared by all studies on the same images. */
  datasets: { key: string; value: DatasetRow };
  timings: { key: string; value: Timing };
  trainings: { key: string; value: Training };
}

export interface TrialRow {
  studyId: string;
  trial: Trial;
}

type Table = StoreNames<Tables>;

/** Runs work in one transaction: all of it happens, or nothing. Work may await nothing but its transaction. */
export interface Database {
  /** @throws StorageError */
  read<Names extends Table, Result>(
    tables: Names[],
    work: (transaction: IDBPTransaction<Tables, Names[], "readonly">) => Promise<Result>,
  ): Promise<Result>;
  /** What is written is on the disk, not only on its way, when the promise resolves. @throws StorageError */
  write<Names extends Table, Result>(
    tables: Names[],
    work: (transaction: IDBPTransaction<Tables, Names[], "readwrite">) => Promise<Result>,
  ): Promise<Result>;
  close(): void;
}

const NAME = "mnasium";

/** Step i takes a database from version i to version i + 1, each with the tables of its time. Steps are only ever added. */
const migrations: readonly ((database: IDBPDatabase) => void)[] = [
  (database) => {
    database.createObjectStore("studies", { keyPath: "id" }).createIndex("byData", "data.hash");
    database.createObjectStore("trials", { keyPath: ["studyId", "trial.number"] });
    database.createObjectStore("checkpoints");
    database.createObjectStore("datasets", { keyPath: "hash" });
    database.createObjectStore("engines");
  },
  // The fastest engine by device, before the engine became a setting of the study.
  (database) => database.deleteObjectStore("engines"),
  (database) => {
    database.createObjectStore("timings", { keyPath: "id" });
  },
  (database) => {
    database.createObjectStore("trainings", { keyPath: "id" });
  },
];

/** @throws StorageError "unavailable" where this browser has no IndexedDB or refuses it. */
export async function openDatabase(): Promise<Database> {
  let closed: string | undefined;
  let connection: Promise<IDBPDatabase<Tables>> | undefined;

  const connect = () =>
    open({
      // A tab with a newer Mnasium wants to change the tables: it must not wait for this one.
      onWanted() {
        closed = "A newer Mnasium is open in another tab. Reload this page to go on; what was recorded is kept.";
      },
      // The browser ended the connection, for example because the site's data were cleared: the next use opens again.
      onLost() {
        connection = undefined;
      },
    });

  const connected = async () => {
    if (closed !== undefined) throw new StorageError("unavailable", closed);
    connection ??= connect();
    try {
      return await connection;
    } catch (error) {
      connection = undefined;
      throw asStorageError(error);
    }
  };

  await connected();
  return {
    async read(tables, work) {
      const database = await connected();
      return settle(() => database.transaction(tables, "readonly"), work);
    },
    async write(tables, work) {
      const database = await connected();
      return settle(() => database.transaction(tables, "readwrite", { durability: "strict" }), work);
    },
    close() {
      closed = "The journal of studies was closed.";
      connection?.then((database) => database.close());
    },
  };
}

interface Listeners {
  onWanted(): void;
  onLost(): void;
}

async function open({ onWanted, onLost }: Listeners): Promise<IDBPDatabase<Tables>> {
  if (globalThis.indexedDB === undefined) {
    throw new StorageError("unavailable", "This browser has no place to keep studies (IndexedDB is missing).");
  }
  return new Promise((resolve, reject) => {
    openDB<Tables>(NAME, migrations.length, {
      upgrade(database, from) {
        for (const migrate of migrations.slice(from)) migrate(database as unknown as IDBPDatabase);
      },
      blocked() {
        reject(
          new StorageError(
            "unavailable",
            "Another tab holds the studies with an older Mnasium. Close it, then reload this page.",
          ),
        );
      },
      blocking(_current, _wanted, event) {
        onWanted();
        (event.target as IDBDatabase).close();
      },
      terminated: onLost,
    }).then(resolve, reject);
  });
}

interface Settling {
  done: Promise<void>;
  error: DOMException | null;
  abort(): void;
}

async function settle<Transaction extends Settling, Result>(
  begin: () => Transaction,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  let transaction: Transaction | undefined;
  try {
    transaction = begin();
    // Watched from the start, so that an abort during the work is not an unhandled rejection.
    const done = transaction.done.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const result = await work(transaction);
    const failed = await done;
    if (failed) throw failed.error;
    return result;
  } catch (error) {
    abort(transaction);
    // A request that an abort took down says only that: the transaction knows why.
    throw asStorageError(transaction?.error ?? error);
  }
}

/** Undoes what the work wrote before it failed; a transaction that has ended already is left as it is. */
function abort(transaction: Settling | undefined): void {
  try {
    transaction?.abort();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "InvalidStateError")) throw error;
  }
}
