import type { Decision } from "../../../src/core";

/** Decisions with so many choices each. */
export function decisionsOf(choices: readonly number[]): Decision[] {
  return choices.map((count, i) => ({ name: `decision ${i}`, choices: Array.from({ length: count }, (_, c) => c) }));
}
