import { createRandom } from "../core";
import type { Dataset, Images } from "./dataset";
import { DataError } from "./errors";
import { hashSplits } from "./hash";
import type { IdxFile } from "./idx";
import { pairFiles } from "./idxPairs";
import type { ReadResult } from "./source";
import { stratifiedOrder, takeImages } from "./stratify";

/** Most images that are kept, so that every trainer can hold them all. */
const keptImages = { train: 20_000, validation: 5_000 } as const;

const fewestImages = 20;
const heldOutShare = 1 / 6;

/**
 * A data set from IDX files. One pair of images and labels is split: a sixth is held out, the classes in proportion.
 * Of two pairs ("train" and "t10k" or "test" in the names) the second is held out: it serves the search as validation
 * set, so accuracies on it are no longer those of an untouched test set. Which images are kept, where there are too many,
 * is the same each time.
 * @throws DataError
 */
export function idxDataset(files: readonly IdxFile[]): ReadResult {
  const { train, heldOut } = pairFiles(files);
  const all = train.images;
  for (const { name, images } of heldOut ? [train, heldOut] : [train]) {
    if (images.count >= fewestImages) continue;
    throw new DataError(`${name} holds ${images.count} images: at least ${fewestImages} are needed. Add images.`);
  }
  if (new Set(all.labels).size < 2) {
    throw new DataError(`${train.name} has one class only: every label is ${all.labels[0]}. Choose other labels.`);
  }

  const classes = countClasses(all.labels, heldOut?.images.labels);
  const order = shuffledOrder(all, classes);
  const splitAt = heldOut ? 0 : Math.min(Math.round(all.count * heldOutShare), keptImages.validation);
  const splits = {
    train: takeImages(all, order.subarray(splitAt, splitAt + keptImages.train)),
    validation: heldOut
      ? takeImages(heldOut.images, shuffledOrder(heldOut.images, classes).subarray(0, keptImages.validation))
      : takeImages(all, order.subarray(0, splitAt)),
  };
  const { height, width, channels } = train;
  const name = train.name.replace(/\.gz$/i, "");
  const dataset: Dataset = { name, hash: hashSplits(splits), height, width, channels, classes, ...splits };
  return { dataset, remarks: [...leftOut(dataset, all.count, heldOut?.images.count), ...missingClasses(dataset)] };
}

function shuffledOrder(images: Images, classes: number): Uint32Array {
  return stratifiedOrder(images.labels, classes, createRandom(1));
}

function countClasses(...labels: (Uint16Array | undefined)[]): number {
  let largest = 0;
  for (const list of labels) for (const label of list ?? []) largest = Math.max(largest, label);
  return largest + 1;
}

function leftOut({ train, validation }: Dataset, total: number, heldOutTotal?: number): string[] {
  const number = (value: number) => value.toLocaleString("en");
  if (heldOutTotal === undefined) {
    const rest = total - train.count - validation.count;
    const split = `${number(validation.count)} of ${number(total)} images are held out for validation`;
    return [rest > 0 ? `${split}, ${number(train.count)} are kept for training, the rest is left out.` : `${split}.`];
  }
  const remarks: string[] = [];
  if (train.count < total) {
    remarks.push(`${number(train.count)} of ${number(total)} training images are kept, the classes in proportion.`);
  }
  if (validation.count < heldOutTotal) {
    remarks.push(`${number(validation.count)} of ${number(heldOutTotal)} held-out images are kept for validation.`);
  }
  return remarks;
}

function missingClasses({ classes, train, validation }: Dataset): string[] {
  const numbers = Array.from({ length: classes }, (_, i) => i);
  const without = ({ labels }: Images) => {
    const present = new Set(labels);
    return numbers.filter((label) => !present.has(label));
  };
  const remark = (split: string, missing: number[]) =>
    missing.length === 0
      ? []
      : [`No ${split} image for ${missing.length === 1 ? "class" : "classes"} ${list(missing)}.`];
  return [...remark("training", without(train)), ...remark("held-out", without(validation))];
}

function list(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 8).join(", ");
  return numbers.length > 8 ? `${shown} and ${numbers.length - 8} more` : shown;
}
