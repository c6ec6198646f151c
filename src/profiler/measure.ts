import { createRandom, type LatencyReport, median, medianInterval, quantile } from "../core";
import { sampleBursts } from "./bursts";
import { hasDrifted, type Settle } from "./quiet";
import type { Reference } from "./reference";
import { type Run, type SamplerOptions, sampleLatency } from "./sampler";

export interface MeasureOptions extends SamplerOptions {
  reference: Pick<Reference, "time" | "quietMs">;
  settle: Settle;
}

export type Measurement = Pick<
  LatencyReport,
  "medianMs" | "intervalMs" | "p90Ms" | "samplesMs" | "ended" | "sustained" | "reference"
>;

/**
 * Measures an inference on a quiet machine: reference, single inferences, reference, bursts, reference. Where the first
 * two references differ, the machine changed while the single inferences were timed: they are dropped and taken again,
 * once, since it may go on changing.
 *
 * @throws EvaluationError with code "time-limit"; whatever `run`, `reference` or `betweenSamples` throw.
 */
export async function measure(run: Run, options: MeasureOptions): Promise<Measurement> {
  const { reference, betweenSamples, settle } = options;
  const first = await between();
  const singles = hasDrifted(first.beforeMs, first.betweenMs) ? await between() : first;
  const medianMs = median(singles.samplesMs);
  const sustained = await sampleBursts(run, { ...options, singleMs: medianMs, random: createRandom(3) });
  const afterMs = await look();
  return {
    medianMs,
    intervalMs: medianInterval(singles.samplesMs),
    p90Ms: quantile(singles.samplesMs, 0.9),
    samplesMs: singles.samplesMs,
    ended: singles.ended,
    ...(sustained && { sustained }),
    reference: {
      beforeMs: singles.beforeMs,
      betweenMs: singles.betweenMs,
      afterMs,
      quietMs: reference.quietMs(),
      waitedMs: first.waitedMs + (singles === first ? 0 : singles.waitedMs),
    },
  };

  /** Single inferences between two looks at the reference. */
  async function between() {
    const { referenceMs: beforeMs, waitedMs } = await settle(look, () => reference.quietMs());
    const samples = await sampleLatency(run, options);
    return { ...samples, beforeMs, waitedMs, betweenMs: await look() };
  }

  async function look(): Promise<number> {
    const referenceMs = await reference.time();
    await betweenSamples();
    return referenceMs;
  }
}
