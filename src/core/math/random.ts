import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { log, sin } from "./elementary";

/** A seeded stream of random numbers: the same numbers for the same seed in every JavaScript engine. */
export interface Random {
  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** Uniform integer in [0, n). */
  integer(n: number): number;
  /** Normal with mean 0 and standard deviation 1 (Box-Muller, one of the pair). */
  normal(): number;
  /** Index drawn with the given probabilities, which sum to 1. */
  categorical(probabilities: ArrayLike<number>): number;
  /** Fisher-Yates, in place; returns its argument. */
  shuffle<T extends { length: number; [i: number]: unknown }>(items: T): T;
  /** Everything needed to go on from here: pass it to `restoreRandom`. */
  state(): RandomState;
}

export type RandomState = readonly number[];

export function createRandom(seed: number): Random {
  // The library's own seeding leaves most bits of a small seed unmixed: every first number would be close to 1.
  return restoreRandom([0, 1, 2, 3].map((word) => deriveSeed(seed, word) | 0));
}

export function restoreRandom(state: RandomState): Random {
  return wrap(xoroshiro128plusFromState(state));
}

/**
 * A new seed from a seed and labels, for independent streams ("weights", trial 12, ...): 32-bit FNV-1a with a final mix,
 * 0 to 2^32 - 1.
 */
export function deriveSeed(seed: number, ...labels: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed | 0}/${labels.join("/")}`) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function wrap(generator: ReturnType<typeof xoroshiro128plusFromState>): Random {
  const uniform = () => uniformFloat64(generator);
  const integer = (n: number) => uniformInt(generator, 0, n - 1);
  return {
    uniform,
    integer,
    normal() {
      const radius = Math.sqrt(-2 * log(1 - uniform()));
      return radius * sin(2 * Math.PI * uniform());
    },
    categorical(probabilities) {
      let rest = uniform();
      const last = probabilities.length - 1;
      for (let i = 0; i < last; i++) {
        rest -= probabilities[i] as number;
        if (rest < 0) return i;
      }
      return last;
    },
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [items[i], items[j]] = [items[j], items[i]];
      }
      return items;
    },
    state: () => generator.getState(),
  };
}
