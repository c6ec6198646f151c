import { EvaluationError, median, medianInterval } from "../core";
import type { Now } from "./clock";

/** When there are enough samples. Time is time spent running: neither the first run nor waiting counts. */
const rule = {
  /** Both ends of the median's 95 % interval are at most this share of the median away from it. */
  precision: 0.03,
  /** Warm-up and sampling, ms. */
  budgetMs: 1000,
  minimumSamples: 9,
  /** Enough where the budget is spent. */
  minimumSamplesWhenSlow: 5,
  /** A sample lasts at least this many steps of the clock. */
  stepsPerSample: 20,
  /** Warm-up ends when two successive samples differ by at most this share. */
  settled: 0.1,
  /** Where the samples keep being dropped, or each takes for ever, ms. */
  timeLimitMs: 60_000,
};

interface SamplerOptions {
  now: Now;
  timerStepMs: number;
  /** Awaited after each sample, warm-up included; a sample of which it says false is dropped. */
  keepSample(): Promise<boolean>;
}

export interface Samples {
  /** The first run alone: uploads weights and compiles. */
  firstRunMs: number;
  /** ms per inference, in the order they were taken. */
  samplesMs: number[];
}

/**
 * Times single inferences, one after the other, each from dispatch to readable output. Where one is shorter than 20 steps
 * of the clock a sample is the mean of as many in a row (a power of two) as it takes, each still read back.
 *
 * @throws EvaluationError with code "time-limit"; whatever `run` or `keepSample` throw.
 */
export async function sampleLatency(run: () => void, options: SamplerOptions): Promise<Samples> {
  const { now, timerStepMs, keepSample } = options;
  const firstRunMs = time(1);
  let kept = await keepSample();
  let spent = 0;
  const runsPerSample = await warmUp();

  const samplesMs: number[] = [];
  while (!isEnough(samplesMs, spent)) {
    const sample = await take(runsPerSample);
    if (kept) samplesMs.push(sample);
  }
  return { firstRunMs, samplesMs };

  /** Runs until two successive samples agree, or half of the budget is gone. Returns the runs that a sample needs. */
  async function warmUp(): Promise<number> {
    let runs = 1;
    let previous = Number.NaN;
    for (;;) {
      const sample = await take(runs);
      if (sample * runs < rule.stepsPerSample * timerStepMs) {
        runs *= 2;
        previous = Number.NaN;
        continue;
      }
      if (Math.abs(sample - previous) <= rule.settled * previous) return runs;
      if (spent >= rule.budgetMs / 2 && !Number.isNaN(previous)) return runs;
      previous = sample;
    }
  }

  async function take(runs: number): Promise<number> {
    const elapsed = time(runs);
    spent += elapsed;
    kept = await keepSample();
    if (spent > rule.timeLimitMs) throw timeLimitError();
    return elapsed / runs;
  }

  function time(runs: number): number {
    const start = now();
    for (let i = 0; i < runs; i++) run();
    return now() - start;
  }
}

function isEnough(samples: readonly number[], spentMs: number): boolean {
  if (spentMs >= rule.budgetMs && samples.length >= rule.minimumSamplesWhenSlow) return true;
  return samples.length >= rule.minimumSamples && isPrecise(samples);
}

function isPrecise(samples: readonly number[]): boolean {
  const middle = median(samples);
  const [low, high] = medianInterval(samples);
  return Math.max(high - middle, middle - low) <= rule.precision * middle;
}

function timeLimitError(): EvaluationError {
  return new EvaluationError({
    stage: "timing",
    code: "time-limit",
    message: `Timing took more than ${rule.timeLimitMs / 1000} s: the network is too slow here, or the page stayed hidden.`,
  });
}
