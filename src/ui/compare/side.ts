import { median, medianInterval, type Objective, paretoFront, proportionInterval, type Study } from "../../core";
import { measuredPoints, type ScoredPoint, scorePoints, timedLatencies } from "../state/score";

/** One side of a comparison as its charts and sentences need it; times in ms. */
export interface Side {
  study: Study;
  /** Which side it is, from 0: what it looks like. */
  place: number;
  label: string;
  objective: Objective;
  /** Measured networks under this side's own objective, by falling reward. */
  points: readonly ScoredPoint[];
  /** By rising latency. */
  front: readonly ScoredPoint[];
  best?: ScoredPoint;
  /** As `timedLatencies`. */
  latencies: readonly number[];
  within: Share;
  medianMs: number;
  medianInterval: readonly [low: number, high: number];
}

/** So many of so many, with Wilson's 95 % interval. */
export interface Share {
  count: number;
  of: number;
  interval: readonly [low: number, high: number];
}

/** A study as a side, under its own objective. */
export function sideOf(study: Study): Side {
  const { objective } = study.settings;
  const points = scorePoints(measuredPoints(study), objective);
  const latencies = timedLatencies(study.trials);
  const count = latencies.filter((latency) => latency <= objective.targetMs).length;
  return {
    study,
    place: study.comparison?.side ?? 0,
    label: study.comparison?.label ?? study.name,
    objective,
    points,
    front: paretoFront(points),
    best: points[0],
    latencies,
    within: { count, of: latencies.length, interval: proportionInterval(count, latencies.length) },
    medianMs: median(latencies),
    medianInterval: medianInterval(latencies),
  };
}

/** The targets of the sides, each once, ascending. */
export function targetsOf(sides: readonly Pick<Side, "objective">[]): number[] {
  return [...new Set(sides.map(({ objective }) => objective.targetMs))].sort((a, b) => a - b);
}

/** The best reward after each trial at which it rose, and at the last; each under the side's own objective. */
export function bestSoFar({ points, study }: Side): { trial: number; reward: number }[] {
  const steps: { trial: number; reward: number }[] = [];
  for (const { number, reward } of [...points].sort((a, b) => a.number - b.number)) {
    const last = steps.at(-1);
    if (!last || reward > last.reward) steps.push({ trial: number + 1, reward });
  }
  const last = steps.at(-1);
  if (last && last.trial < study.trials.length) steps.push({ trial: study.trials.length, reward: last.reward });
  return steps;
}
