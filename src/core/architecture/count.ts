import type { Architecture, Scale } from "./architecture";
import { instantiate } from "./instantiate";
import type { Network, Node } from "./network";
import { listParameters, sizeOf } from "./parameters";

/** Trainable parameters: batch norm's gamma and beta included, its moving statistics not. */
export function countParameters(architecture: Architecture, scale: Scale): number {
  return networkParameters(instantiate(architecture, scale));
}

/** Multiply-adds of one image's forward pass: convolutions, squeeze-and-excite and dense (as the paper counts). */
export function countMultiplyAdds(architecture: Architecture, scale: Scale): number {
  return networkMultiplyAdds(instantiate(architecture, scale));
}

export function networkParameters(network: Network): number {
  return listParameters(network).reduce((sum, { shape, trainable }) => sum + (trainable ? sizeOf(shape) : 0), 0);
}

export function networkMultiplyAdds(network: Network): number {
  return network.nodes.reduce((sum, node) => sum + multiplyAdds(node), 0);
}

function multiplyAdds(node: Node): number {
  const { input, output } = node;
  const pixels = output.height * output.width;
  switch (node.kind) {
    case "conv":
      return pixels * node.kernel * (node.columns ?? node.kernel) * input.channels * output.channels;
    case "depthwise":
      return pixels * node.kernel ** 2 * output.channels;
    case "squeezeExcite":
      return 2 * input.channels * node.squeezed;
    case "dense":
      return input.channels * output.channels;
    default:
      return 0;
  }
}
