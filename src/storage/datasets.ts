import type { Dataset, Images } from "../data/dataset";
import { StorageError } from "./storageError";

/** A data set on disk: the bytes of its arrays. */
export type DatasetRow = Omit<Dataset, "train" | "validation"> & { train: ImagesRow; validation: ImagesRow };

interface ImagesRow {
  pixels: ArrayBuffer;
  labels: ArrayBuffer;
  count: number;
}

export function toDatasetRow(dataset: Dataset): DatasetRow {
  return { ...dataset, train: toImagesRow(dataset.train), validation: toImagesRow(dataset.validation) };
}

/** @throws StorageError "damaged" where the bytes do not make the images that the row promises. */
export function fromDatasetRow(row: DatasetRow): Dataset {
  return { ...row, train: fromImagesRow(row.train, row), validation: fromImagesRow(row.validation, row) };
}

/** Copies: a view would store all of the buffer that it looks into, and shared memory cannot be stored at all. */
function toImagesRow({ pixels, labels, count }: Images): ImagesRow {
  return { pixels: pixels.slice().buffer, labels: labels.slice().buffer, count };
}

function fromImagesRow(row: ImagesRow, dataset: DatasetRow): Images {
  const { height, width, channels, classes } = dataset;
  const pixels = new Uint8Array(row.pixels);
  const labels = new Uint16Array(row.labels);
  const whole = pixels.length === row.count * height * width * channels && labels.length === row.count;
  if (!whole || labels.some((label) => label >= classes)) {
    throw new StorageError(
      "damaged",
      `The images of "${dataset.name}" that were kept here are damaged: choose them again.`,
    );
  }
  return { pixels, labels, count: row.count };
}
