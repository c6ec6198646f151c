import { type BlockArchitecture, instantiate, type Node, type Scale, type Shape } from "../../core";
import { activationTitles, nodesOf, operationTitle, shapeText } from "./describe";

/** What a layer does, one after the other. */
export type LayerStep =
  | {
      kind: "filter";
      /** "Conv 1×1", "DWConv 5×5". */
      title: string;
      /** Batch norm, activation, stride. */
      details: readonly string[];
      output: Shape;
    }
  | {
      kind: "squeezeExcite";
      /** Channels between its two dense layers. */
      squeezed: number;
      activation: string;
      gate: string;
      output: Shape;
    };

/** One kind of layer of a network, drawn from one that stands in it. */
export interface LayerKind {
  /** "MBConv3 5×5, SE". */
  title: string;
  /** Which block and which of its layers, from 1. */
  block: number;
  layer: number;
  /** How many layers the block has. */
  layers: number;
  /** Blocks whose layers have the same parts, this one left out; from 1. */
  alike: readonly number[];
  input: Shape;
  steps: readonly LayerStep[];
  /** What is added to the last step's output. */
  skip?: "identity" | "pool";
}

/**
 * The kinds of layers of a network, each by its first example at the scale; one that has a skip speaks for its kind.
 * Layers are of one kind where they have the same parts, whatever their kernel, expansion and channels.
 */
export function describeLayers(architecture: BlockArchitecture, scale: Scale): LayerKind[] {
  const network = instantiate(architecture, scale);
  const kinds = new Map<string, { drawn: LayerKind; blocks: number[] }>();
  architecture.blocks.forEach((block, index) => {
    const own = nodesOf(network, index);
    const layers = Array.from({ length: block.layers }, (_, layer) => own.filter(({ place }) => place.layer === layer));
    const at = Math.max(
      0,
      layers.findIndex((nodes) => nodes.some(({ kind }) => kind === "add")),
    );
    const nodes = layers[at] ?? [];
    const [first] = nodes;
    if (!first) return;
    const drawn: LayerKind = {
      title: `${operationTitle(block)}${block.seRatio > 0 ? ", SE" : ""}`,
      block: index + 1,
      layer: at + 1,
      layers: block.layers,
      alike: [],
      input: first.input,
      steps: stepsOf(nodes),
      skip: skipOf(nodes),
    };
    const key = partsOf(nodes);
    const known = kinds.get(key);
    known?.blocks.push(index + 1);
    if (!known) kinds.set(key, { drawn, blocks: [index + 1] });
    else if (drawn.skip && !known.drawn.skip) known.drawn = drawn;
  });
  return [...kinds.values()].map(({ drawn, blocks }) => ({
    ...drawn,
    alike: blocks.filter((block) => block !== drawn.block),
  }));
}

function stepsOf(nodes: readonly Node[]): LayerStep[] {
  const steps: LayerStep[] = [];
  for (const node of nodes) {
    if (node.kind === "conv" || node.kind === "depthwise") {
      const name = node.kind === "conv" ? "Conv" : "DWConv";
      const details = [
        "BN",
        ...(node.activation === "none" ? [] : [activationTitles[node.activation]]),
        ...(node.stride > 1 ? [`stride ${node.stride}`] : []),
      ];
      steps.push({ kind: "filter", title: `${name} ${node.kernel}×${node.kernel}`, details, output: node.output });
    } else if (node.kind === "activation") {
      const before = steps.pop();
      if (before?.kind !== "filter") throw new Error("An activation stands after a convolution.");
      steps.push({ ...before, details: [...before.details, activationTitles[node.activation]] });
    } else if (node.kind === "squeezeExcite") {
      const { squeezed, activation, gate, output } = node;
      steps.push({
        kind: "squeezeExcite",
        squeezed,
        activation: activationTitles[activation],
        gate: activationTitles[gate],
        output,
      });
    }
  }
  return steps;
}

function skipOf(nodes: readonly Node[]): LayerKind["skip"] {
  if (!nodes.some(({ kind }) => kind === "add")) return undefined;
  return nodes.some(({ kind }) => kind === "pool") ? "pool" : "identity";
}

/** What a layer consists of; the presence of an identity does not count, that of a pooled skip does. */
function partsOf(nodes: readonly Node[]): string {
  return nodes
    .filter(({ kind }) => kind !== "add")
    .map((node) => ("activation" in node ? `${node.kind} ${node.activation}` : node.kind))
    .join(", ");
}

/** "from 28×28×40: Conv 1×1, BN, ReLU, to 28×28×120; ...": the drawing in words. */
export function layerWords({ title, input, steps, skip }: LayerKind): string {
  const parts = steps.map((step) =>
    step.kind === "filter"
      ? `${[step.title, ...step.details].join(", ")}, to ${shapeText(step.output)}`
      : `squeeze-and-excite: pooling, dense to ${step.squeezed} with ${step.activation}, dense to ${step.output.channels} with ${step.gate}, multiplied`,
  );
  const added = { identity: "the input is added", pool: "the pooled input is added" };
  return `${title}, from ${shapeText(input)}: ${[...parts, ...(skip ? [added[skip]] : [])].join("; ")}`;
}
