import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import {
  DepthwiseConv2dNativeBackpropFilter,
  getKernel,
  MaxPoolGrad,
  Relu,
  StridedSlice,
  type TensorInfo,
  engine as tensorflow,
} from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createRandom, instantiate, presets, spaces } from "../../../src/core";
import { UnfitEngineError } from "../../../src/trainer";
import { loadBackend, unloadBackend } from "../../../src/trainer/tfjs/backends";
import { operationsOf, runReferenceSteps } from "../../../src/trainer/tfjs/check";
import { createTfjsEngine } from "../../../src/trainer/tfjs/engine";
import { referenceNetworks } from "../../../src/trainer/tfjs/referenceNetworks";
import { probeJob } from "../../browser/trainer/probeJob";
import { relativeError, wasmPath } from "./support";

const still = () => 0;

/** Spoils what a kernel of the WASM backend gives by `change` until the test is over. */
let mend = () => {};
afterEach(() => mend());
async function spoil(name: string, change: (values: Float32Array) => unknown): Promise<void> {
  await loadBackend("wasm", { wasmPath });
  const kernel = getKernel(name, "wasm");
  const right = kernel.kernelFunc;
  mend = () => {
    kernel.kernelFunc = right;
  };
  kernel.kernelFunc = (call) => {
    const result = right(call) as TensorInfo;
    change((call.backend as BackendWasm).typedArrayFromHeap(result) as Float32Array);
    return result;
  };
}

describe("a TensorFlow.js engine, before it may train", () => {
  test.each([
    ["no gradient", (values: Float32Array) => values.fill(0)],
    ["a gradient of the wrong sign", (values: Float32Array) => values.set(values.map((value) => -value))],
    ["a gradient that is not a number", (values: Float32Array) => values.fill(Number.NaN)],
  ])("is refused where a kernel gives %s", async (_, change) => {
    await spoil(DepthwiseConv2dNativeBackpropFilter, change);
    await expect(createTfjsEngine("wasm", { wasmPath, clock: still })).rejects.toThrow(
      /cannot train with wasm here: its loss is .* instead of .*\. Choose another training engine in the settings\.$/,
    );
  });

  test("is made after such a refusal all the same, once the kernel is right", async () => {
    await spoil(DepthwiseConv2dNativeBackpropFilter, (values) => values.fill(0));
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

describe("layers that the default space does not have", () => {
  const rectified = instantiate(
    { ...presets["mnasnet-small"], dropout: 0 },
    { inputSize: 9, widthMultiplier: 1, classes: 4 },
  );

  test.each([
    ["a largest place elsewhere", "cells", MaxPoolGrad, (values: Float32Array) => values.reverse()],
    ["taps out of order", "cells", StridedSlice, (values: Float32Array) => values.reverse()],
    [
      "zeros of more than a hidden layer",
      "rectified",
      Relu,
      (values: Float32Array) => values.length > 999 && values.fill(0),
    ],
  ] as const)(
    "are refused before the first network is trained that has them: %s, %s",
    async (_, name, kernel, change) => {
      await spoil(kernel, change);
      const engine = await createTfjsEngine("wasm", { wasmPath, clock: still });
      const job = name === "cells" ? probeJob("cells") : { ...probeJob("blocks"), network: rectified };
      const refused = await engine.train(job).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UnfitEngineError);
      expect(refused).toMatchObject({
        message: expect.stringMatching(/its loss is .* instead of .*\. Choose another/),
      });
      expect((await engine.train(probeJob("blocks"))).images).toBe(20);
      engine.dispose();
    },
  );

  test("are trained where they are right, and proved once", async () => {
    let pooled = 0;
    await spoil(MaxPoolGrad, () => pooled++);
    const engine = await createTfjsEngine("wasm", { wasmPath, clock: still });
    expect(pooled).toBe(0);
    const job = { ...probeJob("cells"), recipe: { ...probeJob("cells").recipe, steps: 1 } };
    await engine.train(job);
    const first = pooled;
    await engine.train(job);
    expect(pooled - first).toBe(1);
    expect(first).toBeGreaterThan(1);
    engine.dispose();
  });

  test("are all among the reference networks'", () => {
    const random = createRandom(1);
    const scale = { inputSize: 32, widthMultiplier: 0.5, classes: 10 };
    const drawn = Object.values(spaces).flatMap(({ decisions, decode }) =>
      Array.from({ length: 20 }, () => decode(decisions.map(({ choices }) => random.integer(choices.length)))),
    );
    const known = new Set(referenceNetworks.flatMap(({ network }) => operationsOf(network)));
    for (const architecture of [...Object.values(presets), ...drawn]) {
      expect([...known]).toEqual(expect.arrayContaining(operationsOf(instantiate(architecture, scale))));
    }
  });
});

test.each(referenceNetworks)(
  "reference losses $losses are those of plain JavaScript",
  async (reference) => {
    await loadBackend("cpu");
    expect(relativeError(await runReferenceSteps(reference, still), reference.losses)).toBeLessThan(1e-6);
    unloadBackend("cpu");
  },
  120_000,
);
