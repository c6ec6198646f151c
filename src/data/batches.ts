import { createRandom } from "../core";
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
 * shuffled anew each epoch; a batch may hold the end of one epoch and the beginning of the next.
 */
export function createBatches(prepared: PreparedDataset, batchSize: number, seed: number): { next(): Batch } {
  const random = createRandom(seed);
  const order = Uint32Array.from({ length: prepared.train.count }, (_, i) => i);
  const fill = createFiller(prepared, prepared.train, batchSize);
  const chosen = new Uint32Array(batchSize);
  let at = order.length;
  return {
    next() {
      for (let i = 0; i < batchSize; i++) {
        if (at === order.length) {
          random.shuffle(order);
          at = 0;
        }
        chosen[i] = order[at++] as number;
      }
      return fill(chosen);
    },
  };
}

/** All validation images in order, each once; the last batch may be smaller. */
export function* validationBatches(prepared: PreparedDataset, batchSize: number): Iterable<Batch> {
  const { count } = prepared.validation;
  const fill = createFiller(prepared, prepared.validation, batchSize);
  for (let start = 0; start < count; start += batchSize) {
    yield fill(Uint32Array.from({ length: Math.min(batchSize, count - start) }, (_, i) => start + i));
  }
}

function createFiller(prepared: PreparedDataset, source: Images, batchSize: number): (chosen: Uint32Array) => Batch {
  const { channels } = prepared;
  const length = prepared.inputSize * prepared.inputSize * channels;
  const values = normalisedValues(prepared);
  const images = new Float32Array(batchSize * length);
  const labels = new Uint16Array(batchSize);
  return (chosen) => {
    let at = 0;
    chosen.forEach((index, i) => {
      labels[i] = source.labels[index] as number;
      const end = (index + 1) * length;
      for (let from = index * length; from < end; from += channels) {
        for (let c = 0; c < channels; c++) {
          images[at++] = values[c * 256 + (source.pixels[from + c] as number)] as number;
        }
      }
    });
    const count = chosen.length;
    return { images: images.subarray(0, count * length), labels: labels.subarray(0, count), count };
  };
}

/** What each byte becomes, [channels, 256]. */
function normalisedValues({ channels, mean, deviation }: PreparedDataset): Float32Array {
  const smallest = 1 / 255; // a channel without contrast must not be divided by zero
  return Float32Array.from({ length: channels * 256 }, (_, i) => {
    const c = Math.floor(i / 256);
    return ((i % 256) / 255 - (mean[c] as number)) / Math.max(deviation[c] as number, smallest);
  });
}
