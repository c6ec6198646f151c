import { cos, type Random, sin } from "../../core";
import { between } from "./chance";
import type { Canvas } from "./layers";

/** Turns what was painted into bytes: brighter on one side, under or over exposed, tinted, with a sensor's noise. */
export function expose({ size, light }: Canvas, random: Random, target: Uint8Array): void {
  const angle = between(random, -Math.PI, Math.PI);
  const slope = between(random, 0, 0.6);
  const [across, down] = [slope * cos(angle), slope * sin(angle)];
  const exposure = between(random, 0.65, 1.15);
  const tint = [between(random, 0.85, 1.1), between(random, 0.85, 1.1), between(random, 0.85, 1.1)] as const;
  const noise = between(random, 4, 12);
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const brightness = 255 * exposure * (1 + across * (x / size - 0.5) + down * (y / size - 0.5));
      const error = noise * (random.uniform() + random.uniform() - 1);
      for (let k = 0; k < 3; k++, at++) {
        const value = brightness * (tint[k] as number) * (light[at] as number) + error;
        target[at] = Math.min(Math.max(Math.floor(value + 0.5), 0), 255);
      }
    }
  }
}
