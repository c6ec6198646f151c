import type { Network } from "../core";
import { type Dataset, type PreparedDataset, prepare } from "../data";
import type { TrainingJob } from "./engine";

export type Preparer = (job: Pick<TrainingJob, "network" | "dataset" | "recipe">) => PreparedDataset;

/**
 * Brings a job's data set to its network's input size. Resampling takes as long as several steps, so the last result is
 * kept: one serves all jobs of a study. The preparer throws a RangeError where the network is not made for the data set.
 */
export function createPreparer(): Preparer {
  let last: { key: Parameters<typeof prepare>; value: PreparedDataset } | undefined;
  return ({ network, dataset, recipe }) => {
    checkFit(network, dataset);
    const key: Parameters<typeof prepare> = [dataset, network.scale.inputSize, recipe.validationImages];
    if (!last || key.some((part, i) => part !== last?.key[i])) last = { key, value: prepare(...key) };
    return last.value;
  };
}

function checkFit({ scale }: Network, { name, classes, channels }: Dataset): void {
  if (scale.classes !== classes || scale.channels !== channels) {
    throw new RangeError(
      `The network is for ${scale.classes} classes and ${scale.channels} channels, ` +
        `but "${name}" has ${classes} classes and ${channels} channels.`,
    );
  }
}
