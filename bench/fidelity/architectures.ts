import { createRandom, spaces } from "../../src/core";

/** The default space's architectures on which every recipe is judged: decision vectors drawn uniformly, seeds 1 to 32. */
export const yardstickSeeds: readonly number[] = Array.from({ length: 32 }, (_, i) => i + 1);

export function yardstickDecisions(seed: number): number[] {
  const random = createRandom(seed);
  return spaces["factorized-browser"].decisions.map(({ choices }) => random.integer(choices.length));
}
