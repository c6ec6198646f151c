import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import simdBinary from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { env, findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import { PlatformUnavailableError, type Runtime } from "./platform";

/**
 * TensorFlow.js's WASM backend: SIMD and one thread, isolated or not, so that a figure means the same on every page and
 * leaves the other cores out of it.
 *
 * @throws PlatformUnavailableError
 */
export async function openWasm(): Promise<Runtime> {
  if (!(await env().getAsync("WASM_HAS_SIMD_SUPPORT"))) {
    throw new PlatformUnavailableError("This browser has no WebAssembly SIMD.");
  }
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setThreadsCount(1);
  // The library wants all three names; with the flags above it asks for the second only.
  setWasmPaths({
    "tfjs-backend-wasm.wasm": simdBinary,
    "tfjs-backend-wasm-simd.wasm": simdBinary,
    "tfjs-backend-wasm-threaded-simd.wasm": simdBinary,
  });
  const factory = findBackendFactory("wasm");
  if (!(await setBackend("wasm"))) {
    throw new PlatformUnavailableError("TensorFlow.js's WebAssembly backend did not start: is its .wasm file served?");
  }
  return {
    gpu: "CPU",
    software: false,
    asynchronous: false,
    check() {
      // A CPU has no context to lose; a failed allocation traps, and the error reaches the caller as it is.
    },
    keepMemory() {
      // Its heap is the library's own, and no GPU's.
    },
    gpuBytes: () => 0,
    dispose() {
      removeBackend("wasm");
      // The library registers it on import only, and the next profiler of this thread needs it again.
      registerBackend("wasm", factory, 2);
    },
  };
}
