/** How hard the built-in images are to tell apart. */
export type Difficulty = "easy" | "medium" | "hard";

/** Easiest first. */
export const difficulties: readonly Difficulty[] = ["easy", "medium", "hard"];

/** What stands between an image and its class. */
export interface Nuisance {
  /** Farthest turn from upright, each way, radians. */
  turn: number;
  /** How far place, size and proportions leave the usual ones: at 1 a shape still lies within the image. */
  reach: number;
  /** How far the two shades of a texture are apart, 0 to 1. */
  shade: number;
  /** Fewest and most small things on the ground. */
  clutter: Range;
  /** Most things before the shape. */
  occluders: number;
  /** Share of images whose shape is darker than its ground. */
  dark: number;
  /** Contrast that the thickest haze leaves, 0 to 1. */
  thickest: number;
  /** Weakest and strongest noise of the sensor: the largest error, of 255 steps. */
  noise: Range;
}

type Range = readonly [low: number, high: number];

/** The least severe images: a network that finds its way here has begun to learn. */
const mild: Nuisance = {
  turn: 0.15,
  reach: 0.25,
  shade: 0.25,
  clutter: [0, 2],
  occluders: 0,
  dark: 0,
  thickest: 0.75,
  noise: [2, 6],
};

/** Images of severity 1. */
const severe: Nuisance = {
  turn: 2.8,
  reach: 1.3,
  shade: 0.6,
  clutter: [3, 9],
  occluders: 1,
  dark: 0.38,
  thickest: 0.23,
  noise: [6, 22],
};

/**
 * Between which severities the images of a set lie, all as often. Of many severities, because every network then soon learns
 * something, and only a good one most of it: docs/decisions/0017.
 */
export const severities: Readonly<Record<Difficulty, Range>> = { easy: [0, 0.6], medium: [0, 1], hard: [0.2, 1.2] };

/** @param severity 0 is mild, 1 severe, in between and beyond in proportion */
export function nuisanceOf(severity: number): Nuisance {
  const at = (low: number, high: number) => low + (high - low) * severity;
  const range = (low: Range, high: Range): Range => [at(low[0], high[0]), at(low[1], high[1])];
  return {
    turn: at(mild.turn, severe.turn),
    reach: at(mild.reach, severe.reach),
    shade: at(mild.shade, severe.shade),
    clutter: range(mild.clutter, severe.clutter),
    occluders: at(mild.occluders, severe.occluders),
    dark: at(mild.dark, severe.dark),
    thickest: at(mild.thickest, severe.thickest),
    noise: range(mild.noise, severe.noise),
  };
}
