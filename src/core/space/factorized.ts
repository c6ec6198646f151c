import type { Architecture, Block, Skip } from "../architecture/architecture";
import { roundChannels } from "../architecture/channels";
import { architectureKey } from "../architecture/notation";
import type { Skeleton } from "./skeletons";
import type { Decision, Space } from "./space";

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
const layerOffsets = [-1, 0, 1] as const;

const DECISIONS_PER_BLOCK = 6;

/**
 * The paper's factorized hierarchical space over a skeleton: 4 x 2 x 2 x 3 x 3 x 3 = 432 choices a block (section 4.1).
 * A block keeps at least one layer, so that a skeleton's single-layer block has two depths and not three.
 */
export function createFactorizedSpace(skeleton: Skeleton): Space {
  return {
    name: `factorized-${skeleton.name}`,
    decisions: skeleton.blocks.flatMap((_, index) => blockDecisions(index + 1)),
    decode(decisions) {
      checkLength(decisions, skeleton);
      const blocks = skeleton.blocks.map((_, index) => decodeBlock(decisions, index, skeleton));
      return { ...skeleton.frame, blocks };
    },
    encode(architecture) {
      if (architecture.blocks.length !== skeleton.blocks.length || !sameFrame(architecture, skeleton)) {
        throw new RangeError(`This architecture is not built on the ${skeleton.name} skeleton.`);
      }
      return architecture.blocks.flatMap((block, index) => encodeBlock(block, index, skeleton));
    },
  };
}

function blockDecisions(number: number): Decision[] {
  return [
    { name: `block ${number} operation`, choices: operationNames },
    { name: `block ${number} kernel`, choices: kernels },
    { name: `block ${number} SE ratio`, choices: seRatios },
    { name: `block ${number} skip`, choices: skips },
    { name: `block ${number} filters`, choices: filterRatios },
    { name: `block ${number} layers`, choices: layerOffsets },
  ];
}

function decodeBlock(decisions: readonly number[], index: number, skeleton: Skeleton): Block {
  const at = index * DECISIONS_PER_BLOCK;
  const base = skeleton.blocks[index] as Skeleton["blocks"][number];
  return {
    ...operations[choose(operationNames, decisions, at)],
    kernel: choose(kernels, decisions, at + 1),
    seRatio: choose(seRatios, decisions, at + 2),
    skip: choose(skips, decisions, at + 3),
    filters: filtersAt(base.filters, choose(filterRatios, decisions, at + 4), skeleton),
    layers: layersAt(base.layers, choose(layerOffsets, decisions, at + 5)),
    stride: base.stride,
  };
}

function encodeBlock(block: Block, index: number, skeleton: Skeleton): number[] {
  const base = skeleton.blocks[index] as Skeleton["blocks"][number];
  const vector = [
    operationNames.findIndex(
      (name) => operations[name].operation === block.operation && operations[name].expansion === block.expansion,
    ),
    kernels.indexOf(block.kernel),
    seRatios.indexOf(block.seRatio),
    skips.indexOf(block.skip),
    filterRatios.findIndex((ratio) => filtersAt(base.filters, ratio, skeleton) === block.filters),
    layerOffsets.findIndex((offset) => layersAt(base.layers, offset) === block.layers),
  ];
  const foreign = vector.indexOf(-1);
  if (foreign >= 0 || block.stride !== base.stride) {
    const what = foreign < 0 ? "stride" : (blockDecisions(index + 1)[foreign] as Decision).name;
    throw new RangeError(`The space does not hold this architecture: ${what} is none of its choices.`);
  }
  return vector;
}

function filtersAt(filters: number, ratio: number, skeleton: Skeleton): number {
  return roundChannels(filters * ratio, skeleton.frame.divisor);
}

function layersAt(layers: number, offset: number): number {
  return Math.max(1, layers + offset);
}

function choose<Choice>(choices: readonly Choice[], decisions: readonly number[], at: number): Choice {
  const index = decisions[at] as number;
  if (!Number.isInteger(index) || index < 0 || index >= choices.length) {
    throw new RangeError(`Decision ${at} must be a whole number from 0 to ${choices.length - 1}, not ${index}.`);
  }
  return choices[index] as Choice;
}

function checkLength(decisions: readonly number[], skeleton: Skeleton): void {
  const expected = skeleton.blocks.length * DECISIONS_PER_BLOCK;
  if (decisions.length !== expected) {
    throw new RangeError(`The ${skeleton.name} space takes ${expected} decisions, not ${decisions.length}.`);
  }
}

function sameFrame(architecture: Architecture, { frame }: Skeleton): boolean {
  return architectureKey({ ...architecture, blocks: [] }) === architectureKey({ ...frame, blocks: [] });
}
