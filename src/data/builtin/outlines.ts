import { type Distance, extent } from "./shapes";

const cells = 64;
const side = cells + 1;

/** A shape's signed distances on a grid over -extent to extent, row by row. */
export type Outline = Float64Array;

/** Reading a grid is quicker than a polygon's own distance, which takes as many steps as there are edges. */
export function outlineOf(distance: Distance): Outline {
  const place = (i: number) => (2 * i * extent) / cells - extent;
  return Float64Array.from({ length: side * side }, (_, i) => distance(place(i % side), place(Math.floor(i / side))));
}

/** Interpolated between the points of the grid; beyond it, the value at its border. */
export function distanceAt(outline: Outline, x: number, y: number): number {
  const across = Math.min(Math.max((x + extent) * (cells / (2 * extent)), 0), cells);
  const down = Math.min(Math.max((y + extent) * (cells / (2 * extent)), 0), cells);
  const column = Math.min(Math.floor(across), cells - 1);
  const row = Math.min(Math.floor(down), cells - 1);
  const right = across - column;
  const below = down - row;
  const at = row * side + column;
  const upper = (outline[at] as number) * (1 - right) + (outline[at + 1] as number) * right;
  const lower = (outline[at + side] as number) * (1 - right) + (outline[at + side + 1] as number) * right;
  return upper * (1 - below) + lower * below;
}
