import type { Block, BlockArchitecture } from "../architecture/architecture";
import { DECISIONS_PER_LAYER, decodeLayer, encodeLayer, layerDecisions } from "./layer";
import { blocksOn, type Skeleton } from "./skeletons";
import type { Space } from "./space";
import { checkFound, checkLength } from "./vector";

/**
 * The flat space over a skeleton, which the paper compares with the factorized one (section 4.1: S^(B x N) against S^B):
 * every layer is free, and is a block of its own. The number of layers is the skeleton's.
 */
export function createFlatSpace(skeleton: Skeleton): Space<BlockArchitecture> {
  const layers = skeleton.blocks.flatMap(({ filters, layers, stride }, block) =>
    Array.from({ length: layers }, (_, layer) => ({
      name: `block ${block + 1} layer ${layer + 1}`,
      layers: 1,
      filters,
      stride: layer === 0 ? stride : (1 as const),
      divisor: skeleton.frame.divisor,
    })),
  );
  const decisions = layers.flatMap(({ name }) => layerDecisions(name));
  return {
    name: `flat-${skeleton.name}`,
    decisions,
    decode(vector) {
      checkLength(vector, decisions.length, `flat ${skeleton.name}`);
      const blocks = layers.map((base, index): Block => {
        return { ...decodeLayer(vector, index * DECISIONS_PER_LAYER, base), layers: 1 };
      });
      return { ...skeleton.frame, blocks };
    },
    encode(architecture) {
      const vector = blocksOn(skeleton, layers, architecture).flatMap(([block, base]) => encodeLayer(block, base));
      return checkFound(vector, decisions);
    },
  };
}
