import {
  type Architecture,
  type Block,
  instantiate,
  type Network,
  type Node,
  networkMultiplyAdds,
  networkParameters,
  type Place,
  type Scale,
  type Shape,
} from "../core";
import type { ExpandedLayer, Expansion } from "./schema/architecture";

/**
 * An architecture at a scale, layer by layer, with shapes and counts: stem, blocks, head.
 * @throws RangeError where the scale is out of range.
 */
export function expand(architecture: Architecture, scale: Scale): Expansion {
  const network = instantiate(architecture, scale);
  const nodesOf = (block: Place["block"]) => network.nodes.filter((node) => node.place.block === block);
  return {
    scale: network.scale,
    ...countsOf(network, network.nodes),
    blocks: [
      { name: "stem", layers: nodesOf("stem").map((node) => frameLayer(network, node)) },
      ...architecture.blocks.map((block, index) => ({
        name: `block ${index + 1}`,
        layers: blockLayers(network, block, nodesOf(index)),
      })),
      {
        name: "head",
        layers: nodesOf("head")
          .filter(({ kind }) => kind !== "dropout")
          .map((node) => frameLayer(network, node)),
      },
    ],
  };
}

function blockLayers(network: Network, block: Block, nodes: readonly Node[]): ExpandedLayer[] {
  const { operation, expansion, kernel, seRatio, skip, stride } = block;
  return Array.from({ length: block.layers }, (_, layer) => {
    const group = nodes.filter(({ place }) => place.layer === layer);
    return {
      operation,
      expansion,
      kernel,
      stride: layer === 0 ? stride : 1,
      seRatio,
      skip: group.some(({ kind }) => kind === "add") ? skip : "none",
      ...ends(group),
      ...countsOf(network, group),
    };
  });
}

/** A layer of stem or head, which is one node. */
function frameLayer(network: Network, node: Node): ExpandedLayer {
  const measures = { ...ends([node]), ...countsOf(network, [node]) };
  switch (node.kind) {
    case "conv":
      return { operation: "conv", kernel: node.kernel, stride: node.stride === 2 ? 2 : 1, ...measures };
    case "globalPool":
    case "dense":
      return { operation: node.kind, ...measures };
    default:
      throw new TypeError(`Stem and head hold no ${node.kind}.`);
  }
}

function ends(nodes: readonly Node[]): Pick<ExpandedLayer, "input" | "output"> {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (!first || !last) throw new TypeError("A layer holds at least one node.");
  return { input: sides(first.input), output: sides(last.output) };
}

function sides({ height, width, channels }: Shape): [number, number, number] {
  return [height, width, channels];
}

function countsOf({ scale }: Network, nodes: readonly Node[]): Pick<Expansion, "parameters" | "multiplyAdds"> {
  const part = { scale, nodes };
  return { parameters: networkParameters(part), multiplyAdds: networkMultiplyAdds(part) };
}
