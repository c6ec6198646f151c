import { useEffect, useMemo, useRef, useState } from "react";
import type { Study } from "../../../core";
import { shownStudies } from "../../state/runStore";
import { useRun, useSession } from "../../state/session";
import { asKnown, latestRun, readLatestRun } from "./latestRun";

/** The studies of an experiment's latest run: those under way as they are, the others from disk. Undefined until they are read. */
export function useExperimentStudies(name: string): readonly Study[] | undefined {
  const { client } = useSession();
  const study = useRun((state) => state.study);
  const sides = useRun((state) => state.sides);
  const shown = useMemo(
    () => shownStudies({ study, sides }).filter(({ experiment }) => experiment?.name === name),
    [study, sides, name],
  );
  const [kept, setKept] = useState<readonly Study[]>();
  /** As last seen under way: what is read from disk may have been asked for before. */
  const seen = useRef(new Map<string, Study>());
  for (const each of shown) seen.current.set(each.id, each);

  const ids = shown.map(({ id }) => id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another study is under way, there are others to read
  useEffect(() => {
    let current = true;
    readLatestRun(client, name).then(
      (read) => current && setKept(read),
      () => current && setKept((before) => before ?? []), // where nothing is kept there is nothing to show
    );
    return () => {
      current = false;
    };
  }, [client, name, ids]);

  return useMemo(() => {
    if (!kept && shown.length === 0) return undefined;
    return latestRun(name, asKnown(kept ?? [], [...seen.current.values()], shown));
  }, [kept, shown, name]);
}
