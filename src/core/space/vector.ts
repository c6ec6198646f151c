import type { Decision } from "./space";

/** @throws RangeError where the vector's length is not the space's. */
export function checkLength(decisions: readonly number[], expected: number, name: string): void {
  if (decisions.length !== expected) {
    throw new RangeError(`The ${name} space takes ${expected} decisions, not ${decisions.length}.`);
  }
}

/** The choice that a vector makes at a place. @throws RangeError where it is no index of a choice. */
export function choose<Choice>(choices: readonly Choice[], decisions: readonly number[], at: number): Choice {
  const index = decisions[at] as number;
  if (!Number.isInteger(index) || index < 0 || index >= choices.length) {
    throw new RangeError(`Decision ${at} must be a whole number from 0 to ${choices.length - 1}, not ${index}.`);
  }
  return choices[index] as Choice;
}

/** A vector as it is. @throws RangeError naming the first decision that found no choice (-1). */
export function checkFound(vector: number[], decisions: readonly Decision[]): number[] {
  const foreign = decisions[vector.indexOf(-1)];
  if (foreign)
    throw new RangeError(`The space does not hold this architecture: ${foreign.name} is none of its choices.`);
  return vector;
}
