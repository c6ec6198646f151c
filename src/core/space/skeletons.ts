import {
  type Architecture,
  type Block,
  type BlockArchitecture,
  isCellArchitecture,
} from "../architecture/architecture";
import { architectureKey } from "../architecture/key";

/** What the search leaves fixed: where the network strides, and the layers and filters it starts from. */
export interface Skeleton {
  name: string;
  frame: Omit<BlockArchitecture, "blocks">;
  blocks: readonly { filters: number; layers: number; stride: 1 | 2 }[];
}

/**
 * Five blocks for a browser: enough capacity for small images at proxy scale, tens of milliseconds on a phone's GPU at
 * deploy scale. Every block starts from at least two layers, so that its three depths differ. Channels go in fours, the
 * width of a WebGL texel and of a SIMD register.
 */
export const browserSkeleton: Skeleton = {
  name: "browser",
  frame: {
    stem: { filters: 16, stride: 2 },
    head: { filters: 256, scaling: "always" },
    activation: "relu6",
    dropout: 0,
    divisor: 4,
  },
  blocks: [
    { filters: 16, layers: 2, stride: 1 },
    { filters: 24, layers: 2, stride: 2 },
    { filters: 40, layers: 3, stride: 2 },
    { filters: 64, layers: 3, stride: 1 },
    { filters: 96, layers: 2, stride: 2 },
  ],
};

/** MobileNetV2's seven blocks, from which the paper searches. */
export const mobilenetV2Skeleton: Skeleton = {
  name: "mobilenet-v2",
  frame: {
    stem: { filters: 32, stride: 2 },
    head: { filters: 1280, scaling: "never" },
    activation: "relu",
    dropout: 0.2,
    divisor: 8,
  },
  blocks: [
    { filters: 16, layers: 1, stride: 1 },
    { filters: 24, layers: 2, stride: 2 },
    { filters: 32, layers: 3, stride: 2 },
    { filters: 64, layers: 4, stride: 2 },
    { filters: 96, layers: 3, stride: 1 },
    { filters: 160, layers: 3, stride: 2 },
    { filters: 320, layers: 1, stride: 1 },
  ],
};

/**
 * The blocks of an architecture, each beside the base that it varies.
 * @throws RangeError where the architecture has another frame, or blocks or strides that are not the bases'.
 */
export function blocksOn<Base extends { stride: 1 | 2 }>(
  { name, frame }: Skeleton,
  bases: readonly Base[],
  architecture: Architecture,
): [Block, Base][] {
  const sameFrame =
    !isCellArchitecture(architecture) &&
    architectureKey({ ...architecture, blocks: [] }) === architectureKey({ ...frame, blocks: [] });
  if (!sameFrame || architecture.blocks.length !== bases.length) {
    throw new RangeError(`This architecture is not built on the ${name} skeleton.`);
  }
  return bases.map((base, index) => {
    const block = architecture.blocks[index] as Block;
    if (block.stride !== base.stride || (block.activation ?? frame.activation) !== frame.activation) {
      throw new RangeError(
        `The space does not hold this architecture: block ${index + 1} has another stride or activation.`,
      );
    }
    return [block, base];
  });
}
