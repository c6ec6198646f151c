import {
  backend_util,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  conv2d,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  depthwiseConv2d,
  engine,
  matMul,
  reshape,
  sum,
  type Tensor,
  type Tensor4D,
  transpose,
} from "@tensorflow/tfjs-core";

type Shape4D = [number, number, number, number];

/** Convolutions with SAME padding, NHWC, and their gradients. Filters: [rows, columns, in, out], depthwise [k, k, channels, 1]. */

export function convolve(x: Tensor, filter: Tensor, stride: number): Tensor {
  return conv2d(x as Tensor4D, filter as Tensor4D, stride, paddingOf(x, filter, stride));
}

/**
 * In words, or by side: TensorFlow.js's WASM backend (4.22.0) silently computes nothing with the word where one side of
 * the kernel is shorter than the stride and the other is not, and the input is even.
 */
function paddingOf(x: Tensor, filter: Tensor, stride: number): "same" | backend_util.ExplicitPadding {
  const [rows, columns] = filter.shape;
  if (stride === 1 || rows === columns) return "same";
  const shapes = [x.shape, filter.shape] as [Shape4D, Shape4D];
  const { top, bottom, left, right } = backend_util.computeConv2DInfo(...shapes, stride, 1, "same").padInfo;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

export function convolveInputGradient(dy: Tensor, filter: Tensor, inputShape: number[], stride: number): Tensor {
  if (isPointwise(filter.shape, stride)) {
    const [, , inputs, outputs] = filter.shape as [number, number, number, number];
    const weights = transpose(reshape(filter, [inputs, outputs]));
    return reshape(matMul(reshape(dy, [-1, outputs]), weights), inputShape);
  }
  return run(Conv2DBackpropInput, { dy, filter }, { strides: [stride, stride], ...SAME, inputShape });
}

export function convolveFilterGradient(x: Tensor, dy: Tensor, filterShape: number[], stride: number): Tensor {
  if (isPointwise(filterShape, stride) && engine().backendName === "webgl") {
    return splitPointwiseFilterGradient(x, dy, filterShape);
  }
  return run(Conv2DBackpropFilter, { x, dy }, { strides: [stride, stride], ...SAME, filterShape });
}

export function convolveDepthwise(x: Tensor, filter: Tensor, stride: number): Tensor {
  return depthwiseConv2d(x as Tensor4D, filter as Tensor4D, stride, "same");
}

export function depthwiseInputGradient(dy: Tensor, filter: Tensor, inputShape: number[], stride: number): Tensor {
  const inputs = { dy, filter };
  return run(DepthwiseConv2dNativeBackpropInput, inputs, { strides: [stride, stride], ...SAME, inputShape });
}

export function depthwiseFilterGradient(x: Tensor, dy: Tensor, filterShape: number[], stride: number): Tensor {
  const inputs = { x, dy };
  return run(DepthwiseConv2dNativeBackpropFilter, inputs, { strides: [stride, stride], ...SAME, filterShape });
}

const SAME = { pad: "same", dataFormat: "NHWC", dilations: [1, 1] };

/**
 * One product an image, then their sum: WebGL's own kernel gives each weight to one fragment that walks over all places
 * of all images, which leaves most of a GPU idle.
 */
function splitPointwiseFilterGradient(x: Tensor, dy: Tensor, filterShape: number[]): Tensor {
  const [batch, height, width, inputs] = x.shape as [number, number, number, number];
  const places = height * width;
  const products = matMul(reshape(x, [batch, places, inputs]), reshape(dy, [batch, places, -1]), true);
  return reshape(sum(products, 0), filterShape);
}

function isPointwise(filterShape: number[], stride: number): boolean {
  return filterShape[0] === 1 && filterShape[1] === 1 && stride === 1;
}

function run(kernel: string, inputs: Record<string, Tensor>, attrs: Record<string, string | number[]>): Tensor {
  return engine().runKernel<Tensor>(kernel, inputs, attrs);
}
