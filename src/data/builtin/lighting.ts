import { cos, createRandom, type Random, sin } from "../../core";
import { between } from "./chance";
import type { Nuisance } from "./difficulty";
import type { Canvas } from "./layers";

/**
 * Turns what was painted into bytes: brighter on one side, under or over exposed, tinted, seen through haze, with a
 * sensor's noise.
 */
export function expose(
  { size, light }: Canvas,
  random: Random,
  nuisance: Nuisance,
  tape: Float64Array,
  target: Uint8Array,
): void {
  const angle = between(random, -Math.PI, Math.PI);
  const slope = between(random, 0, 0.6);
  const [across, down] = [slope * cos(angle), slope * sin(angle)];
  const exposure = between(random, 0.65, 1.15);
  const tint = [between(random, 0.85, 1.1), between(random, 0.85, 1.1), between(random, 0.85, 1.1)] as const;
  const contrast = between(random, nuisance.thickest, 1);
  const haze = (1 - contrast) * between(random, 0, 255);
  const noise = between(random, ...nuisance.noise);
  const stride = 2 * random.integer(tape.length / 2) + 1;
  let place = random.integer(tape.length);
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const brightness = 255 * exposure * (1 + across * (x / size - 0.5) + down * (y / size - 0.5));
      const veil = haze + noise * (tape[place] as number);
      place = (place + stride) & (tape.length - 1);
      for (let k = 0; k < 3; k++, at++) {
        const value = brightness * (tint[k] as number) * (light[at] as number) * contrast + veil;
        target[at] = Math.min(Math.max(Math.floor(value + 0.5), 0), 255);
      }
    }
  }
}

/**
 * Noise of a sensor in -1 to 1, most often near 0, made once for all images: each reads it from a place of its own, in a
 * stride of its own. Its length is a power of two.
 */
export function noiseTape(): Float64Array {
  const random = createRandom(1);
  return Float64Array.from({ length: 1 << 16 }, () => random.uniform() + random.uniform() - 1);
}
