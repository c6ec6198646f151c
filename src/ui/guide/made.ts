import { createRandom, type Measured, mean, paretoFront, rankCorrelation } from "../../core";

/** A made-up network of the guide: its accuracy would be this after training for ever. */
export type MadeNetwork = Measured;

/**
 * Made-up networks: slower ones tend to be more accurate, less and less so. Latencies in ms from 6 to 60.
 * @param seed another draws others
 */
export function makeNetworks(seed: number, count: number): MadeNetwork[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const latencyMs = 6 * 10 ** random.uniform();
    const accuracy = 0.86 - 0.22 * Math.exp(-latencyMs / 16) + 0.025 * random.normal();
    return { latencyMs, accuracy: Math.min(0.95, accuracy) };
  });
}

/** Those that beat a network in both. */
export function dominatorsOf<Point extends Measured>(point: Point, points: readonly Point[]): Point[] {
  return points.filter(
    (other) =>
      other.latencyMs <= point.latencyMs &&
      other.accuracy >= point.accuracy &&
      (other.latencyMs < point.latencyMs || other.accuracy > point.accuracy),
  );
}

/** The front as a staircase: where each step begins, in the units of the points. */
export function staircase(points: readonly Measured[]): { x: number; y: number }[] {
  const front = paretoFront(points);
  return front.flatMap(({ latencyMs: x, accuracy: y }, index) => {
    const next = front[index + 1];
    return next
      ? [
          { x, y },
          { x: next.latencyMs, y },
        ]
      : [{ x, y }];
  });
}

/** Accuracies in per cent: what networks would reach, and what a noisy evaluation says of them. */
export interface NoisyScores {
  truth: readonly number[];
  scores: readonly number[];
}

const NETWORKS = 200;
/** Standard deviation of the made-up networks' true accuracies, points. */
export const SPREAD = 1.5;

/** Two hundred made-up networks, evaluated with noise of a standard deviation, points. */
export function noisyScores(seed: number, noise: number): NoisyScores {
  const random = createRandom(seed);
  const truth = Array.from({ length: NETWORKS }, () => 88 + SPREAD * random.normal());
  return { truth, scores: truth.map((accuracy) => accuracy + noise * random.normal()) };
}

/** Rank correlation of scores with the truth: over all networks, and over the truly best tenth. */
export function orderKept({ truth, scores }: NoisyScores): { all: number; top: number } {
  const order = bestFirst(truth).slice(0, truth.length / 10);
  const pick = (values: readonly number[]) => order.map((index) => values[index] ?? 0);
  return { all: rankCorrelation(truth, scores), top: rankCorrelation(pick(truth), pick(scores)) };
}

/** The place, from 1, that the network with the best score truly has. */
export function truePlace({ truth, scores }: NoisyScores): number {
  const [winner = 0] = bestFirst(scores);
  return bestFirst(truth).indexOf(winner) + 1;
}

/**
 * What is lost, on average, by trusting scores: accuracy of the truly best network less that of the chosen one, points; for
 * one finalist, for two, and so on. The best by score are evaluated again from `seeds` seeds, and the best mean is chosen;
 * with one finalist the first score decides.
 */
export function averageLosses(noise: number, mostFinalists: number, seeds: number, repetitions = 60): number[] {
  const searches = Array.from({ length: repetitions }, (_, repetition) => {
    const { truth, scores } = noisyScores(repetition + 1, noise);
    const random = createRandom(1000 + repetition);
    const best = Math.max(...truth);
    let chosen = { accuracy: 0, score: Number.NEGATIVE_INFINITY };
    const finalists = bestFirst(scores).slice(0, mostFinalists);
    return finalists.map((index) => {
      const accuracy = truth[index] ?? 0;
      const score = mean(Array.from({ length: seeds }, () => accuracy + noise * random.normal()));
      if (score > chosen.score) chosen = { accuracy, score };
      return best - chosen.accuracy;
    });
  });
  return Array.from({ length: mostFinalists }, (_, index) => mean(searches.map((losses) => losses[index] ?? 0)));
}

function bestFirst(values: readonly number[]): number[] {
  return values.map((_, index) => index).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
}

/** A power as a mantissa from 1 to 10 and an exponent of ten: 432^15 is 3.4 × 10^39. */
export function scientific(base: number, exponent: number): { mantissa: number; tens: number } {
  const log = exponent * Math.log10(base);
  const tens = Math.floor(log);
  return { mantissa: 10 ** (log - tens), tens };
}
