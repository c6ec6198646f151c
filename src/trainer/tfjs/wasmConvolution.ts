import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import {
  backend_util,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import { callKernel, heapView, inputOf, type KernelCall, viewAs, wasmOf } from "./wasmHeap";

type ConvInfo = backend_util.Conv2DInfo;
type Shape4D = [number, number, number, number];

/**
 * Brings the WASM backend the convolution gradients that it lacks (tensorflow/tfjs issues 8474, 8082), and replaces its
 * input gradient of Conv2D, which runs at an eighth of the speed of the forward convolution. All but the depthwise filter
 * gradient end in the backend's own SIMD kernels. NHWC, no dilation.
 */
export function registerConvolutionGradients(): void {
  const kernels: Record<string, KernelFunc> = {
    [Conv2DBackpropFilter]: convFilterGradient,
    [Conv2DBackpropInput]: convInputGradient,
    [DepthwiseConv2dNativeBackpropFilter]: depthwiseFilterGradient,
    [DepthwiseConv2dNativeBackpropInput]: depthwiseInputGradient,
  };
  unregisterKernel(Conv2DBackpropInput, "wasm");
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    registerKernel({ kernelName, backendName: "wasm", kernelFunc });
  }
}

/** im2col(x) transposed, times dy. */
function convFilterGradient(call: KernelCall): TensorInfo {
  const backend = wasmOf(call);
  const x = inputOf(call, "x");
  const dy = inputOf(call, "dy");
  const filterShape = call.attrs?.filterShape as Shape4D;
  const info = convInfo(call, x.shape as Shape4D, filterShape, false);
  const rows = info.batchSize * info.outHeight * info.outWidth;
  const depth = info.filterHeight * info.filterWidth * info.inChannels;
  const pointwise = info.filterHeight === 1 && info.filterWidth === 1 && info.strideHeight === 1;
  const columns = pointwise ? x : gatherColumns(backend, x, info);
  const gradient = transposedProduct(backend, viewAs(columns, [rows, depth]), viewAs(dy, [rows, info.outChannels]));
  if (!pointwise) backend.disposeData(columns.dataId);
  return viewAs(gradient, filterShape);
}

/** a [rows, m] transposed, times b [rows, n]: [m, n]. The narrower one is transposed, as transposing is slow here. */
function transposedProduct(backend: BackendWasm, a: TensorInfo, b: TensorInfo): TensorInfo {
  const swap = (a.shape[1] as number) > (b.shape[1] as number);
  const narrow = transpose(backend, swap ? b : a);
  const wide = swap ? a : b;
  const product = callKernel(backend, "BatchMatMul", { a: narrow, b: wide }, { transposeA: false, transposeB: false });
  backend.disposeData(narrow.dataId);
  if (!swap) return product;
  const result = transpose(backend, product);
  backend.disposeData(product.dataId);
  return result;
}

function transpose(backend: BackendWasm, matrix: TensorInfo): TensorInfo {
  return callKernel(backend, "Transpose", { x: matrix }, { perm: [1, 0] });
}

/** im2col: [batch x outHeight x outWidth, k x k x channels], zeros where the kernel reaches over the border. */
function gatherColumns(backend: BackendWasm, x: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info;
  const patchRow = filterWidth * inChannels;
  const columns = backend.makeOutput([batchSize * outHeight * outWidth, filterHeight * patchRow], "float32");
  const target = heapView(backend, columns).fill(0);
  const source = heapView(backend, x);
  let to = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const left = column * info.strideWidth - padInfo.left;
        const first = Math.max(0, left);
        const last = Math.min(inWidth, left + filterWidth);
        for (let i = 0; i < filterHeight; i++, to += patchRow) {
          const y = row * info.strideHeight - padInfo.top + i;
          if (y < 0 || y >= inHeight) continue;
          const line = (n * inHeight + y) * inWidth;
          target.set(
            source.subarray((line + first) * inChannels, (line + last) * inChannels),
            to + (first - left) * inChannels,
          );
        }
      }
    }
  }
  return columns;
}

/** Convolution of the stride-1 form of dy with the filter turned by 180 degrees, inputs and outputs exchanged. */
function convInputGradient(call: KernelCall): TensorInfo {
  const backend = wasmOf(call);
  const filter = inputOf(call, "filter");
  const info = convInfo(call, call.attrs?.inputShape as Shape4D, filter.shape as Shape4D, false);
  const turned = turnFilter(backend, filter, [1, 0]);
  return fullConvolution(backend, "Conv2D", inputOf(call, "dy"), turned, info);
}

function depthwiseInputGradient(call: KernelCall): TensorInfo {
  const backend = wasmOf(call);
  const filter = inputOf(call, "filter");
  const info = convInfo(call, call.attrs?.inputShape as Shape4D, filter.shape as Shape4D, true);
  const turned = turnFilter(backend, filter, [0, 1]);
  return fullConvolution(backend, "DepthwiseConv2dNative", inputOf(call, "dy"), turned, info);
}

/** Every place of dy spread over the places it came from; disposes of the filter. */
function fullConvolution(backend: BackendWasm, kernel: string, dy: TensorInfo, filter: TensorInfo, info: ConvInfo) {
  const spread = info.strideHeight === 1 && info.strideWidth === 1 ? dy : insertZeros(backend, dy, info);
  const [, height, width] = spread.shape as Shape4D;
  const top = info.filterHeight - 1 - info.padInfo.top;
  const left = info.filterWidth - 1 - info.padInfo.left;
  const bottom = info.inHeight - height + info.filterHeight - 1 - top;
  const right = info.inWidth - width + info.filterWidth - 1 - left;
  const pad = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const attrs = { strides: [1, 1], dilations: [1, 1], pad, dataFormat: "NHWC" };
  const dx = callKernel(backend, kernel, { x: spread, filter }, attrs);
  backend.disposeData(filter.dataId);
  if (spread !== dy) backend.disposeData(spread.dataId);
  return dx;
}

/** dy with stride - 1 zeros between its places. */
function insertZeros(backend: BackendWasm, dy: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth } = info;
  const height = (outHeight - 1) * strideHeight + 1;
  const width = (outWidth - 1) * strideWidth + 1;
  const spread = backend.makeOutput([batchSize, height, width, outChannels], "float32");
  const target = heapView(backend, spread).fill(0);
  const source = heapView(backend, dy);
  let from = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++, from += outChannels) {
        const place = (n * height + row * strideHeight) * width + column * strideWidth;
        target.set(source.subarray(from, from + outChannels), place * outChannels);
      }
    }
  }
  return spread;
}

/** A filter [k, k, a, b] turned by 180 degrees; its last two axes in the order given. */
function turnFilter(backend: BackendWasm, filter: TensorInfo, order: [number, number]): TensorInfo {
  const reversed = callKernel(backend, "Reverse", { x: filter }, { dims: [0, 1] });
  if (order[0] === 0) return reversed;
  const turned = callKernel(backend, "Transpose", { x: reversed }, { perm: [0, 1, 3, 2] });
  backend.disposeData(reversed.dataId);
  return turned;
}

/** Sums x times dy for each tap and channel, in JavaScript: no kernel of the backend has this shape. */
function depthwiseFilterGradient(call: KernelCall): TensorInfo {
  const backend = wasmOf(call);
  const x = inputOf(call, "x");
  const dy = inputOf(call, "dy");
  const filterShape = call.attrs?.filterShape as Shape4D;
  const info = convInfo(call, x.shape as Shape4D, filterShape, true);
  const gradient = backend.makeOutput(filterShape, "float32");
  const sums = depthwiseTapSums(heapView(backend, x), heapView(backend, dy), info);
  heapView(backend, gradient).set(sums);
  return gradient;
}

function depthwiseTapSums(x: Float32Array, dy: Float32Array, info: ConvInfo): Float64Array {
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth, padInfo } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const sums = new Float64Array(filterHeight * filterWidth * channels);
  const reach = (outWidth - 1) * strideWidth + filterWidth + 2; // two more for the last group of three taps
  const padded = new Float32Array(Math.max(reach, padInfo.left + inWidth) * channels);
  for (let n = 0; n < batchSize; n++) {
    for (let row = 0; row < outHeight; row++) {
      const line = (n * outHeight + row) * outWidth * channels;
      for (let i = 0; i < filterHeight; i++) {
        const y = row * strideHeight - padInfo.top + i;
        if (y < 0 || y >= inHeight) continue;
        const start = (n * inHeight + y) * inWidth * channels;
        padded.set(x.subarray(start, start + inWidth * channels), padInfo.left * channels);
        addTapRow(sums, padded, dy, line, i, info);
      }
    }
  }
  return sums;
}

/** Adds one line of dy times one padded line of x to the sums of row i of the taps, three taps at a time. */
function addTapRow(sums: Float64Array, x: Float32Array, dy: Float32Array, line: number, i: number, info: ConvInfo) {
  const { inChannels: channels, outWidth, filterWidth, strideWidth } = info;
  const stride = strideWidth * channels;
  for (let j = 0; j < filterWidth; j += 3) {
    const tap = (i * filterWidth + j) * channels;
    const taps = Math.min(3, filterWidth - j);
    for (let c = 0; c < channels; c++) {
      let first = 0;
      let second = 0;
      let third = 0;
      let from = j * channels + c;
      let at = line + c;
      for (let column = 0; column < outWidth; column++, from += stride, at += channels) {
        const slope = dy[at] as number;
        first += (x[from] as number) * slope;
        second += (x[from + channels] as number) * slope;
        third += (x[from + 2 * channels] as number) * slope;
      }
      sums[tap + c] = (sums[tap + c] as number) + first;
      if (taps > 1) sums[tap + channels + c] = (sums[tap + channels + c] as number) + second;
      if (taps > 2) sums[tap + 2 * channels + c] = (sums[tap + 2 * channels + c] as number) + third;
    }
  }
}

function convInfo({ attrs }: KernelCall, inputShape: Shape4D, filterShape: Shape4D, depthwise: boolean): ConvInfo {
  const { strides, pad, dimRoundingMode } = attrs as unknown as {
    strides: [number, number] | number;
    pad: "same" | "valid" | number;
    dimRoundingMode?: "floor" | "round" | "ceil";
  };
  return backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode, depthwise);
}
