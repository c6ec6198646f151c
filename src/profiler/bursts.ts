import { median, medianInterval, type Random } from "../core";
import { timeOf } from "./clock";
import type { Run, SamplerOptions } from "./sampler";

const rule = {
  /** Runs in a burst. */
  lengths: [1, 2, 4, 8],
  /** Time for all rounds, ms. */
  budgetMs: 600,
  /** Rounds that should fit, since fewer than six slopes carry no 95 % interval: long bursts are left out for it. */
  rounds: 6,
  /** Where even the shortest rounds do not fit. */
  minimumRounds: 3,
  /** The longest burst of a round outlasts the shortest by at least so many steps of the clock. */
  stepsPerSlope: 20,
  /** A network whose three shortest rounds would take longer is not measured so, ms. */
  limitMs: 2000,
};

interface BurstOptions extends SamplerOptions {
  /** Time of a single inference, ms. */
  singleMs: number;
  /** Order of the bursts in a round, so that no length always comes first. */
  random: Random;
}

export interface Sustained {
  medianMs: number;
  /** 95 % confidence interval of the median. */
  intervalMs: readonly [low: number, high: number];
}

/**
 * Time of one more inference in a queue: in each round bursts of 1, 2, 4 and 8 queued inferences, of which the last is
 * read, are timed in random order; the slope of time over length (least squares) leaves out what reading costs. The
 * median of the rounds' slopes is taken. Undefined where the network is too slow for it, or the clock too coarse.
 */
export async function sampleBursts(run: Run, options: BurstOptions): Promise<Sustained | undefined> {
  const { now, betweenSamples, random, singleMs, timerStepMs } = options;
  const lengths = burstLengths(singleMs, timerStepMs);
  if (rule.minimumRounds * roundMs(lengths, singleMs) > rule.limitMs) return undefined;

  const slopes: number[] = [];
  let spent = 0;
  while (slopes.length < rule.minimumRounds || spent < rule.budgetMs) {
    const round: [length: number, ms: number][] = [];
    for (const length of random.shuffle([...lengths])) {
      const elapsed = await timeOf(now, () => run(length));
      round.push([length, elapsed]);
      spent += elapsed;
      await betweenSamples();
    }
    slopes.push(slope(round));
  }
  const medianMs = median(slopes);
  const [low, high] = medianInterval(slopes);
  return medianMs > 0 ? { medianMs, intervalMs: [Math.max(0, low), high] } : undefined;
}

/** Powers of two apart: long enough for the clock, and no longer than lets six rounds into the budget. */
function burstLengths(singleMs: number, timerStepMs: number): number[] {
  let lengths = [...rule.lengths];
  while (lengths.length > 2 && rule.rounds * roundMs(lengths, singleMs) > rule.budgetMs) lengths.pop();
  while (spread(lengths) * singleMs < rule.stepsPerSlope * timerStepMs) lengths = lengths.map((length) => 2 * length);
  return lengths;
}

function spread(lengths: readonly number[]): number {
  return Math.max(...lengths) - Math.min(...lengths);
}

function roundMs(lengths: readonly number[], singleMs: number): number {
  return singleMs * lengths.reduce((sum, length) => sum + length, 0);
}

/** Slope of the line that fits the points best by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
