import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend, env, findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import { EvaluationError } from "../core";
import { describeGpu } from "./gpu";
import { PlatformUnavailableError, type Runtime } from "./platform";

/**
 * TensorFlow.js's WebGPU backend on a device of its own, as a page gets it that sets no flags.
 *
 * @throws PlatformUnavailableError
 */
export async function openWebgpu(): Promise<Runtime> {
  const { name, software } = await findAdapter();
  await import("@tensorflow/tfjs-backend-webgpu");
  for (const [flag, value] of Object.entries(measuredFlags)) env().set(flag, value);
  const factory = findBackendFactory("webgpu");
  if (!(await setBackend("webgpu")))
    throw new PlatformUnavailableError("TensorFlow.js's WebGPU backend did not start.");
  const webgpu = backend() as WebGPUBackend;
  let problem: EvaluationError | undefined;
  // The library looks at neither.
  webgpu.device.lost.then(({ message }) => {
    problem = failure("worker-died", `The WebGPU device was lost while timing. ${message}`);
  });
  webgpu.device.addEventListener("uncapturederror", (event) => {
    const { error } = event as GPUUncapturedErrorEvent;
    problem ??=
      error instanceof GPUOutOfMemoryError
        ? failure("out-of-memory", "The GPU ran out of memory while timing.")
        : failure("error", `WebGPU refused a command: ${error.message}`);
  });
  return {
    gpu: name,
    software,
    asynchronous: true,
    check() {
      if (problem) throw problem;
    },
    async compile(dispatch) {
      env().set("WEBGPU_ENGINE_COMPILE_ONLY", true);
      try {
        dispatch();
      } finally {
        env().set("WEBGPU_ENGINE_COMPILE_ONLY", false);
      }
      await webgpu.checkCompileCompletionAsync();
    },
    keepMemory() {
      // The library has no way to give its buffers back: whoever holds this platform renews it in time.
    },
    gpuBytes: () => webgpu.memory().numBytesAllocatedInGPU,
    dispose() {
      const { device } = webgpu;
      removeBackend("webgpu");
      device.destroy();
      // The library registers it on import only, and the next profiler of this thread needs it again.
      registerBackend("webgpu", factory, 3);
    },
  };
}

/** Every flag that changes what is timed, at its default (4.22.0). */
const measuredFlags: Record<string, boolean | number> = {
  DEBUG: false,
  WEBGPU_ENGINE_COMPILE_ONLY: false,
  WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE: 15,
  WEBGPU_CPU_FORWARD: true,
  WEBGPU_CPU_HANDOFF_SIZE_THRESHOLD: 1000,
  WEBGPU_MATMUL_PROGRAM_TYPE: -1,
  WEBGPU_THRESHOLD_TO_INCREASE_WORKGROUPS_FOR_MATMUL: -1,
  WEBGPU_CONV_SEPARATE_IM2COL_SHADER: false,
  WEBGPU_USE_NAIVE_CONV2D_DEBUG: false,
  WEBGPU_USE_LOW_POWER_GPU: false,
};

/** What browsers tell of an adapter beyond the types that TensorFlow.js brings along. */
interface Adapter extends GPUAdapter {
  info?: GPUAdapterInfo & { isFallbackAdapter?: boolean };
}

async function findAdapter(): Promise<{ name: string; software: boolean }> {
  // Absent outside a secure context too; the types think that every browser has it.
  const gpu = navigator.gpu as GPU | undefined;
  if (!gpu) throw new PlatformUnavailableError("This browser has no WebGPU here.");
  const adapter = (await gpu.requestAdapter({ powerPreference: "high-performance" })) as Adapter | null;
  if (!adapter) throw new PlatformUnavailableError("This browser has WebGPU, but no adapter for it.");
  return describeAdapter(adapter);
}

/** Browsers often name no more than vendor and architecture, "nvidia ampere". */
export function describeAdapter({ info, isFallbackAdapter }: Pick<Adapter, "info" | "isFallbackAdapter">) {
  const { vendor = "", architecture = "", device = "", description = "" } = info ?? {};
  const { software } = describeGpu([vendor, architecture, device, description].join(" "));
  const { name } = describeGpu(description || device || `${vendor} ${architecture}`);
  return { name, software: software || isFallbackAdapter === true || info?.isFallbackAdapter === true };
}

function failure(code: "worker-died" | "out-of-memory" | "error", message: string): EvaluationError {
  return new EvaluationError({ stage: "timing", code, message: message.trim() });
}
