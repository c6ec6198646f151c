import type { Random } from "../../core";

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/** One of the whole numbers from about `low` to about `high`, which need not be whole: a bound of 0.3 gives now and then a 1. */
export function wholeBetween(random: Random, low: number, high: number): number {
  return Math.round(between(random, low - 0.5, high + 0.5));
}

/** Most often near `centre`, at most `reach` away (triangular distribution). */
export function triangular(random: Random, centre: number, reach: number): number {
  return centre + reach * (random.uniform() + random.uniform() - 1);
}

/** Red, green, blue; 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

export function anyColour(random: Random): Colour {
  return [between(random, 0.08, 0.95), between(random, 0.08, 0.95), between(random, 0.08, 0.95)];
}

export function darkColour(random: Random): Colour {
  return mix([0, 0, 0], anyColour(random), 0.6);
}

export function brightColour(random: Random): Colour {
  return mix([1, 1, 1], anyColour(random), 0.6);
}

/** A colour at least `apart` (Euclidean distance, at most 0.7) from another. */
export function otherColour(random: Random, colour: Colour, apart: number): Colour {
  for (;;) {
    const other = anyColour(random);
    const [red, green, blue] = [other[0] - colour[0], other[1] - colour[1], other[2] - colour[2]];
    if (red * red + green * green + blue * blue >= apart * apart) return other;
  }
}

export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}
