/** How hard the built-in images are to tell apart. */
export type Difficulty = "easy" | "medium" | "hard";

/** Easiest first. */
export const difficulties: readonly Difficulty[] = ["easy", "medium", "hard"];

/** What stands between an image and its class. */
export interface Nuisance {
  /** Farthest turn from upright, each way, radians. */
  turn: number;
  /** How far the two shades of a texture are apart, 0 to 1. */
  shade: number;
  /** Fewest and most small things on the ground. */
  clutter: readonly [fewest: number, most: number];
  /** Most things before the shape. */
  occluders: number;
  /** Share of images whose shape is darker than its ground. */
  dark: number;
  /** Contrast that the thickest haze leaves, 0 to 1. */
  thickest: number;
  /** Weakest and strongest noise of the sensor: the largest error, of 255 steps. */
  noise: readonly [weakest: number, strongest: number];
}

export const nuisances: Readonly<Record<Difficulty, Nuisance>> = {
  easy: { turn: 0.4, shade: 0.35, clutter: [0, 2], occluders: 0, dark: 0.05, thickest: 0.7, noise: [2, 8] },
  medium: { turn: 0.65, shade: 0.42, clutter: [1, 3], occluders: 1, dark: 0.15, thickest: 0.42, noise: [4, 15] },
  hard: { turn: 0.9, shade: 0.5, clutter: [2, 5], occluders: 2, dark: 0.3, thickest: 0.3, noise: [6, 20] },
};
