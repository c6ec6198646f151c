import { useEffect, useRef, useState } from "react";
import { percent } from "../format";
import { freshTrials } from "../state/estimate";
import type { ScoredPoint } from "../state/score";
import { useRun } from "../state/session";

/** Milestones for a screen reader: phases, and ten times over a study how far it is. */
export function Announcer({ best }: { best?: ScoredPoint }) {
  const phase = useRun((state) => state.phase);
  const done = useRun((state) => freshTrials(state.study?.trials ?? []).length);
  const budget = useRun((state) => state.study?.settings.budget.trials ?? 0);
  const tenth = Math.max(1, Math.ceil(budget / 10));
  const milestone = Math.floor(done / tenth) * tenth;
  const latest = useRef(best);
  latest.current = best;
  const [words, setWords] = useState("");

  useEffect(() => setWords(phaseWords[phase] ?? ""), [phase]);
  useEffect(() => {
    if (milestone === 0) return;
    const leader = latest.current ? `, best accuracy within the objective ${percent(latest.current.accuracy)}` : "";
    setWords(`${milestone} of ${budget} trials finished${leader}.`);
  }, [milestone, budget]);

  return (
    <p className="hidden" role="status" aria-live="polite">
      {words}
    </p>
  );
}

const phaseWords: Partial<Record<string, string>> = {
  preparing: "Preparing the search.",
  running: "The search runs.",
  pausing: "Pausing after the current trials.",
  paused: "Paused.",
  stopping: "Stopping after the current trials.",
  finished: "The search is finished.",
  failed: "The search failed.",
};
