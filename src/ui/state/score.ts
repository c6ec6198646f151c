import {
  accuracyInterval,
  countMultiplyAdds,
  countParameters,
  knownImages,
  type Objective,
  paretoFront,
  rankCorrelation,
  reward,
  type Study,
  type StudySettings,
  spaces,
  type Trial,
} from "../../core";

/** A trial with both measurements, ready to draw: accuracy as a share, times in ms. */
export interface Point {
  trial: Trial;
  number: number;
  accuracy: number;
  accuracyInterval: readonly [low: number, high: number];
  latencyMs: number;
  latencyInterval: readonly [low: number, high: number];
  parameters: number;
  multiplyAdds: number;
}

/** A point under an objective. */
export interface ScoredPoint extends Point {
  reward: number;
  beyondTarget: boolean;
  onFront: boolean;
  best: boolean;
}

type Sizes = Pick<Point, "parameters" | "multiplyAdds">;

/** A study's measured trials as points. Repeats are left out: the network already stands where it was first evaluated. */
export function measuredPoints(study: Pick<Study, "trials" | "settings" | "data" | "noise">): Point[] {
  const { trials, settings } = study;
  const known = knownImages(study);
  return trials.flatMap((trial) => {
    const { accuracy, latency } = trial;
    if (!accuracy || !latency || trial.repeats !== undefined) return [];
    return {
      trial,
      number: trial.number,
      accuracy: accuracy.accuracy,
      accuracyInterval: accuracyInterval(accuracy, settings.recipe, known),
      latencyMs: latency.medianMs,
      latencyInterval: latency.intervalMs,
      ...sizesOf(trial, settings),
    };
  });
}

/** Of every network that was timed, those that were not trained included, ms; a network that came again counts once. */
export function timedLatencies(trials: readonly Trial[]): number[] {
  return trials.flatMap(({ latency, repeats }) => (latency && repeats === undefined ? latency.medianMs : []));
}

/** Points by falling reward, each with its place: front and best by reward. Of equal rewards the earlier trial leads. */
export function scorePoints(points: readonly Point[], objective: Objective): ScoredPoint[] {
  const front = new Set(paretoFront(points).map((point) => point.number));
  const scored = points.map((point) => ({
    ...point,
    reward: reward(point, objective),
    beyondTarget: point.latencyMs > objective.targetMs,
    onFront: front.has(point.number),
    best: false,
  }));
  scored.sort((a, b) => b.reward - a.reward || a.number - b.number);
  const [first] = scored;
  if (first) first.best = true;
  return scored;
}

/** Spearman's rank correlation of latency with multiply-adds; undefined under five points or where one is constant. */
export function latencyCorrelation(points: readonly Point[]): number | undefined {
  if (points.length < 5) return undefined;
  const correlation = rankCorrelation(
    points.map((point) => point.multiplyAdds),
    points.map((point) => point.latencyMs),
  );
  return Number.isNaN(correlation) ? undefined : correlation;
}

const sizesByTrial = new WeakMap<Trial, Sizes>();

function sizesOf(trial: Trial, { space, deploy }: StudySettings): Sizes {
  const known = sizesByTrial.get(trial);
  if (known) return known;
  const architecture = spaces[space].decode(trial.decisions);
  const sizes = {
    parameters: countParameters(architecture, deploy),
    multiplyAdds: countMultiplyAdds(architecture, deploy),
  };
  sizesByTrial.set(trial, sizes);
  return sizes;
}
