import { useEffect, useState } from "react";
import type { PlatformHere } from "../../workers/protocol";
import { problemOf } from "../state/actions";
import { isBusy } from "../state/runStore";
import { useRun, useSession } from "../state/session";

/** What was found stays for the visit: opening each platform takes a moment. */
const foundBy = new WeakMap<object, readonly PlatformHere[]>();

/** The platforms of this browser, looked for once no search runs. */
export function usePlatforms() {
  const { client } = useSession();
  const searching = useRun(({ phase }) => isBusy(phase));
  const [platforms, setPlatforms] = useState(foundBy.get(client));
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (searching || platforms) return;
    let current = true;
    client.call("platforms", undefined).then(
      ({ platforms: found }) => {
        foundBy.set(client, found);
        if (current) setPlatforms(found);
      },
      (error) => current && isFault(error) && setProblem(problemOf(error).message),
    );
    return () => {
      current = false;
    };
  }, [client, searching, platforms]);

  return { searching, platforms, problem };
}

/** Stopping, or a search that started, is what somebody wanted. */
function isFault(error: unknown): boolean {
  const { code } = problemOf(error);
  return code !== "stopped" && code !== "search-running";
}
