import { useEffect, useState } from "react";
import type { PlatformHere } from "../../workers/protocol";
import { problemOf } from "../state/actions";
import { isBusy } from "../state/runStore";
import { useRun, useSession } from "../state/session";

/** The platforms of this browser, looked for once no search runs. */
export function usePlatforms() {
  const { client } = useSession();
  const searching = useRun(({ phase }) => isBusy(phase));
  const [platforms, setPlatforms] = useState<readonly PlatformHere[]>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (searching || platforms) return;
    let current = true;
    client.call("platforms", undefined).then(
      ({ platforms: found }) => current && setPlatforms(found),
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
