import type { Architecture, Block, Scale } from "./architecture";
import { scaleChannels } from "./channels";
import { IMAGE, type Network, type Node, type Operator, type Place, type Shape } from "./network";

/**
 * The network that an architecture is at a scale.
 *
 * Whether a first layer's skip can be added is decided on the architecture's filters, not on the rounded ones, so that
 * the network trained at proxy scale and the one timed at deploy scale have the same connections.
 *
 * @throws RangeError where a scale is out of range.
 */
export function instantiate(architecture: Architecture, scale: Scale): Network {
  checkScale(scale);
  const { widthMultiplier, inputSize, classes, channels = 3 } = scale;
  const widen = (filters: number) => scaleChannels(filters, widthMultiplier, architecture.divisor);
  const nodes: Node[] = [];
  const image: Shape = { height: inputSize, width: inputSize, channels };
  const shapeOf = (index: number) => (index === IMAGE ? image : (nodes[index] as Node).output);

  const append = (operator: Operator, inputs: number[], place: Place, filters?: number): number => {
    const input = shapeOf(inputs[0] as number);
    nodes.push({ ...operator, inputs, input, output: outputShape(operator, input, filters), place });
    return nodes.length - 1;
  };
  const { activation, stem, head } = architecture;

  let tip = append(
    { kind: "conv", kernel: 3, stride: stem.stride, activation },
    [IMAGE],
    { block: "stem", layer: 0 },
    widen(stem.filters),
  );
  let filters = stem.filters;

  architecture.blocks.forEach((block, index) => {
    for (let layer = 0; layer < block.layers; layer++) {
      const place = { block: index, layer };
      const stride = layer === 0 ? block.stride : 1;
      const entry = tip;
      tip = appendBody(block, stride, entry, place);
      tip = appendSkip(block, stride, filters === block.filters, entry, place);
      filters = block.filters;
    }
  });

  const place: Place = { block: "head", layer: 0 };
  if (head.filters > 0) {
    const scales = head.scaling === "always" || (head.scaling === "above-one" && widthMultiplier > 1);
    tip = append(
      { kind: "conv", kernel: 1, stride: 1, activation },
      [tip],
      place,
      scales ? widen(head.filters) : head.filters,
    );
  }
  tip = append({ kind: "globalPool" }, [tip], place);
  if (architecture.dropout > 0) tip = append({ kind: "dropout", rate: architecture.dropout }, [tip], place);
  append({ kind: "dense" }, [tip], place, classes);
  return { scale: { inputSize, widthMultiplier, classes, channels }, nodes };

  function appendBody(block: Block, stride: number, entry: number, place: Place): number {
    const { kernel, operation, expansion } = block;
    const input = shapeOf(entry).channels;
    // The squeezed width follows the layer's input filters, before expansion (reference code).
    const squeezed = Math.max(1, Math.floor(input * block.seRatio));
    const squeezeExcite = (from: number) =>
      block.seRatio > 0 ? append({ kind: "squeezeExcite", squeezed }, [from], place) : from;
    const output = widen(block.filters);

    if (operation === "conv") {
      return squeezeExcite(append({ kind: "conv", kernel, stride, activation }, [entry], place, output));
    }
    const expanded =
      expansion === 1
        ? entry
        : append({ kind: "conv", kernel: 1, stride: 1, activation }, [entry], place, input * expansion);
    const filtered = append({ kind: "depthwise", kernel, stride, activation }, [expanded], place);
    return append({ kind: "conv", kernel: 1, stride: 1, activation: "none" }, [squeezeExcite(filtered)], place, output);
  }

  function appendSkip(block: Block, stride: number, sameFilters: boolean, entry: number, place: Place): number {
    const body = nodes.length - 1;
    if (!skipApplies(block, stride, sameFilters)) return body;
    const skipped = block.skip === "pool" ? append({ kind: "pool", kernel: 3, stride }, [entry], place) : entry;
    return append({ kind: "add" }, [body, skipped], place);
  }
}

/** A skip needs equal filters on both sides; the identity also needs stride 1, which pooling does not. */
export function skipApplies(block: Block, stride: number, sameFilters: boolean): boolean {
  if (block.skip === "none" || !sameFilters) return false;
  return stride === 1 || block.skip === "pool";
}

function outputShape(operator: Operator, input: Shape, filters = input.channels): Shape {
  switch (operator.kind) {
    case "conv":
    case "depthwise":
    case "pool":
      return {
        height: Math.ceil(input.height / operator.stride),
        width: Math.ceil(input.width / operator.stride),
        channels: filters,
      };
    case "globalPool":
    case "dense":
      return { height: 1, width: 1, channels: filters };
    default:
      return input;
  }
}

function checkScale({ inputSize, widthMultiplier, classes, channels = 3 }: Scale): void {
  if (!Number.isInteger(inputSize) || inputSize < 8 || inputSize > 1024) {
    throw new RangeError(`Input size must be a whole number from 8 to 1024 px, not ${inputSize}.`);
  }
  if (!(widthMultiplier >= 0.1 && widthMultiplier <= 4)) {
    throw new RangeError(`Width multiplier must be from 0.1 to 4, not ${widthMultiplier}.`);
  }
  if (!Number.isInteger(classes) || classes < 2 || classes > 1000) {
    throw new RangeError(`Classes must be a whole number from 2 to 1000, not ${classes}.`);
  }
  if (channels !== 1 && channels !== 3) throw new RangeError(`An image has 1 or 3 channels, not ${channels}.`);
}
