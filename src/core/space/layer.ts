import type { Block, Skip } from "../architecture/architecture";
import { roundChannels } from "../architecture/channels";
import type { Decision } from "./space";
import { choose } from "./vector";

const operations = {
  conv: { operation: "conv", expansion: 1 },
  dconv: { operation: "dconv", expansion: 1 },
  mbconv3: { operation: "mbconv", expansion: 3 },
  mbconv6: { operation: "mbconv", expansion: 6 },
} as const;
const operationNames = Object.keys(operations) as (keyof typeof operations)[];
const kernels: readonly number[] = [3, 5];
const seRatios: readonly number[] = [0, 0.25];
const skips = ["pool", "identity", "none"] as const satisfies readonly Skip[];
const filterRatios = [0.75, 1, 1.25] as const;

/** What the skeleton says of a layer, or of a block of equal layers. */
export interface Base {
  filters: number;
  stride: 1 | 2;
  divisor: number;
}

/** The decisions of a layer: 4 x 2 x 2 x 3 x 3 = 144 choices (paper, section 4.1). */
export function layerDecisions(place: string): Decision[] {
  return [
    { name: `${place} operation`, choices: operationNames },
    { name: `${place} kernel`, choices: kernels },
    { name: `${place} SE ratio`, choices: seRatios },
    { name: `${place} skip`, choices: skips },
    { name: `${place} filters`, choices: filterRatios },
  ];
}

export const DECISIONS_PER_LAYER = 5;

/** The layer that the five decisions from `at` on say. @throws RangeError where one is no index of a choice. */
export function decodeLayer(decisions: readonly number[], at: number, base: Base): Omit<Block, "layers"> {
  return {
    ...operations[choose(operationNames, decisions, at)],
    kernel: choose(kernels, decisions, at + 1),
    seRatio: choose(seRatios, decisions, at + 2),
    skip: choose(skips, decisions, at + 3),
    filters: filtersAt(base, choose(filterRatios, decisions, at + 4)),
    stride: base.stride,
  };
}

/** The five decisions of a layer; -1 for what the space does not offer. */
export function encodeLayer(block: Block, base: Base): number[] {
  return [
    operationNames.findIndex(
      (name) => operations[name].operation === block.operation && operations[name].expansion === block.expansion,
    ),
    kernels.indexOf(block.kernel),
    seRatios.indexOf(block.seRatio),
    skips.indexOf(block.skip),
    filterRatios.findIndex((ratio) => filtersAt(base, ratio) === block.filters),
  ];
}

function filtersAt({ filters, divisor }: Base, ratio: number): number {
  return roundChannels(filters * ratio, divisor);
}
