import type { ExperimentPart, Study } from "../../../core";
import type { StudyClient } from "../../../workers/client";

interface Of {
  experiment?: ExperimentPart;
}

/** Those of an experiment's latest run. */
export function latestRun<Some extends Of>(name: string, all: readonly Some[]): Some[] {
  const own = all.filter(({ experiment }) => experiment?.name === name);
  const begun = own.map(({ experiment }) => Date.parse(experiment?.begunAt ?? ""));
  const last = Math.max(...begun);
  return own.filter((_, index) => begun[index] === last);
}

/** The studies of an experiment's latest run, as they lie on disk; one that cannot be read is left out. */
export async function readLatestRun(client: Pick<StudyClient, "call">, name: string): Promise<Study[]> {
  const { studies } = await client.call("list", undefined);
  const answers = await Promise.allSettled(
    latestRun(name, studies).map(({ id }) => client.call("read", { studyId: id })),
  );
  return answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value.study : []));
}

/**
 * Each study as it is known best: as it is under way; else from disk, where its end is written, unless it was read before
 * its last trials.
 *
 * @param seen as they were last under way
 */
export function asKnown(kept: readonly Study[], seen: readonly Study[], shown: readonly Study[]): Study[] {
  const known = new Map(kept.map((study) => [study.id, study]));
  for (const study of seen) {
    if (study.trials.length > (known.get(study.id)?.trials.length ?? -1)) known.set(study.id, study);
  }
  for (const study of shown) known.set(study.id, study);
  return [...known.values()];
}
