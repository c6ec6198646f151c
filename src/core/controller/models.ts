import { exp, log } from "../math/elementary";
import { createMatches, type Matches } from "./matches";
import { createQuantity, FIRST_FIT, type Prediction, type Row } from "./quantity";

/** A vector and what came of it. */
export interface Told {
  decisions: readonly number[];
  reward: number;
  /** Absent after a failure, and where no evidence was told; without accuracy it was only timed. */
  measured?: { accuracy?: number; latencyMs: number };
}

/** What the trials so far say of a vector, given by its matches. */
export interface Predictor {
  /** Of the measured vectors and the pending ones. */
  matches: Matches;
  measured: readonly Told[];
  accuracy: Prediction;
  /** Of the latency's logarithm, ms. Undefined where nothing but rewards is known: these are the accuracies then. */
  logLatency?: Prediction;
  /** Probability that it can be measured at all. */
  success(vector: readonly number[], matches: Uint8Array): number;
}

export interface Models {
  /** Undefined while too little is known. Pending vectors lower the deviation around them, as if their means had come true. */
  predict(told: readonly Told[], pending: readonly (readonly number[])[]): Predictor | undefined;
}

/** Models of accuracy and latency that keep what they can from one call to the next. */
export function createModels(decisions: number): Models {
  const matches = createMatches(decisions);
  const accuracy = createQuantity(decisions);
  const latency = createQuantity(decisions);
  let rows: readonly Row[] = [];
  let onRewards = true;

  /** Takes over new rows; the models keep what these have in common with the former ones at the start. */
  function arrange(next: readonly Row[], restart: boolean): void {
    let common = 0;
    while (!restart && common < Math.min(next.length, rows.length) && sameRow(next[common], rows[common])) common++;
    for (const part of [matches, accuracy, latency]) part.truncate(common);
    for (const { vector } of next.slice(common)) matches.push(vector);
    rows = next;
  }

  return {
    predict(told, pending) {
      const rewardsOnly = told.every((one) => !one.measured);
      const measured = rewardsOnly ? told : told.filter((one) => one.measured);
      const failed = rewardsOnly ? [] : told.filter((one) => !one.measured);
      const accuracies = measured.map((one) => (one.measured ? one.measured.accuracy : one.reward));
      if (accuracies.filter((value) => value !== undefined).length < FIRST_FIT) return undefined;

      const known = measured.map((one, i) => ({ vector: one.decisions, valueless: accuracies[i] === undefined }));
      arrange([...known, ...pending.map((vector) => ({ vector, valueless: false }))], rewardsOnly !== onRewards);
      onRewards = rewardsOnly;
      const latencies = measured.map((one) => log(Math.max(one.measured?.latencyMs ?? 1, SHORTEST_MS)));
      return {
        matches,
        measured,
        accuracy: accuracy.predict(rows, matches, accuracies),
        logLatency: rewardsOnly ? undefined : latency.predict(rows, matches, latencies),
        success: successOf(failed, measured.length, decisions),
      };
    },
  };
}

const SHORTEST_MS = 1e-6;

/** Share of the measured among all that were told, each weighed by how near it is. */
function successOf(failed: readonly Told[], measured: number, decisions: number): Predictor["success"] {
  const failures = createMatches(decisions);
  for (const one of failed) failures.push(one.decisions);
  const nearness = (matches: Uint8Array) => {
    let sum = 0;
    for (let i = 0; i < matches.length; i++) sum += exp(-10 * (1 - (matches[i] as number) / decisions));
    return sum;
  };
  return (vector, matches) => {
    if (failed.length === 0) return 1;
    const inFavour = nearness(matches.subarray(0, measured));
    return inFavour / (inFavour + nearness(failures.of(vector)));
  };
}

function sameRow(a: Row | undefined, b: Row | undefined): boolean {
  if (!a || !b || a.valueless !== b.valueless) return false;
  return a.vector === b.vector || a.vector.every((choice, i) => choice === b.vector[i]);
}
