import { useEffect, useState } from "react";
import { median } from "../../../core";
import { timedLatencies } from "../../state/score";
import { useRun, useSession } from "../../state/session";

/** Fewer networks have no median worth a name. */
const ENOUGH = 8;

/** Median latency of the networks of the latest study that timed enough of them, ms; undefined where there is none. */
export function useSuggestedTarget(): number | undefined {
  const { client } = useSession();
  const id = useRun(({ studies }) => studies.find(({ trials }) => trials >= ENOUGH)?.id);
  const [suggested, setSuggested] = useState<number>();
  useEffect(() => {
    if (!id) return;
    let current = true;
    client.call("read", { studyId: id }).then(
      ({ study }) => {
        const latencies = timedLatencies(study.trials);
        if (current && latencies.length >= ENOUGH) setSuggested(Number(median(latencies).toPrecision(3)));
      },
      () => {}, // then there is nothing to suggest
    );
    return () => {
      current = false;
    };
  }, [client, id]);
  return suggested;
}
