import { useMemo } from "react";
import type { Platform } from "../../../core";
import { useRun } from "../../state/session";
import { usePlatforms } from "../usePlatforms";
import { useConditions } from "./conditions";
import { estimateTimings, type Spent, secondsOf, workOf } from "./estimate";
import { type TimedRow, timedRows } from "./evidence";
import { measurementKey, type Subject, subjectRows } from "./subject";
import { useTimingRun } from "./useTimingRun";

export interface SubjectList {
  /** Names the experiment: "table-1". */
  name: string;
  /** Input sizes that can be chosen, px; `published` is the paper's, `small` what is chosen first on a software GPU. */
  sizes: { offered: readonly number[]; published: number; small: number };
  /** The networks at an input size, px. */
  subjects(inputSize: number): readonly Subject[];
  /** Not chosen at first on a software GPU, because it would take long there. */
  slow?(subject: Subject, inputSize: number): boolean;
}

/** What an experiment on timings knows and can do: conditions, chosen networks, results, the run. */
export function useTimingExperiment({ name, sizes, subjects: subjectsAt, slow }: SubjectList) {
  const { searching, platforms, problem: platformProblem } = usePlatforms();
  const shown = useRun((state) => state.device);
  const timing = useTimingRun();
  const [conditions, change] = useConditions(name, sizes.offered);
  const platform = platformHere(conditions.platform ?? "tfjs-webgl", platforms);
  // The search's own device is known before all platforms have been looked for.
  const device =
    platforms?.find((each) => each.platform === platform)?.device ?? (shown?.platform === platform ? shown : undefined);
  // While a search runs the platforms are not looked for, and where that failed there is nothing to wait for.
  const looking = !device && !platforms && !platformProblem && !searching;
  const software = device?.software ?? false;
  const inputSize = conditions.inputSize ?? (software ? sizes.small : sizes.published);
  const subjects = useMemo(() => subjectsAt(inputSize), [subjectsAt, inputSize]);
  const rows = useMemo(() => subjectRows(subjects, timing.timings, device), [subjects, timing.timings, device]);

  const isChosen = (subject: Subject) => conditions.choices[subject.key] ?? !(software && slow?.(subject, inputSize));
  const chosen = rows.filter(({ subject }) => isChosen(subject));
  const missing = chosen.filter((row) => !row.timing);
  const next = subjectsOf(missing.length > 0 ? missing : chosen);
  const left = timing.phase === "idle" ? next : [...(timing.current ? [timing.current] : []), ...timing.waiting];

  return {
    searching,
    platforms,
    platform,
    device,
    /** It is not known yet what the platform is here, and so not what is offered. */
    looking,
    inputSize,
    rows,
    isChosen,
    chosen: chosen.length,
    missing: missing.length,
    estimate: estimateTimings({
      work: workOf(left),
      spent: timing.spent,
      earlier: spentOn(timedRows(rows)),
      software,
    }),
    phase: timing.phase,
    current: timing.current,
    done: timing.done,
    of: timing.of,
    problems: [
      platformProblem,
      timing.problem,
      timing.notKept && `Shown until you leave this page, not kept. ${timing.notKept}`,
    ].filter((each) => each !== undefined),
    failureOf: (subject: Subject) => timing.failures[measurementKey(subject)],
    change,
    choose: (wanted: readonly Subject[], on: boolean) =>
      change({ choices: { ...conditions.choices, ...Object.fromEntries(wanted.map(({ key }) => [key, on])) } }),
    runMissing: () => timing.run.begin(subjectsOf(missing), platform),
    runAll: () => timing.run.begin(subjectsOf(chosen), platform),
    pause: timing.run.pause,
    resume: timing.run.resume,
    stop: timing.run.stop,
  };
}

/** The wanted platform; where it is not here, the first that is. */
function platformHere(wanted: Platform, platforms: ReturnType<typeof usePlatforms>["platforms"]): Platform {
  const here = platforms?.filter(({ device }) => device).map(({ platform }) => platform) ?? [];
  return here.length === 0 || here.includes(wanted) ? wanted : (here[0] ?? wanted);
}

function spentOn(rows: readonly TimedRow[]): Spent {
  const seconds = rows.reduce((sum, { timing }) => sum + secondsOf(timing.latency), 0);
  return { seconds, work: workOf(subjectsOf(rows)) };
}

function subjectsOf(rows: readonly { subject: Subject }[]): Subject[] {
  return rows.map(({ subject }) => subject);
}
