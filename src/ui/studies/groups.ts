import type { StudySummary } from "../../workers/protocol";
import { comparisonName } from "../state/sides";

/** What stands together in the list: one study, or the sides of one comparison in their order. */
export interface StudyGroup {
  name: string;
  studies: readonly [StudySummary, ...StudySummary[]];
}

/** Groups in the order in which their first study comes. */
export function groupStudies(studies: readonly StudySummary[]): StudyGroup[] {
  const groups = new Map<string, [StudySummary, ...StudySummary[]]>();
  for (const study of studies) {
    const key = study.comparison ? `comparison ${study.comparison.id}` : `study ${study.id}`;
    const group = groups.get(key);
    if (group) group.push(study);
    else groups.set(key, [study]);
  }
  return [...groups.values()].map((group) => {
    group.sort((a, b) => (a.comparison?.side ?? 0) - (b.comparison?.side ?? 0));
    return { name: comparisonName(group[0]), studies: group };
  });
}
