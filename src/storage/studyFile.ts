import { version as appVersion } from "../../package.json";
import { architectureKey, type Study, spaces, type Trial, toldEvaluation } from "../core";
import { decisionsFault, finalsFault, noiseFault, resultFault } from "./consistency";
import { readEnvelope } from "./envelope";
import { sentenceAt } from "./explain";
import { FileError } from "./fileError";
import { type StudyFile, studyFileSchema } from "./schema/study";

/**
 * A whole study as plain data for `JSON.stringify`. It holds neither images nor the controller's state: such a study can
 * be looked at and compared, but not gone on with.
 *
 * @param exportedAt time of day, ISO 8601.
 */
export function exportStudy(study: Study, exportedAt: string): Omit<StudyFile, "study"> & { study: Study } {
  return { format: "mnasium-study", version: 1, appVersion, exportedAt, study };
}

/**
 * Reads what `exportStudy` wrote. Fields that version 1 does not know are left out.
 * @throws FileError naming the field at fault.
 */
export function parseStudyFile(text: string): Study {
  const { study } = readEnvelope(text, "mnasium-study", studyFileSchema);
  const space = spaces[study.settings.space];
  const { comparison } = study;
  if (comparison && comparison.side >= comparison.sides) {
    const fault = `expected less than comparison.sides = ${comparison.sides}, found ${comparison.side}`;
    throw new FileError(sentenceAt(["study", "comparison", "side"], fault));
  }
  for (const [index, trial] of study.trials.entries()) {
    const fault = trialFault(trial, index, study);
    if (fault) throw new FileError(fault);
    trial.key = architectureKey(space.decode(trial.decisions));
  }
  const fault = finalsFault(study, ["study", "finals"]) ?? noiseFault(study, ["study", "noise"]);
  if (fault) throw new FileError(fault);
  return study;
}

function trialFault(trial: Trial, index: number, { settings }: Study): string | undefined {
  const path = ["study", "trials", index];
  if (trial.number !== index) {
    return sentenceAt([...path, "number"], `expected ${index}, found ${trial.number}: trials stand in order`);
  }
  if (trial.repeats !== undefined && trial.repeats >= index) {
    return sentenceAt([...path, "repeats"], `expected the number of an earlier trial, found ${trial.repeats}`);
  }
  if (!trial.failure && !trial.skipped && !(trial.accuracy && trial.latency)) {
    const absent = trial.accuracy ? "latency" : "accuracy";
    return sentenceAt([...path, absent], "missing, and there is no failure to say why");
  }
  return (
    decisionsFault(spaces[settings.space], trial.decisions, path) ??
    resultFault({ ...trial, ...toldEvaluation(trial) }, path)
  );
}
