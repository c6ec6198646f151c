import { useState } from "react";
import type { Objective, Study } from "../../core";
import { isSound } from "../state/objective";

/** An objective that is asked about, beside the study's own. */
export interface Asked {
  /** As the controls have it; while someone types its numbers may be out of range. */
  draft: Objective;
  /** As last in range. */
  objective: Objective;
  ask(objective: Objective): void;
}

/** What is asked about a study; for another study, the question starts from that one's own objective. */
export function useAsked(study: Study): Asked;
export function useAsked(study: Study | undefined): Asked | undefined;
export function useAsked(study: Study | undefined): Asked | undefined {
  const [asked, setAsked] = useState<{ id: string; draft: Objective; objective: Objective }>();
  if (!study) return undefined;
  const { id, settings } = study;
  const own = { draft: settings.objective, objective: settings.objective };
  const { draft, objective } = asked?.id === id ? asked : own;
  return {
    draft,
    objective,
    ask: (next) => setAsked({ id, draft: next, objective: isSound(next) ? next : objective }),
  };
}
