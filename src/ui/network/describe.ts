import {
  type Activation,
  type Architecture,
  type Block,
  type BlockArchitecture,
  type CellArchitecture,
  instantiate,
  isCellArchitecture,
  listCells,
  type Network,
  type Node,
  type Place,
  type Scale,
  type Shape,
} from "../../core";

/** One box of the drawing. */
export interface Box {
  /** "MBConv6 5×5", "Conv 3×3", "Pool, dense". */
  title: string;
  /** What is added to the operation: squeeze-and-excite, skip, stride. */
  details: readonly string[];
  repeats: number;
  output: Shape;
  /** How the box is filled. */
  kind: "frame" | "light" | "middle" | "dark";
}

/** A network as the paper's Figure 7 draws one: stem, blocks or cells, head, with the shape that leaves each at the scale. */
export function describeNetwork(architecture: Architecture, scale: Scale): Box[] {
  const network = instantiate(architecture, scale);
  const stem = nodesOf(network, "stem")[0];
  return [
    ...(stem ? [frameBox("Conv 3×3", stem.output, strideDetail(architecture.stem.stride))] : []),
    ...(isCellArchitecture(architecture) ? cellBoxes(architecture, network) : blockBoxes(architecture, network)),
    ...headBoxes(network),
  ];
}

/** The nodes of the stem, of one block or cell, or of the head. */
export function nodesOf({ nodes }: Network, block: Place["block"]): Node[] {
  return nodes.filter((node) => node.place.block === block);
}

function frameBox(title: string, output: Shape, details: readonly string[] = []): Box {
  return { title, details, repeats: 1, output, kind: "frame" };
}

function headBoxes(network: Network): Box[] {
  return nodesOf(network, "head").flatMap((node, index, head) => {
    if (node.kind === "conv") return frameBox("Conv 1×1", node.output);
    if (node.kind !== "dense") return [];
    const first = !head.slice(0, index).some(({ kind }) => kind === "dense");
    return frameBox(first ? "Pool, dense" : "Dense", node.output);
  });
}

function blockBoxes({ blocks }: BlockArchitecture, network: Network): Box[] {
  return blocks.flatMap((block, index) => {
    const own = nodesOf(network, index);
    const last = own.at(-1);
    if (!last) return [];
    const skips = own.some((node) => node.kind === "add");
    return {
      title: operationTitle(block),
      details: [
        ...(block.seRatio > 0 ? ["SE"] : []),
        ...(skips ? [`${block.skip} skip`] : []),
        ...strideDetail(block.stride),
      ],
      repeats: block.layers,
      output: last.output,
      kind: blockFill(block),
    };
  });
}

/** Equal cells in a row are one box. */
function cellBoxes(architecture: CellArchitecture, network: Network): Box[] {
  const boxes: Box[] = [];
  listCells(architecture).forEach(({ kind }, index) => {
    const nodes = nodesOf(network, index);
    const output = nodes.at(-1)?.output;
    // Of a cell that all others bypass, nothing or one shared activation is left.
    if (!output || nodes.every((node) => node.kind === "activation")) return;
    const title = cellTitles[kind];
    const before = boxes.at(-1);
    if (before?.title === title && shapeText(before.output) === shapeText(output)) before.repeats++;
    else {
      const details = kind === "reduction" ? strideDetail(2) : [];
      boxes.push({ title, details, repeats: 1, output, kind: kind === "normal" ? "middle" : "dark" });
    }
  });
  return boxes;
}

export const cellTitles = { normal: "Normal cell", reduction: "Reduction cell" } as const;

/** "96×96×3": height, width, channels. */
export function shapeText({ height, width, channels }: Shape): string {
  return `${height}×${width}×${channels}`;
}

/** "MBConv3 5×5"; an expansion that is no whole number has at most two decimals. */
export function operationTitle({ operation, expansion, kernel }: Block): string {
  const name = { conv: "Conv", dconv: "SepConv", mbconv: `MBConv${Number(expansion.toFixed(2))}` }[operation];
  return `${name} ${kernel}×${kernel}`;
}

export const activationTitles: Readonly<Record<Activation | "sigmoid" | "hsigmoid", string>> = {
  relu: "ReLU",
  relu6: "ReLU6",
  swish: "swish",
  hswish: "h-swish",
  sigmoid: "sigmoid",
  hsigmoid: "h-sigmoid",
};

function blockFill({ operation, expansion }: Block): Box["kind"] {
  if (operation !== "mbconv") return "light";
  return expansion > 3 ? "dark" : "middle";
}

function strideDetail(stride: number): string[] {
  return stride > 1 ? [`stride ${stride}`] : [];
}
