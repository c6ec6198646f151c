import type { BlockArchitecture } from "../architecture";
import { parseBlock } from "../notation";

/** A network in the frame of MnasNet's reference code: ReLU, head of 1280 at every width, channels in eights. */
export function mobile(
  stemFilters: number,
  dropout: number,
  blocks: readonly string[],
  changes: Partial<BlockArchitecture> = {},
): BlockArchitecture {
  return {
    stem: { filters: stemFilters, stride: 2 },
    blocks: blocks.map(parseBlock),
    head: { filters: 1280, scaling: "never" },
    activation: "relu",
    dropout,
    divisor: 8,
    ...changes,
  };
}
