import { EvaluationError, latencyRule, median, medianInterval } from "../core";
import { type Now, timeOf } from "./clock";

/** When there are enough samples. Time is time spent running: waiting between samples does not count. */
const rule = {
  ...latencyRule,
  /** Warm-up and sampling, ms. */
  budgetMs: 1000,
  /** Samples cover at least so much time, ms: a few quick ones in a row all see the machine in the same mood. */
  minimumMs: 250,
  minimumSamples: 9,
  /** Enough where the budget is spent. */
  minimumSamplesWhenSlow: 5,
  /** Warm-up ends when two successive samples differ by at most this share. */
  settled: 0.1,
  /** Where each sample takes for ever, ms. */
  timeLimitMs: 60_000,
};

/** Runs so many inferences (one where absent), the last of which is read; a promise where reading is asynchronous. */
export type Run = (times?: number) => unknown;

export interface SamplerOptions {
  now: Now;
  timerStepMs: number;
  /** Awaited after each sample, warm-up included; throws to give up. */
  betweenSamples(): Promise<void>;
  /** Told of each sample that is taken, warm-up left out. */
  onSample?(): void;
}

export interface Samples {
  /** ms per inference, in the order they were taken. */
  samplesMs: number[];
  ended: "precise" | "time-up";
}

/**
 * Times single inferences, one after the other, each from dispatch to readable output. Where one is shorter than 20 steps
 * of the clock a sample is the mean of as many in a row (a power of two) as it takes, each still read back.
 *
 * @throws EvaluationError with code "time-limit"; whatever `run` or `betweenSamples` throw.
 */
export async function sampleLatency(run: Run, options: SamplerOptions): Promise<Samples> {
  const { now, timerStepMs, betweenSamples, onSample } = options;
  let spent = 0;
  const runsPerSample = await warmUp();

  const samplesMs: number[] = [];
  const startedAt = spent;
  for (;;) {
    onSample?.();
    samplesMs.push(await take(runsPerSample));
    const ended = ending(samplesMs, spent, spent - startedAt);
    if (ended) return { samplesMs, ended };
  }

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
    const elapsed = await timeOf(now, () => repeat(run, runs));
    spent += elapsed;
    await betweenSamples();
    if (spent > rule.timeLimitMs) throw timeLimitError();
    return elapsed / runs;
  }
}

/** Single inferences in a row, each read before the next; stays synchronous where they are. */
export function repeat(run: Run, times: number): unknown {
  for (let done = 0; done < times; done++) {
    const pending = run();
    if (pending instanceof Promise) return pending.then(() => repeat(run, times - 1 - done));
  }
  return undefined;
}

function ending(samples: readonly number[], spentMs: number, sampledMs: number): Samples["ended"] | undefined {
  const enough = samples.length >= rule.minimumSamples && sampledMs >= rule.minimumMs;
  if (enough && isPrecise(samples)) return "precise";
  if (spentMs >= rule.budgetMs && samples.length >= rule.minimumSamplesWhenSlow) return "time-up";
  return undefined;
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
    message: `Timing took more than ${rule.timeLimitMs / 1000} s: the network is too slow here.`,
  });
}
