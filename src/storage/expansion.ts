import {
  type Architecture,
  type Block,
  type BlockArchitecture,
  type CellArchitecture,
  instantiate,
  isCellArchitecture,
  listCells,
  type Network,
  type Node,
  networkMultiplyAdds,
  networkParameters,
  type Place,
  type Scale,
  type Shape,
} from "../core";
import type { ExpandedLayer, Expansion } from "./schema/architecture";

type Part = Expansion["blocks"][number];

/**
 * An architecture at a scale, with shapes and counts: stem, blocks layer by layer or cells, head. A cell that no other
 * reads is left out.
 * @throws RangeError where the scale is out of range.
 */
export function expand(architecture: Architecture, scale: Scale): Expansion {
  const network = instantiate(architecture, scale);
  const between = isCellArchitecture(architecture) ? cells(network, architecture) : blocks(network, architecture);
  return {
    scale: network.scale,
    ...countsOf(network, network.nodes),
    blocks: [framePart(network, "stem"), ...between, framePart(network, "head")],
  };
}

function nodesOf({ nodes }: Network, block: Place["block"]): Node[] {
  return nodes.filter((node) => node.place.block === block);
}

function blocks(network: Network, architecture: BlockArchitecture): Part[] {
  return architecture.blocks.map((block, index) => ({
    name: `block ${index + 1}`,
    layers: blockLayers(network, block, nodesOf(network, index)),
  }));
}

function cells(network: Network, architecture: CellArchitecture): Part[] {
  return listCells(architecture).flatMap(({ kind }, index): Part[] => {
    const nodes = nodesOf(network, index);
    // Of a cell that no other reads a ReLU of its input may remain: a later cell reads that.
    if (nodes.every((node) => node.kind === "activation")) return [];
    const operation = kind === "normal" ? "normalCell" : "reductionCell";
    return [{ name: `cell ${index + 1}`, layers: [{ operation, ...ends(nodes), ...countsOf(network, nodes) }] }];
  });
}

/** Stem or head. */
function framePart(network: Network, block: "stem" | "head"): Part {
  const nodes = nodesOf(network, block).filter(({ kind }) => kind !== "dropout" && kind !== "activation");
  return { name: block, layers: nodes.map((node) => frameLayer(network, node)) };
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
