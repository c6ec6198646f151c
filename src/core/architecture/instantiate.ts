import { type Architecture, isCellArchitecture, type Scale } from "./architecture";
import { createBuilder } from "./builder";
import { appendBlocks } from "./instantiateBlocks";
import { appendCells } from "./instantiateCells";
import type { Network } from "./network";

/**
 * The network that an architecture is at a scale. Every node leads to the logits: what a cell computes and does not
 * use is left out.
 *
 * @throws RangeError where a scale is out of range, or a cell names a hidden state that it does not have.
 */
export function instantiate(architecture: Architecture, scale: Scale): Network {
  checkScale(scale);
  const { inputSize, widthMultiplier, classes, channels = 3 } = scale;
  const full = { inputSize, widthMultiplier, classes, channels };
  const builder = createBuilder(full);
  if (isCellArchitecture(architecture)) appendCells(builder, architecture, full);
  else appendBlocks(builder, architecture, full);
  return builder.finish();
}

function checkScale({ inputSize, widthMultiplier, classes, channels = 3 }: Scale): void {
  if (!Number.isInteger(inputSize) || inputSize < 8 || inputSize > 1024) {
    throw new RangeError(`Input size must be a whole number from 8 to 1024 px, not ${inputSize}.`);
  }
  if (!(widthMultiplier >= 0.1 && widthMultiplier <= 4)) {
    throw new RangeError(`Width multiplier must be from 0.1 to 4, not ${widthMultiplier}.`);
  }
  if (!Number.isInteger(classes) || classes < 2 || classes > 1000) {
    throw new RangeError(`Classes must be a whole number from 2 to 1000, not ${classes}.`);
  }
  if (channels !== 1 && channels !== 3) throw new RangeError(`An image has 1 or 3 channels, not ${channels}.`);
}
