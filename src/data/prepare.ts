import type { Dataset, Images } from "./dataset";
import { resample } from "./resample";
import { type ChannelStatistics, channelStatistics } from "./statistics";
import { stratifiedOrder, takeImages } from "./stratify";

/** A data set at a network's input size, with what is needed to normalise it. */
export interface PreparedDataset extends ChannelStatistics {
  /** Height and width, px. */
  inputSize: number;
  channels: number;
  classes: number;
  /** Bytes [n, inputSize, inputSize, channels]. */
  train: Images;
  validation: Images;
}

/**
 * Brings a data set to a network's square input size, once for many batches. The validation images are the first
 * `validationImages` (or all, where there are fewer) of a class-stratified order, so that accuracy on few of them is
 * still balanced. `mean` and `deviation` (scale 0 to 1) come from the resampled training images alone.
 */
export function prepare(dataset: Dataset, inputSize: number, validationImages: number): PreparedDataset {
  const train = resample(dataset.train, dataset, inputSize);
  const order = stratifiedOrder(dataset.validation.labels, dataset.classes);
  const validation = resample(takeImages(dataset.validation, order.subarray(0, validationImages)), dataset, inputSize);
  const { channels, classes } = dataset;
  return { inputSize, channels, classes, train, validation, ...channelStatistics(train.pixels, channels) };
}
