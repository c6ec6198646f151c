import { exponents, type SpaceName, type Study, type StudySettings } from "../../../core";
import { type Side, sideOf } from "../../compare/side";
import type { ExperimentSearch } from "../../state/actions";
import { freshTrials } from "../../state/estimate";
import { withFinals } from "../../state/finals";
import type { SeriesStep } from "../../state/series";
import type { Published } from "../published/published";
import { table5 } from "../published/table5";

export const NAME = "table-5";

type PartName = keyof typeof table5;

/** One of the searches of Table 5: a reward and a space. */
export interface Part {
  name: PartName;
  title: string;
  spaceTitle: string;
  space: SpaceName;
  exponents: { alpha: number; beta: number };
  published: Published & { top1Percent: number; pixel1Ms: number };
}

/** In the order of the table. */
export const parts: readonly Part[] = [
  {
    name: "cells-single",
    title: "Single objective",
    spaceTitle: "cells",
    space: "cells-browser",
    exponents: { alpha: 0, beta: 0 },
    published: table5["cells-single"],
  },
  {
    name: "cells-multi",
    title: "Multi-objective",
    spaceTitle: "cells",
    space: "cells-browser",
    exponents: exponents.soft,
    published: table5["cells-multi"],
  },
  {
    name: "factorized-multi",
    title: "Multi-objective",
    spaceTitle: "MnasNet's blocks",
    space: "factorized-browser",
    exponents: exponents.soft,
    published: table5["factorized-multi"],
  },
];

/** "Multi-objective, cells". */
export function partTitle({ title, spaceTitle }: Part): string {
  return `${title}, ${spaceTitle}`;
}

/** A part with what its study found here. */
export interface PartRow {
  part: Part;
  /** Absent where it has not begun. */
  side?: Side;
}

export function partRows(studies: readonly Study[]): PartRow[] {
  return parts.map((part, place) => {
    const study = studyOf(part, studies);
    return study ? { part, side: { ...sideOf(study), place, label: partTitle(part) } } : { part };
  });
}

/**
 * What is still to be searched of a run, in order; all of it where nothing has begun.
 *
 * @param studies of the run, as far as they have begun
 * @param settings of the run, but for space and objective
 */
export function remainingSteps(
  studies: readonly Study[],
  settings: StudySettings,
  begunAt: string,
  data?: ExperimentSearch["data"],
): SeriesStep[] {
  return parts.flatMap((part): SeriesStep[] => {
    const study = studyOf(part, studies);
    if (study) return study.status === "open" ? [{ resume: study.id }] : [];
    return [{ start: searchOf(part, settings, begunAt, data) }];
  });
}

/** Which search is under way: "Search 2 of 3, Multi-objective, cells"; between two of them none is. */
export function currentSearch(studies: readonly Study[]): string {
  const open = studies.find(({ status }) => status === "open");
  const place = parts.findIndex(({ name }) => name === open?.experiment?.part);
  const part = parts[place];
  return part ? `Search ${place + 1} of ${parts.length}, ${partTitle(part)}` : "Preparing the next search";
}

/** Trials of the whole run: what a study that was stopped did not do is not counted. */
export function totalTrials(studies: readonly Study[], budget: number): number {
  const each = parts.map((part) => {
    const study = studyOf(part, studies);
    return study?.status === "finished" ? freshTrials(study.trials).length : budget;
  });
  return each.reduce((sum, trials) => sum + trials, 0);
}

function searchOf(
  part: Part,
  settings: StudySettings,
  begunAt: string,
  data: ExperimentSearch["data"],
): ExperimentSearch {
  const { space, exponents: latency } = part;
  const objective = { targetMs: settings.objective.targetMs, ...latency };
  return {
    name: `Table 5: ${partTitle(part)}`,
    settings: withFinals({ ...settings, space, objective }, false),
    experiment: { name: NAME, begunAt, part: part.name },
    data,
  };
}

function studyOf({ name }: Part, studies: readonly Study[]): Study | undefined {
  return studies.find(({ experiment }) => experiment?.part === name);
}
