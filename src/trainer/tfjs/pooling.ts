import { engine, fill, MaxPoolGrad, maxPool, mul, type Tensor, type Tensor4D, tensor } from "@tensorflow/tfjs-core";
import { type Node, type PoolNode, samePadding } from "../../core";
import { convolveDepthwise, depthwiseInputGradient } from "./convolution";
import type { Part } from "./part";

/**
 * A depthwise convolution with ones, over the number of places under the kernel. TensorFlow.js's own gradient of avgPool
 * divides by the whole kernel at the border too, which its forward pass does not.
 */
export function averagePool(node: PoolNode & Node, x: Tensor): Part {
  const { kernel, stride, input, output } = node;
  const padding = samePadding(node);
  const rows = placesUnder(node, padding.rows[0], input.height, output.height);
  const columns = placesUnder(node, padding.columns[0], input.width, output.width);
  const parts = rows.flatMap((high) => columns.map((wide) => 1 / (high * wide)));
  const weights = tensor(parts, [1, output.height, output.width, 1]);
  const window = fill([kernel, kernel, input.channels, 1], 1);
  return {
    output: mul(convolveDepthwise(x, window, stride), weights),
    backward: (dy) => depthwiseInputGradient(mul(dy, weights), window, x.shape, stride),
  };
}

/** How many places of one side of the input each place of the output sees, with so many more before it. */
function placesUnder({ kernel, stride }: PoolNode, before: number, input: number, output: number): number[] {
  return Array.from({ length: output }, (_, i) => {
    const start = i * stride - before;
    return Math.min(input, start + kernel) - Math.max(0, start);
  });
}

/** The largest under the kernel. Of several, which takes the gradient is the backend's choice: the first, on WebGL the last. */
export function maximumPool({ kernel, stride }: PoolNode, x: Tensor): Part {
  const output = maxPool(x as Tensor4D, kernel, stride, "same");
  return {
    output,
    backward(dy) {
      const attributes = { filterSize: kernel, strides: stride, pad: "same" };
      return engine().runKernel<Tensor>(MaxPoolGrad, { dy, input: x, output }, attributes);
    },
  };
}
