import {
  type Checkpoint,
  type Finals,
  type MeasuredNoise,
  type Objective,
  rewardOf,
  type Study,
  type Trial,
} from "../core";
import type { Dataset } from "../data/dataset";
import { openDatabase, type TrialRow } from "./database";
import { fromDatasetRow, toDatasetRow } from "./datasets";
import { explain } from "./explain";
import { restore, type StoredStudy } from "./restore";
import { type StudyRow, studyRowSchema, trialSchema } from "./schema/study";
import { StorageError } from "./storageError";

/** A study without its trials, for a list. */
export interface StudySummary {
  id: string;
  name: string;
  createdAt: string;
  status: Study["status"];
  trials: number;
  budgetTrials: number;
  data: Study["data"];
  /** Under the study's present objective. */
  bestReward?: number;
  /** It is one side of a comparison. */
  comparison?: Study["comparison"];
  /** It belongs to an experiment of the Lab. */
  experiment?: Study["experiment"];
}

export interface StudyList {
  /** Newest first. */
  studies: readonly StudySummary[];
  /** One sentence for each study that cannot be read. */
  warnings: readonly string[];
}

/** What may change of a study beside its trials. */
export interface StudyChanges {
  name?: string;
  status?: Study["status"];
  elapsedSeconds?: number;
  objective?: Objective;
  finals?: Finals;
  noise?: MeasuredNoise;
}

/** The journal of studies in IndexedDB. Every method throws `StorageError`. */
export interface StudyStore {
  /** Writes a new study with the trials that it has already. */
  create(study: Study, checkpoint: Checkpoint): Promise<void>;
  /** Writes the next trials, none or more, and the checkpoint after them: all or nothing. */
  record(studyId: string, trials: readonly Trial[], checkpoint: Checkpoint): Promise<void>;
  /** Writes trials that are on disk already, and changed: they were measured again. */
  amend(studyId: string, trials: readonly Trial[]): Promise<void>;
  update(studyId: string, changes: StudyChanges): Promise<void>;
  read(studyId: string): Promise<StoredStudy>;
  /** Reads no trials. */
  list(): Promise<StudyList>;
  /** Removes a study, and its data set where no other study uses it. */
  remove(studyId: string): Promise<void>;
  /** Keeps a data set; nothing is written where its hash is known. */
  saveDataset(dataset: Dataset): Promise<void>;
  readDataset(hash: string): Promise<Dataset | undefined>;
  close(): void;
}

/** @throws StorageError "unavailable" where this browser keeps nothing. */
export async function openStudyStore(): Promise<StudyStore> {
  const database = await openDatabase();
  return {
    async create(study, checkpoint) {
      await database.write(["studies", "trials", "checkpoints"], async (transaction) => {
        await transaction.objectStore("studies").add(toRow(study));
        for (const trial of study.trials) await transaction.objectStore("trials").add({ studyId: study.id, trial });
        await transaction.objectStore("checkpoints").put(checkpoint, study.id);
      });
    },

    async record(studyId, trials, checkpoint) {
      await database.write(["studies", "trials", "checkpoints"], async (transaction) => {
        const studies = transaction.objectStore("studies");
        const row = present(await studies.get(studyId));
        const first = trials[0]?.number ?? row.trialCount;
        if (row.trialCount !== first) {
          throw new StorageError(
            "conflict",
            `Trial ${first} cannot be kept: ${row.trialCount} trials are on disk. Another tab may run this study.`,
          );
        }
        for (const trial of trials) await transaction.objectStore("trials").add({ studyId, trial });
        const rewards = trials.map((trial) => rewardOf(trial, row.settings.objective));
        await studies.put({
          ...row,
          trialCount: row.trialCount + trials.length,
          bestReward: best(row.bestReward === undefined ? rewards : [row.bestReward, ...rewards]),
          elapsedSeconds: checkpoint.elapsedSeconds,
        });
        await transaction.objectStore("checkpoints").put(checkpoint, studyId);
      });
    },

    async amend(studyId, trials) {
      await database.write(["studies", "trials"], async (transaction) => {
        const studies = transaction.objectStore("studies");
        const row = present(await studies.get(studyId));
        const table = transaction.objectStore("trials");
        for (const trial of trials) {
          present(await table.getKey([studyId, trial.number]));
          await table.put({ studyId, trial });
        }
        await studies.put({
          ...row,
          bestReward: bestOf(await table.getAll(trialsOf(studyId)), row.settings.objective),
        });
      });
    },

    async update(studyId, { objective, ...changes }) {
      await database.write(["studies", "trials"], async (transaction) => {
        const studies = transaction.objectStore("studies");
        const row = { ...present(await studies.get(studyId)), ...changes };
        if (objective) {
          const rows = await transaction.objectStore("trials").getAll(trialsOf(studyId));
          row.settings = { ...row.settings, objective };
          row.bestReward = bestOf(rows, objective);
        }
        await studies.put(row);
      });
    },

    async read(studyId) {
      return database.read(["studies", "trials", "checkpoints"], async (transaction) => {
        const row = checkRow(present(await transaction.objectStore("studies").get(studyId)));
        const rows = await transaction.objectStore("trials").getAll(trialsOf(studyId));
        // Asked for last: a request that fails ends its transaction.
        const checkpoint = await transaction
          .objectStore("checkpoints")
          .get(studyId)
          .catch(() => undefined);
        return restore(row, rows, checkpoint);
      });
    },

    async list() {
      const rows = await database.read(["studies"], (transaction) => transaction.objectStore("studies").getAll());
      const studies: StudySummary[] = [];
      const warnings: string[] = [];
      for (const row of rows) {
        const checked = studyRowSchema.safeParse(row);
        if (checked.success) studies.push(summarize(checked.data));
        else warnings.push(`The study "${row.name}" is damaged: ${explain(checked.error, row)}.`);
      }
      studies.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
      return { studies, warnings };
    },

    async remove(studyId) {
      await database.write(["studies", "trials", "checkpoints", "datasets"], async (transaction) => {
        const studies = transaction.objectStore("studies");
        const row = await studies.get(studyId);
        await studies.delete(studyId);
        await transaction.objectStore("trials").delete(trialsOf(studyId));
        await transaction.objectStore("checkpoints").delete(studyId);
        const hash = row?.data?.hash;
        if (typeof hash === "string" && (await studies.index("byData").count(hash)) === 0) {
          await transaction.objectStore("datasets").delete(hash);
        }
      });
    },

    async saveDataset(dataset) {
      const row = toDatasetRow(dataset);
      await database.write(["datasets"], async (transaction) => {
        const datasets = transaction.objectStore("datasets");
        if ((await datasets.getKey(row.hash)) === undefined) await datasets.put(row);
      });
    },

    async readDataset(hash) {
      const row = await database.read(["datasets"], (transaction) => transaction.objectStore("datasets").get(hash));
      return row && fromDatasetRow(row);
    },

    close: database.close,
  };
}

function toRow({ trials, ...study }: Study): StudyRow {
  const bestReward = best(trials.map((trial) => rewardOf(trial, study.settings.objective)));
  return { ...study, trialCount: trials.length, bestReward };
}

/** Highest reward of the trials that can be read. */
function bestOf(rows: readonly TrialRow[], objective: Objective): number | undefined {
  const trials = rows.flatMap(({ trial }) => trialSchema.safeParse(trial).data ?? []);
  return best(trials.map((trial) => rewardOf(trial, objective)));
}

function best(rewards: readonly number[]): number | undefined {
  return rewards.length === 0 ? undefined : Math.max(...rewards);
}

function present<Row>(row: Row | undefined): Row {
  if (row === undefined) {
    throw new StorageError(
      "missing",
      "This study is not on this device any more: it may have been removed in another tab.",
    );
  }
  return row;
}

/** Keys of a study's trials: an array sorts after every number. */
function trialsOf(studyId: string): IDBKeyRange {
  return IDBKeyRange.bound([studyId], [studyId, []]);
}

function checkRow(row: unknown): StudyRow {
  const checked = studyRowSchema.safeParse(row);
  if (checked.success) return checked.data;
  throw new StorageError("damaged", `This study is damaged and cannot be shown: ${explain(checked.error, row)}.`);
}

function summarize({ id, name, createdAt, status, trialCount, settings, data, ...row }: StudyRow): StudySummary {
  const { bestReward, comparison, experiment } = row;
  const budgetTrials = settings.budget.trials;
  return { id, name, createdAt, status, trials: trialCount, budgetTrials, data, bestReward, comparison, experiment };
}
