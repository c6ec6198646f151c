import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { DepthwiseConv2dNativeBackpropFilter, getKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, test } from "vitest";
import { calibrate } from "../../../src/trainer";
import { loadBackend, unloadBackend } from "../../../src/trainer/tfjs/backends";
import { referenceLosses, runTrialSteps } from "../../../src/trainer/tfjs/calibrate";
import { relativeError, wasmPath } from "./support";

let mend = () => {};
afterEach(() => mend());

describe("calibration", () => {
  test("takes the one backend that Node has, and says why not the other", async () => {
    const calibration = await calibrate({ wasmPath });
    expect(calibration).toMatchObject({
      engine: "tfjs",
      backend: "wasm",
      measured: [
        { backend: "wasm", stepMs: expect.any(Number) },
        { backend: "webgl", refusal: expect.stringContaining("OffscreenCanvas") },
      ],
    });
    expect(calibration.reason).toMatch(/^wasm takes [\d.]+ ms a step, against webgl refused: .+\.$/);
    expect(structuredClone(calibration)).toEqual(calibration);
  });

  test("refuses a backend with wrong gradients; plain JavaScript agrees with the reference and is the last resort", async () => {
    await loadBackend("wasm", { wasmPath });
    const kernel = getKernel(DepthwiseConv2dNativeBackpropFilter, "wasm");
    const right = kernel.kernelFunc;
    mend = () => {
      kernel.kernelFunc = right;
    };
    kernel.kernelFunc = (call) => {
      const gradient = right(call) as TensorInfo;
      (call.backend as BackendWasm).typedArrayFromHeap(gradient).fill(0);
      return gradient;
    };
    const { backend, measured } = await calibrate({ wasmPath });
    expect(measured[0]).toMatchObject({ backend: "wasm", refusal: expect.stringMatching(/loss is .* instead of/) });
    expect(backend).toBe("cpu");
  }, 120_000);

  test("gives up a backend that takes too long", async () => {
    await loadBackend("wasm", { wasmPath });
    let now = 0;
    const clock = () => {
      now += 15;
      return now;
    };
    await expect(runTrialSteps(4, { clock })).rejects.toThrow("1 steps took over 20 s");
    unloadBackend("wasm");
  });

  test("its reference losses are what a sound backend gives", async () => {
    await loadBackend("wasm", { wasmPath });
    const { losses } = await runTrialSteps(referenceLosses.length, { clock: () => 0 });
    expect(relativeError(losses, referenceLosses)).toBeLessThan(1e-4);
    unloadBackend("wasm");
  });
});
