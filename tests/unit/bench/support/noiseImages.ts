import { createRandom } from "../../../../src/core";
import type { Dataset, Images } from "../../../../src/data";

/** Noise in four classes, [n, 16, 16, 1]: something to train on for a few steps. */
export const noiseImages: Dataset = {
  name: "noise",
  hash: "",
  height: 16,
  width: 16,
  channels: 1,
  classes: 4,
  train: noise(64, 1),
  validation: noise(48, 2),
};

function noise(count: number, seed: number): Images {
  const random = createRandom(seed);
  const pixels = Uint8Array.from({ length: count * 256 }, () => random.integer(256));
  return { pixels, labels: Uint16Array.from({ length: count }, (_, i) => i % 4), count };
}
