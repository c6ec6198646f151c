import type { Block, BlockArchitecture } from "../architecture/architecture";
import { DECISIONS_PER_LAYER, decodeLayer, encodeLayer, layerDecisions } from "./layer";
import { blocksOn, type Skeleton } from "./skeletons";
import type { Decision, Space } from "./space";
import { checkFound, checkLength, choose } from "./vector";

const layerOffsets = [-1, 0, 1] as const;

const DECISIONS_PER_BLOCK = DECISIONS_PER_LAYER + 1;

/**
 * The paper's factorized hierarchical space over a skeleton: 144 layers x 3 depths = 432 choices a block (section 4.1).
 * A block keeps at least one layer, so that a skeleton's single-layer block has two depths and not three.
 */
export function createFactorizedSpace(skeleton: Skeleton): Space<BlockArchitecture> {
  const decisions = skeleton.blocks.flatMap((_, index) => blockDecisions(`block ${index + 1}`));
  const bases = skeleton.blocks.map((block) => ({ ...block, divisor: skeleton.frame.divisor }));
  return {
    name: `factorized-${skeleton.name}`,
    decisions,
    decode(vector) {
      checkLength(vector, decisions.length, skeleton.name);
      const blocks = bases.map((base, index): Block => {
        const at = index * DECISIONS_PER_BLOCK;
        const layer = decodeLayer(vector, at, base);
        return { ...layer, layers: layersAt(base.layers, choose(layerOffsets, vector, at + DECISIONS_PER_LAYER)) };
      });
      return { ...skeleton.frame, blocks };
    },
    encode(architecture) {
      const vector = blocksOn(skeleton, bases, architecture).flatMap(([block, base]) => [
        ...encodeLayer(block, base),
        layerOffsets.findIndex((offset) => layersAt(base.layers, offset) === block.layers),
      ]);
      return checkFound(vector, decisions);
    },
  };
}

function blockDecisions(place: string): Decision[] {
  return [...layerDecisions(place), { name: `${place} layers`, choices: layerOffsets }];
}

function layersAt(layers: number, offset: number): number {
  return Math.max(1, layers + offset);
}
