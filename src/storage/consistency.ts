import { type Evaluation, type Objective, rewardOf, type Space } from "../core";
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
  if (accuracy && accuracy.correct > accuracy.images) {
    const fault = `expected at most accuracy.images = ${accuracy.images}, found ${accuracy.correct}`;
    return sentenceAt([...path, "accuracy", "correct"], fault);
  }
  if (accuracy && !close(accuracy.accuracy, accuracy.correct / accuracy.images)) {
    const fault = `expected correct / images = ${accuracy.correct / accuracy.images}, found ${accuracy.accuracy}`;
    return sentenceAt([...path, "accuracy", "accuracy"], fault);
  }
  if (objective && reward !== undefined && !close(reward, rewardOf(result, objective))) {
    const fault = `expected ${rewardOf(result, objective)} for this accuracy, latency and objective, found ${reward}`;
    return sentenceAt([...path, "reward"], fault);
  }
  return undefined;
}

/** Equal but for rounding: other programs may have written the number with fewer digits. */
function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
}
