import { backend_util, MaxPoolGrad, registerKernel, type TensorInfo, unregisterKernel } from "@tensorflow/tfjs-core";
import { heapView, inputOf, type KernelCall, wasmOf } from "./wasmHeap";

type PoolInfo = backend_util.Conv2DInfo;

/**
 * Replaces the WASM backend's gradient of max pooling (4.22.0), which takes a wrong place where nothing under the
 * kernel is positive. NHWC, no dilation; the first of equal places takes it all.
 */
export function registerMaxPoolGradient(): void {
  unregisterKernel(MaxPoolGrad, "wasm");
  registerKernel({ kernelName: MaxPoolGrad, backendName: "wasm", kernelFunc: maxPoolGradient });
}

function maxPoolGradient(call: KernelCall): TensorInfo {
  const backend = wasmOf(call);
  const x = inputOf(call, "input");
  const { filterSize, strides, pad } = call.attrs as unknown as PoolAttributes;
  const info = backend_util.computePool2DInfo(x.shape as PoolInfo["inShape"], filterSize, strides, 1, pad);
  const dx = backend.makeOutput(x.shape, "float32");
  const slopes = heapView(backend, dx).fill(0);
  spreadSlopes(slopes, heapView(backend, x), heapView(backend, inputOf(call, "dy")), info);
  return dx;
}

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: "same" | "valid" | number;
}

function spreadSlopes(dx: Float32Array, x: Float32Array, dy: Float32Array, info: PoolInfo): void {
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  let from = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let row = 0; row < outHeight; row++) {
      const [top, bottom] = range(row * info.strideHeight - info.padInfo.top, info.filterHeight, inHeight);
      for (let column = 0; column < outWidth; column++) {
        const [left, right] = range(column * info.strideWidth - info.padInfo.left, info.filterWidth, inWidth);
        for (let c = 0; c < channels; c++, from++) {
          let largest = ((n * inHeight + top) * inWidth + left) * channels + c;
          for (let y = top; y < bottom; y++) {
            const line = (n * inHeight + y) * inWidth;
            for (let z = left; z < right; z++) {
              const place = (line + z) * channels + c;
              if ((x[place] as number) > (x[largest] as number)) largest = place;
            }
          }
          dx[largest] = (dx[largest] as number) + (dy[from] as number);
        }
      }
    }
  }
}

/** The part of a window that lies inside. */
function range(start: number, length: number, size: number): [first: number, end: number] {
  return [Math.max(0, start), Math.min(size, start + length)];
}
