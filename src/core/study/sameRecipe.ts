import type { Recipe } from "./settings";

/** Whether two recipes train alike, in whatever order their fields were written. */
export function sameRecipe(a: Recipe, b: Recipe): boolean {
  const text = ({ augmentation: { flip, shift, cutout }, ...rest }: Recipe) =>
    JSON.stringify([Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)), flip, shift, cutout]);
  return text(a) === text(b);
}
