import { architectureKey, type BlockArchitecture, createRandom, deriveSeed, type Random, spaces } from "../../src/core";

/** Everything random in the benchmark comes from this. */
const SEED = 4;

export function streamOf(purpose: string): Random {
  return createRandom(deriveSeed(SEED, purpose));
}

/** So many different architectures of the factorized browser space, drawn uniformly. */
export function randomArchitectures(number: number, purpose: string): BlockArchitecture[] {
  const space = spaces["factorized-browser"];
  const random = streamOf(purpose);
  const found = new Map<string, BlockArchitecture>();
  while (found.size < number) {
    const architecture = space.decode(space.decisions.map(({ choices }) => random.integer(choices.length)));
    found.set(architectureKey(architecture), architecture);
  }
  return [...found.values()];
}

/** Convolutional layers, stem and head included. */
export function layersOf({ blocks, head }: BlockArchitecture): number {
  return blocks.reduce((sum, { layers }) => sum + layers, head.filters > 0 ? 2 : 1);
}
