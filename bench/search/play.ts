import { type Controller, hypervolume, type Measured, paretoFront, reward } from "../../src/core";
import { type Landscape, type ObjectiveName, objectiveOf } from "./landscape";

/** What a search had after so many evaluations. */
export interface Standing {
  /** True reward of the trial with the largest measured one. */
  reward: number;
  /** True hypervolume of the trials on the measured front, as a share of the rectangle up to latency 0 and accuracy 1. */
  hypervolume: number;
  /** Mean entropy of a decision among what was asked since the former standing, as a share of the largest. */
  entropy: number;
  /** Share of repeats among it. */
  repeats: number;
}

export interface Run {
  /** One a budget. */
  standings: Standing[];
  controllerMs: number;
  longestAskMs: number;
}

/** As in a study: so many are asked before the first is told, in order; repeats are free; so many in a row end it. */
const LOOKAHEAD = 8;
const REPEATS_MEAN_EXHAUSTED = 200;

interface Evaluated {
  measured: Measured;
  truth: Measured;
}

/** One search of a landscape. */
export function play(
  landscape: Landscape,
  objectiveName: ObjectiveName,
  controller: Controller,
  budgets: readonly number[],
): Run {
  const { decisions } = landscape;
  const objective = objectiveOf(objectiveName, landscape);
  const evaluated: Evaluated[] = [];
  const known = new Set<string>();
  const waiting: number[][] = [];
  const standings: Standing[] = [];
  let since: number[][] = [];
  let repeats = 0;
  let repeatsInARow = 0;
  let evaluations = 0;
  let controllerMs = 0;
  let longestAskMs = 0;
  let incumbent = { measured: 0, truth: 0 };

  function timed<T>(work: () => T): T {
    const start = performance.now();
    const result = work();
    controllerMs += performance.now() - start;
    return result;
  }

  function ask(): void {
    const before = controllerMs;
    const vector = timed(() => controller.ask());
    longestAskMs = Math.max(longestAskMs, controllerMs - before);
    waiting.push(vector);
    since.push(vector);
  }

  function tell(vector: number[]): void {
    const measured = landscape.measure(vector);
    const earned = measured ? reward(measured, objective) : 0;
    timed(() => controller.tell(vector, earned, measured && { ...measured, objective }));
    const key = vector.join(" ");
    if (known.has(key)) {
      repeats++;
      repeatsInARow++;
      return;
    }
    known.add(key);
    repeatsInARow = 0;
    evaluations++;
    if (!measured) return;
    const truth = landscape.truth(vector);
    evaluated.push({ measured, truth });
    if (earned > incumbent.measured) incumbent = { measured: earned, truth: reward(truth, objective) };
  }

  function stand(): Standing {
    const { reference } = landscape;
    const front = paretoFront(evaluated.map(({ measured, truth }) => ({ ...measured, truth }))).map(
      ({ truth }) => truth,
    );
    const standing = {
      reward: incumbent.truth,
      hypervolume: hypervolume(front, reference) / (reference.latencyMs * (1 - reference.accuracy)),
      entropy: entropyShare(
        since,
        decisions.map(({ choices }) => choices.length),
      ),
      repeats: repeats / Math.max(1, since.length),
    };
    since = [];
    repeats = 0;
    return standing;
  }

  for (const budget of budgets) {
    while (evaluations < budget && repeatsInARow < REPEATS_MEAN_EXHAUSTED) {
      while (waiting.length < LOOKAHEAD) ask();
      tell(waiting.shift() as number[]);
    }
    standings.push(stand());
  }
  return { standings, controllerMs, longestAskMs };
}

/** Mean over the decisions of the empirical entropy of their choices, over its logarithm's largest value. */
function entropyShare(vectors: readonly (readonly number[])[], choices: readonly number[]): number {
  if (vectors.length === 0) return 0;
  const shares = choices.map((count, decision) => {
    const tally = new Array<number>(count).fill(0);
    for (const vector of vectors) tally[vector[decision] as number] = (tally[vector[decision] as number] as number) + 1;
    const entropy = tally.reduce(
      (sum, n) => (n > 0 ? sum - (n / vectors.length) * Math.log(n / vectors.length) : sum),
      0,
    );
    return entropy / Math.log(count);
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
