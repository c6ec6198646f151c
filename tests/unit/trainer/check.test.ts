import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import {
  DepthwiseConv2dNativeBackpropFilter,
  getKernel,
  type TensorInfo,
  engine as tensorflow,
} from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { loadBackend, unloadBackend } from "../../../src/trainer/tfjs/backends";
import { referenceLosses, runReferenceSteps } from "../../../src/trainer/tfjs/check";
import { createTfjsEngine } from "../../../src/trainer/tfjs/engine";
import { relativeError, wasmPath } from "./support";

const still = () => 0;

/** Spoils a gradient of the WASM backend by `change` until the test is over. */
let mend = () => {};
afterEach(() => mend());
async function spoil(change: (values: Float32Array) => void): Promise<void> {
  await loadBackend("wasm", { wasmPath });
  const kernel = getKernel(DepthwiseConv2dNativeBackpropFilter, "wasm");
  const right = kernel.kernelFunc;
  mend = () => {
    kernel.kernelFunc = right;
  };
  kernel.kernelFunc = (call) => {
    const gradient = right(call) as TensorInfo;
    change((call.backend as BackendWasm).typedArrayFromHeap(gradient) as Float32Array);
    return gradient;
  };
}

describe("a TensorFlow.js engine, before it may train", () => {
  test.each([
    ["no gradient", (values: Float32Array) => values.fill(0)],
    ["a gradient of the wrong sign", (values: Float32Array) => values.set(values.map((value) => -value))],
    ["a gradient that is not a number", (values: Float32Array) => values.fill(Number.NaN)],
  ])("is refused where a kernel gives %s", async (_, change) => {
    await spoil(change);
    await expect(createTfjsEngine("wasm", { wasmPath, clock: still })).rejects.toThrow(
      /cannot train with wasm here: its loss is .* instead of .*\. Choose another training engine in the settings\.$/,
    );
  });

  test("is made after such a refusal all the same, once the kernel is right", async () => {
    await spoil((values) => values.fill(0));
    await createTfjsEngine("wasm", { wasmPath, clock: still }).catch(() => {});
    mend();
    const engine = await createTfjsEngine("wasm", { wasmPath, clock: still });
    expect([engine.name, engine.backend]).toEqual(["tfjs", "wasm"]);
    engine.dispose();
  });

  test("is refused where the device does not have its backend", async () => {
    await expect(createTfjsEngine("webgl", { clock: still })).rejects.toThrow(
      "TensorFlow.js cannot train with webgl here: This browser has no OffscreenCanvas. Choose another training engine in the settings.",
    );
  });

  test("is refused where the steps take too long", async () => {
    let now = 0;
    const slow = () => {
      now += 25;
      return now;
    };
    await expect(createTfjsEngine("wasm", { wasmPath, clock: slow })).rejects.toThrow(
      /over 20 s for 1 of 4 steps\. Choose another/,
    );
  });

  test("is refused where it never answers", async () => {
    await loadBackend("wasm", { wasmPath });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    mend = () => vi.useRealTimers();
    const asked = new Promise<void>((resolve) => {
      const silent = () => {
        resolve();
        return new Promise<never>(() => {});
      };
      Object.assign(tensorflow().backend, { read: silent });
    });
    const refused = createTfjsEngine("wasm", { wasmPath, clock: still }).catch(({ message }: Error) => message);
    await asked;
    vi.advanceTimersByTime(20_000);
    expect(await refused).toMatch(/no answer within 20 s\. Choose another/);
  });
});

test("the reference losses are those of plain JavaScript", async () => {
  await loadBackend("cpu");
  expect(relativeError(await runReferenceSteps(still), referenceLosses)).toBeLessThan(1e-6);
  unloadBackend("cpu");
}, 120_000);
