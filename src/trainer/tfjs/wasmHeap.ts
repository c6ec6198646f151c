import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from "@tensorflow/tfjs-core";

/** What a kernel of the WASM backend is called with. */
export interface KernelCall {
  inputs: NamedTensorInfoMap;
  backend: object;
  attrs?: NamedAttrMap;
}

export function wasmOf(call: KernelCall): BackendWasm {
  return call.backend as BackendWasm;
}

export function inputOf({ inputs }: KernelCall, name: string): TensorInfo {
  const input = inputs[name];
  if (!input) throw new Error(`A kernel was called without its input "${name}".`);
  return input;
}

/** Numbers of a tensor in the backend's own memory. Allocating a tensor may move that memory: take views last. */
export function heapView(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** The same numbers under another shape, for the length of one kernel. */
export function viewAs(tensor: TensorInfo, shape: number[]): TensorInfo {
  return { ...tensor, shape };
}

/** Runs a kernel that the backend brings, from within another kernel. */
export function callKernel(backend: BackendWasm, name: string, inputs: NamedTensorInfoMap, attrs: NamedAttrMap) {
  return getKernel(name, "wasm").kernelFunc({ inputs, backend, attrs }) as TensorInfo;
}
