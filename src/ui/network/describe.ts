import { type Architecture, type Block, instantiate, type Scale, type Shape } from "../../core";

/** One box of the drawing. */
export interface Box {
  /** "MBConv6 5×5", "Conv 3×3", "Pool, dense". */
  title: string;
  /** What is added to the operation: squeeze-and-excite, skip, stride. */
  details: readonly string[];
  repeats: number;
  output: Shape;
  /** How the box is filled. */
  kind: "frame" | "conv" | "dconv" | "mbconv3" | "mbconv6";
}

/** A network as the paper's Figure 7 draws one: stem, blocks, head, with the shape that leaves each at the scale. */
export function describeNetwork(architecture: Architecture, scale: Scale): Box[] {
  const { nodes } = instantiate(architecture, scale);
  const inBlock = (block: number | "stem" | "head") => nodes.filter((node) => node.place.block === block);
  const boxes: Box[] = inBlock("stem").map(({ output }) => ({
    title: "Conv 3×3",
    details: strideDetail(architecture.stem.stride),
    repeats: 1,
    output,
    kind: "frame",
  }));
  architecture.blocks.forEach((block, index) => {
    const own = inBlock(index);
    const last = own.at(-1);
    if (!last) return;
    const skips = own.some((node) => node.kind === "add");
    boxes.push({
      title: `${operationName(block)} ${block.kernel}×${block.kernel}`,
      details: [...seDetail(block), ...(skips ? [`${block.skip} skip`] : []), ...strideDetail(block.stride)],
      repeats: block.layers,
      output: last.output,
      kind: blockKind(block),
    });
  });
  for (const node of inBlock("head")) {
    if (node.kind === "conv") {
      boxes.push({ title: "Conv 1×1", details: [], repeats: 1, output: node.output, kind: "frame" });
    }
    if (node.kind === "dense") {
      boxes.push({ title: "Pool, dense", details: [], repeats: 1, output: node.output, kind: "frame" });
    }
  }
  return boxes;
}

/** "96×96×3": height, width, channels. */
export function shapeText({ height, width, channels }: Shape): string {
  return `${height}×${width}×${channels}`;
}

function operationName({ operation, expansion }: Block): string {
  if (operation === "conv") return "Conv";
  return operation === "dconv" ? "SepConv" : `MBConv${expansion}`;
}

function blockKind({ operation, expansion }: Block): Box["kind"] {
  if (operation !== "mbconv") return operation;
  return expansion > 3 ? "mbconv6" : "mbconv3";
}

function seDetail({ seRatio }: Block): string[] {
  return seRatio > 0 ? ["SE"] : [];
}

function strideDetail(stride: number): string[] {
  return stride > 1 ? [`stride ${stride}`] : [];
}
