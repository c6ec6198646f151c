import { type Augmentation, createRandom } from "../core";
import { createAugmenter } from "./augment";
import type { Images } from "./dataset";
import type { PreparedDataset } from "./prepare";

/** Normalised images with their classes. The arrays are filled anew by the next batch: copy what must last longer. */
export interface Batch {
  /** [count, inputSize, inputSize, channels]: per channel (value - mean) / deviation of the training images. */
  images: Float32Array;
  labels: Uint16Array;
  count: number;
}

/**
 * Training batches without end, always of `batchSize` images. Every image comes once an epoch, in an order that is
 * shuffled anew each epoch; a batch may hold the end of one epoch and the beginning of the next. Augmentation, where
 * given, varies the images but not their order.
 */
export function createBatches(
  prepared: PreparedDataset,
  batchSize: number,
  seed: number,
  augmentation?: Augmentation,
): { next(): Batch } {
  const random = createRandom(seed);
  const order = Uint32Array.from({ length: prepared.train.count }, (_, i) => i);
  const batch = emptyBatch(prepared, batchSize);
  const put = createFiller(prepared, prepared.train, batch);
  const augment = augmentation && createAugmenter(augmentation, prepared, seed);
  let at = order.length;
  return {
    next() {
      for (let i = 0; i < batchSize; i++) {
        if (at === order.length) {
          random.shuffle(order);
          at = 0;
        }
        put(i, order[at++] as number);
      }
      augment?.(batch.images, batchSize);
      return batch;
    },
  };
}

/** All validation images in order, each once; the last batch may be smaller. */
export function* validationBatches(prepared: PreparedDataset, batchSize: number): Iterable<Batch> {
  const total = prepared.validation.count;
  const batch = emptyBatch(prepared, batchSize);
  const put = createFiller(prepared, prepared.validation, batch);
  for (let start = 0; start < total; start += batchSize) {
    const count = Math.min(batchSize, total - start);
    for (let i = 0; i < count; i++) put(i, start + i);
    yield count === batchSize ? batch : firstOf(batch, count);
  }
}

function emptyBatch({ inputSize, channels }: PreparedDataset, count: number): Batch {
  const images = new Float32Array(count * inputSize * inputSize * channels);
  return { images, labels: new Uint16Array(count), count };
}

function firstOf({ images, labels, count: all }: Batch, count: number): Batch {
  return { images: images.subarray(0, (images.length / all) * count), labels: labels.subarray(0, count), count };
}

/** Puts image `index` of the source, normalised, into place `i` of the batch. */
function createFiller(prepared: PreparedDataset, source: Images, batch: Batch): (i: number, index: number) => void {
  const { inputSize, channels } = prepared;
  const length = inputSize * inputSize * channels;
  const values = normalisedValues(prepared);
  return (i, index) => {
    batch.labels[i] = source.labels[index] as number;
    normalise(source.pixels, index * length, batch.images, i * length, length, values, channels);
  };
}

/** A function of its own, with plain arguments: in a closure the same loop takes twice as long in V8. */
function normalise(
  pixels: Uint8Array,
  from: number,
  images: Float32Array,
  to: number,
  length: number,
  values: Float32Array,
  channels: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let at = c; at < length; at += channels) {
      images[to + at] = values[c * 256 + (pixels[from + at] as number)] as number;
    }
  }
}

/** What each byte becomes, [channels, 256]. */
function normalisedValues({ channels, mean, deviation }: PreparedDataset): Float32Array {
  return Float32Array.from({ length: channels * 256 }, (_, i) => {
    const c = Math.floor(i / 256);
    return ((i % 256) / 255 - (mean[c] as number)) / (deviation[c] as number);
  });
}
