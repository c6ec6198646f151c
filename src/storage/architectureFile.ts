import { version as appVersion } from "../../package.json";
import {
  estimateMean,
  type Objective,
  rankFinalists,
  reward,
  rewardOf,
  type Scale,
  type Study,
  spaces,
  type Trial,
} from "../core";
import { accuracyFault, close, decisionsFault, resultFault } from "./consistency";
import { difference } from "./difference";
import { readEnvelope } from "./envelope";
import { expand } from "./expansion";
import { sentenceAt } from "./explain";
import { FileError } from "./fileError";
import { type ArchitectureFile, architectureFileSchema } from "./schema/architecture";

export type { ArchitectureFile } from "./schema/architecture";

/**
 * One trial's network and how it was measured, as plain data for `JSON.stringify`. Objective and reward are the study's
 * present ones, which a slider may have moved since the trial was told.
 *
 * @param exportedAt time of day, ISO 8601.
 */
export function exportArchitecture(study: Study, trial: Trial, exportedAt: string): ArchitectureFile {
  const { settings } = study;
  const architecture = spaces[settings.space].decode(trial.decisions);
  const { accuracy, latency, earlierLatencies, failure } = trial;
  const file: ArchitectureFile = {
    format: "mnasium-architecture",
    version: 1,
    appVersion,
    exportedAt,
    space: { name: settings.space, decisions: [...trial.decisions] },
    architecture,
    proxy: expand(architecture, settings.proxy),
    deploy: expand(architecture, settings.deploy),
    objective: settings.objective,
    reward: rewardOf(trial, settings.objective),
    study: {
      id: study.id,
      name: study.name,
      seed: settings.seed,
      trial: trial.number,
      controller: settings.controller,
      recipe: settings.recipe,
    },
    data: study.data,
  };
  if (accuracy) file.accuracy = accuracy;
  if (latency) file.latency = latency;
  if (earlierLatencies) file.earlierLatencies = [...earlierLatencies];
  if (failure) file.failure = failure;
  const finalist = finalistFigures(study, trial);
  if (finalist) file.finalist = finalist;
  return file;
}

/** What the finalists stage found out about a trial's network, where it has a place there. */
function finalistFigures(study: Study, { number }: Trial): ArchitectureFile["finalist"] {
  const ranked = rankFinalists(study).filter(({ place }) => place !== undefined);
  const row = ranked.find(({ finalist }) => finalist.trial === number);
  const latency = row?.finalist.latency;
  if (!study.finals || !row?.accuracy || !latency || row.place === undefined || row.reward === undefined)
    return undefined;
  const { mean, standardError, interval } = row.accuracy;
  const accuracy: NonNullable<ArchitectureFile["finalist"]>["accuracy"] = { mean };
  if (standardError !== undefined) accuracy.standardError = standardError;
  if (interval) accuracy.interval = [...interval];
  return {
    accuracy,
    trainings: [...row.finalist.accuracies],
    recipe: study.finals.settings.recipe,
    latency,
    reward: row.reward,
    place: row.place,
    finalists: ranked.length,
  };
}

/**
 * Reads what `exportArchitecture` wrote. Decisions, blocks, shapes, counts and reward must agree with each other.
 * Fields that version 1 does not know are left out.
 *
 * @throws FileError naming the field at fault.
 */
export function parseArchitectureFile(text: string): ArchitectureFile {
  const file = readEnvelope(text, "mnasium-architecture", architectureFileSchema);
  const fault =
    spaceFault(file) ??
    expansionFault(file, "proxy") ??
    expansionFault(file, "deploy") ??
    resultFault(file, []) ??
    finalistFault(file);
  if (fault) throw new FileError(fault);
  return file;
}

function spaceFault({ space, architecture }: ArchitectureFile): string | undefined {
  if (!space) return undefined;
  const fault = decisionsFault(spaces[space.name], space.decisions, ["space"]);
  if (fault) return fault;
  const decoded = spaces[space.name].decode(space.decisions);
  return difference(architecture, decoded, ["architecture"], `so says space.decisions in ${space.name}`);
}

function expansionFault(file: ArchitectureFile, name: "proxy" | "deploy"): string | undefined {
  const scale: Scale = file[name].scale;
  return difference(file[name], expand(file.architecture, scale), [name], "so says the architecture at this scale");
}

function finalistFault({ finalist, objective }: ArchitectureFile): string | undefined {
  if (!finalist) return undefined;
  for (const [index, accuracy] of finalist.trainings.entries()) {
    const fault = accuracyFault(accuracy, ["finalist", "trainings", index]);
    if (fault) return fault;
  }
  const { mean } = estimateMean(finalist.trainings.map(({ accuracy }) => accuracy));
  if (!close(finalist.accuracy.mean, mean)) {
    const fault = `expected the mean of the trainings, ${mean}, found ${finalist.accuracy.mean}`;
    return sentenceAt(["finalist", "accuracy", "mean"], fault);
  }
  return objective && finalistRewardFault(finalist, objective);
}

function finalistRewardFault(
  { accuracy, latency, reward: found }: NonNullable<ArchitectureFile["finalist"]>,
  objective: Objective,
): string | undefined {
  const expected = reward({ accuracy: accuracy.mean, latencyMs: latency.medianMs }, objective);
  if (close(found, expected)) return undefined;
  return sentenceAt(["finalist", "reward"], `expected ${expected} for this accuracy and latency, found ${found}`);
}
