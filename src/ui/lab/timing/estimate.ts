import type { LatencyReport } from "../../../core";
import type { Subject } from "./subject";

/** How long some timings will take, s, and how that is known. */
export interface Estimate {
  range: readonly [low: number, high: number];
  basis: "this run" | "earlier timings" | "rule of thumb";
}

/** What timings took: seconds, and the work that it was. */
export interface Spent {
  seconds: number;
  work: number;
}

export const nothingSpent: Spent = { seconds: 0, work: 0 };

/** What every network costs to load, to compile and to sample, in operations of a larger one. */
const FIXED = 150;

/** Timings are like each other in the time that a unit of work takes. */
export function workOf(subjects: readonly Pick<Subject, "operations">[]): number {
  return subjects.reduce((sum, { operations }) => sum + FIXED + operations, 0);
}

/** Seconds a unit of work. Rough: SwiftShader took 8 to 17 s for MnasNet-A1 and 19 s for NASNet-A at 96 px, 22 November 2026. */
const rules = { gpu: [0.008, 0.03], software: [0.025, 0.1] } as const;

/** What a report does not say: writing and loading the model, the bursts, a last run. */
const REST_SECONDS = 2;
/** Runs of the reference network in one look at it, of which a timing takes three. */
const LOOK_RUNS = 29;

export interface EstimateOptions {
  /** Of the networks that are to be timed, as `workOf` counts it. */
  work: number;
  /** By the timings of this run so far. */
  spent: Spent;
  /** By earlier ones like these, of the same device and platform. */
  earlier: Spent;
  /** The GPU is a program on the CPU. */
  software: boolean;
}

/** The pace so far is the pace to come, give or take a half. */
export function estimateTimings({ work, spent, earlier, software }: EstimateOptions): Estimate {
  const as = ({ seconds, work: done }: Spent): [number, number] => {
    const likely = (seconds / done) * work;
    return [0.6 * likely, 1.5 * likely];
  };
  if (spent.work > 0) return { range: as(spent), basis: "this run" };
  if (earlier.work > 0) return { range: as(earlier), basis: "earlier timings" };
  const [low, high] = software ? rules.software : rules.gpu;
  return { range: [low * work, high * work], basis: "rule of thumb" };
}

/** How long a timing took, as far as its report tells, s. */
export function secondsOf({ firstRunMs, samplesMs, reference }: LatencyReport): number {
  const sampling = samplesMs.reduce((sum, each) => sum + each, 0);
  const looks = reference ? 3 * LOOK_RUNS * reference.beforeMs + reference.waitedMs : 0;
  return (firstRunMs + sampling + looks) / 1000 + REST_SECONDS;
}
