import type { Random } from "../../core";
import { between } from "./chance";

/** Share of the second colour at a point, 0 to 1. Coordinates in px. */
export type Texture = (x: number, y: number) => number;

const kinds: readonly ((random: Random) => Texture)[] = [plain, stripes, checks, dots, grain];

/** One of the kinds at random, with its own period and contrast. */
export function createTexture(random: Random): Texture {
  const kind = kinds[random.integer(kinds.length)] as (random: Random) => Texture;
  const texture = kind(random);
  const contrast = between(random, 0.4, 1);
  return (x, y) => contrast * texture(x, y);
}

function plain(): Texture {
  return () => 0;
}

function stripes(random: Random): Texture {
  const period = between(random, 3.5, 8);
  const phase = random.uniform();
  return (x) => smoothStep(4 * wave(x / period + phase) - 1.5);
}

function checks(random: Random): Texture {
  const period = between(random, 5, 10);
  const phase = random.uniform();
  return (x, y) => {
    const across = smoothStep(period * (wave(x / period + phase) - 0.5) + 0.5);
    const down = smoothStep(period * (wave(y / period) - 0.5) + 0.5);
    return across + down - 2 * across * down;
  };
}

function dots(random: Random): Texture {
  const period = between(random, 4, 8);
  const phase = random.uniform();
  const radius = between(random, 0.25, 0.36) * period;
  return (x, y) => {
    const dx = period * (wave(x / period + phase) / 2);
    const dy = period * (wave(y / period) / 2);
    return smoothStep(radius - Math.sqrt(dx * dx + dy * dy) + 0.5);
  };
}

/** Random values on a grid, interpolated between its points. */
function grain(random: Random): Texture {
  const side = 16;
  const values = Float64Array.from({ length: side * side }, () => random.uniform());
  const period = between(random, 1.8, 5);
  const at = (i: number, j: number) => values[(i & (side - 1)) * side + (j & (side - 1))] as number;
  return (x, y) => {
    const column = Math.floor(x / period);
    const row = Math.floor(y / period);
    const right = smoothStep(x / period - column);
    const down = smoothStep(y / period - row);
    const upper = at(row, column) * (1 - right) + at(row, column + 1) * right;
    const lower = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
    return upper * (1 - down) + lower * down;
  };
}

/** Triangle wave of period 1 between 0 (at whole numbers) and 1. */
function wave(t: number): number {
  return Math.abs(2 * (t - Math.floor(t + 0.5)));
}

/** 0 below 0, 1 above 1, smooth between. */
function smoothStep(t: number): number {
  const share = Math.min(Math.max(t, 0), 1);
  return share * share * (3 - 2 * share);
}
