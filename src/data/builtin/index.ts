import { createRandom, deriveSeed } from "../../core";
import type { Dataset, Images } from "../dataset";
import { hashSplits } from "../hash";
import type { Difficulty } from "./difficulty";
import { builtinName } from "./names";
import { createPainter, imageSize, type Painter } from "./scene";
import { shapes } from "./shapes";

export { type Difficulty, difficulties } from "./difficulty";
export { builtinDifficulty, isBuiltin } from "./names";

interface BuiltinOptions {
  /** "medium" unless told. */
  difficulty?: Difficulty;
  /** Images to make, 8,000 and 4,000 unless told. */
  train?: number;
  validation?: number;
  seed?: number;
  /** Called now and then with the share done, 0 to 1. */
  onProgress?(share: number): void;
}

/**
 * Draws the built-in data set: 32x32x3 images of ten shapes. Image i is the same for any number of images, its class is
 * i modulo 10, and the bytes are the same on every device (only arithmetic that IEEE 754 fixes is used).
 */
export function createBuiltinDataset(options: BuiltinOptions = {}): Dataset {
  const { difficulty = "medium", train = 8000, validation = 4000, seed = 1, onProgress } = options;
  const total = train + validation;
  const paint = createPainter(difficulty);
  const trainImages = drawImages(train, deriveSeed(seed, "train"), paint, (done) => onProgress?.(done / total));
  const heldOut = drawImages(validation, deriveSeed(seed, "validation"), paint, (done) =>
    onProgress?.((train + done) / total),
  );
  const splits = { train: trainImages, validation: heldOut };
  return {
    name: builtinName(difficulty),
    hash: hashSplits(splits),
    height: imageSize,
    width: imageSize,
    channels: 3,
    classes: shapes.length,
    classNames: shapes.map(({ name }) => name),
    ...splits,
  };
}

function drawImages(count: number, seed: number, paint: Painter, onDone: (done: number) => void): Images {
  const bytes = imageSize * imageSize * 3;
  const pixels = new Uint8Array(count * bytes);
  const labels = Uint16Array.from({ length: count }, (_, i) => i % shapes.length);
  labels.forEach((label, i) => {
    paint(createRandom(deriveSeed(seed, i)), label, pixels.subarray(i * bytes, (i + 1) * bytes));
    if ((i + 1) % 500 === 0 || i + 1 === count) onDone(i + 1);
  });
  return { pixels, labels, count };
}
