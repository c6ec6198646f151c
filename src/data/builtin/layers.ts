import { cos, sin } from "../../core";
import type { Colour } from "./chance";
import { distanceAt, type Outline } from "./outlines";
import { extent } from "./shapes";
import type { Texture } from "./textures";

/** Where a shape lies: centre and radius in px, turned clockwise (radians), longer than wide by `stretch`. */
export interface Pose {
  x: number;
  y: number;
  radius: number;
  angle: number;
  stretch: number;
}

/** A surface of two colours. */
export interface Paint {
  colours: readonly [Colour, Colour];
  texture: Texture;
}

export interface Layer {
  shape: Outline;
  pose: Pose;
  paint: Paint;
  opacity: number;
  /** Px over which the edge fades: 1 is sharp. */
  edge: number;
}

/** Light collected per pixel, [size, size, 3]. */
export interface Canvas {
  size: number;
  light: Float64Array;
}

/** Covers the whole canvas. */
export function fill({ size, light }: Canvas, { colours, texture }: Paint, angle: number): void {
  const [first, second] = colours;
  const [c, s] = [cos(angle), sin(angle)];
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const share = texture(c * x + s * y, c * y - s * x);
      for (let k = 0; k < 3; k++) light[at++] = (first[k] as number) * (1 - share) + (second[k] as number) * share;
    }
  }
}

/** Draws a shape over what is there, anti-aliased by its distance. Its texture turns with it. */
export function draw({ size, light }: Canvas, { shape, pose, paint, opacity, edge }: Layer): void {
  const [first, second] = paint.colours;
  const { radius, stretch } = pose;
  const [c, s] = [cos(pose.angle), sin(pose.angle)];
  const reach = extent * radius * Math.max(stretch, 1 / stretch) + edge;
  const clip = (position: number) => Math.min(Math.max(Math.floor(position), 0), size);
  const [left, right] = [clip(pose.x - reach), clip(pose.x + reach + 1)];
  for (let y = clip(pose.y - reach); y < clip(pose.y + reach + 1); y++) {
    for (let x = left; x < right; x++) {
      const dx = x + 0.5 - pose.x;
      const dy = y + 0.5 - pose.y;
      if (dx * dx + dy * dy > reach * reach) continue;
      const u = c * dx + s * dy;
      const v = c * dy - s * dx;
      const distance = radius * distanceAt(shape, u / (radius * stretch), (v * stretch) / radius);
      const cover = opacity * Math.min(Math.max(0.5 - distance / edge, 0), 1);
      if (cover === 0) continue;
      const share = paint.texture(u, v);
      const at = (y * size + x) * 3;
      for (let k = 0; k < 3; k++) {
        const colour = (first[k] as number) * (1 - share) + (second[k] as number) * share;
        light[at + k] = (light[at + k] as number) * (1 - cover) + colour * cover;
      }
    }
  }
}
