import type { Page } from "playwright-core";
import { median } from "../../src/core";
import { askPage, closeEngines } from "./browser";
import { round } from "./turns";

const ROUNDS = 5;
/** Length of one race, s: long against the step by which two workers end apart. */
const SECONDS = 1.5;
const pair = ["worker 1", "worker 2"] as const;

export interface ScalingResult {
  /** Images per second of two workers that train T1 side by side, over those of one alone; median of the rounds. */
  twoWorkerScaling: number;
  workerImagesPerSecond: { one: number; two: number };
}

/** Each worker has kernels and memory of its own; one alone and both take turns. */
export async function measureTwoWorkers(page: Page): Promise<ScalingResult> {
  const race = (worker: string, seconds = SECONDS) => askPage(page, worker, "race", { seconds });
  const both = async (seconds?: number) => {
    const rates = await Promise.all(pair.map((worker) => race(worker, seconds)));
    return rates.reduce((sum, rate) => sum + rate, 0);
  };
  for (const worker of pair) await askPage(page, worker, "open", { engine: "simd", network: "T1" });
  await both();

  const single: number[] = [];
  const double: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    double.push(await both());
    single.push(await race(pair[n % 2] as string));
  }
  await closeEngines(page, pair);
  const scaling = median(double.map((rate, n) => rate / (single[n] as number)));
  console.log(`two workers: ${scaling.toFixed(2)} times one`);
  return {
    twoWorkerScaling: round(scaling),
    workerImagesPerSecond: { one: round(median(single)), two: round(median(double)) },
  };
}
