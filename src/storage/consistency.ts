import { type AccuracyReport, type Evaluation, type Objective, rewardOf, type Space, type Study } from "../core";
import { sentenceAt } from "./explain";

type Path = readonly PropertyKey[];

/** Why a vector is none of a space; undefined where it is one. */
export function decisionsFault(space: Space, decisions: readonly number[], path: Path): string | undefined {
  try {
    space.decode(decisions);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return sentenceAt([...path, "decisions"], error.message);
    throw error;
  }
}

/** Why a result contradicts itself; undefined where it does not. */
export function resultFault(
  result: Evaluation & { objective?: Objective; reward?: number },
  path: Path,
): string | undefined {
  const { accuracy, objective, reward } = result;
  const fault = accuracy && accuracyFault(accuracy, [...path, "accuracy"]);
  if (fault) return fault;
  if (objective && reward !== undefined && !close(reward, rewardOf(result, objective))) {
    const fault = `expected ${rewardOf(result, objective)} for this accuracy, latency and objective, found ${reward}`;
    return sentenceAt([...path, "reward"], fault);
  }
  return undefined;
}

/** Why a report of an accuracy contradicts itself; undefined where it does not. */
export function accuracyFault({ accuracy, correct, images }: AccuracyReport, path: Path): string | undefined {
  if (correct > images) {
    return sentenceAt([...path, "correct"], `expected at most accuracy.images = ${images}, found ${correct}`);
  }
  if (close(accuracy, correct / images)) return undefined;
  return sentenceAt([...path, "accuracy"], `expected correct / images = ${correct / images}, found ${accuracy}`);
}

/** Why the finalists stage of a study contradicts its trials or itself; undefined where it does not, or there is none. */
export function finalsFault({ finals, trials }: Study, path: Path): string | undefined {
  if (!finals) return undefined;
  for (const [index, { trial, accuracies }] of finals.finalists.entries()) {
    const place = [...path, "finalists", index];
    if (!trials[trial] || trials[trial].repeats !== undefined) {
      return sentenceAt([...place, "trial"], `expected the number of a trial that repeats no other, found ${trial}`);
    }
    if (accuracies.length > finals.settings.seeds) {
      const fault = `expected at most settings.seeds = ${finals.settings.seeds}, found ${accuracies.length}`;
      return sentenceAt([...place, "accuracies"], fault);
    }
    for (const [at, accuracy] of accuracies.entries()) {
      const fault = accuracyFault(accuracy, [...place, "accuracies", at]);
      if (fault) return fault;
    }
  }
  return undefined;
}

/** Why the noise that was measured contradicts a study's trials or itself; undefined where it does not, or there is none. */
export function noiseFault({ noise, trials }: Study, path: Path): string | undefined {
  for (const [index, { trial, accuracies }] of (noise?.networks ?? []).entries()) {
    const place = [...path, "networks", index];
    if (!trials[trial]) return sentenceAt([...place, "trial"], `expected the number of a trial, found ${trial}`);
    for (const [at, accuracy] of accuracies.entries()) {
      const fault = accuracyFault(accuracy, [...place, "accuracies", at]);
      if (fault) return fault;
    }
  }
  return undefined;
}

/** Equal but for rounding: other programs may have written the number with fewer digits. */
export function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
}
