import { useState } from "react";
import { problemOf } from "./state/actions";

/** Saves a file; where it cannot, `problem` says why, until the next attempt. */
export function useSaving() {
  const [problem, setProblem] = useState<string>();
  return {
    problem,
    async save(work: () => Promise<void>): Promise<void> {
      setProblem(undefined);
      try {
        await work();
      } catch (error) {
        setProblem(`Nothing was saved. ${problemOf(error).message}`);
      }
    },
  };
}
