import { architectureKey, type Checkpoint, type Study, spaces, type Trial } from "../core";
import { decisionsFault } from "./consistency";
import type { TrialRow } from "./database";
import { explain } from "./explain";
import { checkpointSchema, type StudyRow, trialSchema } from "./schema/study";

export interface StoredStudy {
  /** Holds the trials that can be read. */
  study: Study;
  /** Absent where the study cannot go on: the checkpoint or a trial is damaged. */
  checkpoint?: Checkpoint;
  /** One sentence for each thing that cannot be read. */
  warnings: readonly string[];
}

/** Puts a study together from its rows, of which all but the first may be damaged. */
export function restore(row: StudyRow, trialRows: readonly TrialRow[], checkpointRow: unknown): StoredStudy {
  const { trialCount, bestReward: _, ...study } = row;
  const warnings: string[] = [];
  const trials = trialRows.flatMap(({ trial }) => {
    const checked = readTrial(trial, study.settings.space);
    if (typeof checked !== "string") return [checked];
    warnings.push(`Trial ${trial?.number} is damaged and was left out: ${checked}.`);
    return [];
  });
  const lost = trialCount - trialRows.length;
  if (lost > 0) warnings.push(`${lost} of ${trialCount} trials are not on disk any more.`);

  const checkpoint = checkpointSchema.safeParse(checkpointRow);
  if (!checkpoint.success) {
    warnings.push(`The state of the search is damaged: ${explain(checkpoint.error, checkpointRow)}.`);
  }
  const stored: StoredStudy = { study: { ...study, trials }, warnings };
  if (checkpoint.success && trials.length === trialCount) stored.checkpoint = checkpoint.data;
  else warnings.push("The study can be looked at and exported, but it cannot go on.");
  return stored;
}

/** A trial, or why its row is none. Its key is derived anew, so that it follows the notation of this version. */
function readTrial(value: unknown, space: Study["settings"]["space"]): Trial | string {
  const checked = trialSchema.safeParse(value);
  if (!checked.success) return explain(checked.error, value);
  const { decisions } = checked.data;
  return (
    decisionsFault(spaces[space], decisions, []) ?? {
      ...checked.data,
      key: architectureKey(spaces[space].decode(decisions)),
    }
  );
}
