import { concat, engine, reshape, setBackend, sub, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { loadBackend } from "../../../src/trainer/tfjs/backends";
import {
  convolve,
  convolveDepthwise,
  convolveFilterGradient,
  convolveInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
} from "../../../src/trainer/tfjs/convolution";
import { maximumPool } from "../../../src/trainer/tfjs/pooling";
import { randomValues, relativeError, wasmPath } from "./support";

beforeAll(async () => {
  await loadBackend("cpu");
  await loadBackend("wasm", { wasmPath });
});

const cases = [1, 3, 5].flatMap((kernel) =>
  [1, 2].flatMap((stride) => [4, 5, 8, 9].map((size) => ({ kernel, stride, size }))),
);

describe("gradients on the WASM backend agree with TensorFlow.js's own on its JavaScript backend", () => {
  test.each(cases)("convolution k$kernel, stride $stride, $size px", async ({ kernel, stride, size }) => {
    for (const [inputs, outputs] of [
      [3, 6],
      [7, 4],
    ] as const) {
      const filterShape = [kernel, kernel, inputs, outputs];
      const [cpu, wasm] = await onBoth((random) => {
        const x = random([2, size, size + 1, inputs]);
        const filter = random(filterShape);
        const y = convolve(x, filter, stride);
        const dy = random(y.shape);
        return [convolveFilterGradient(x, dy, filterShape, stride), convolveInputGradient(dy, filter, x.shape, stride)];
      });
      expect(relativeError(wasm[0], cpu[0])).toBeLessThan(1e-5);
      expect(relativeError(wasm[1], cpu[1])).toBeLessThan(1e-5);
    }
  });

  test.each(cases)("depthwise k$kernel, stride $stride, $size px", async ({ kernel, stride, size }) => {
    const filterShape = [kernel, kernel, 5, 1];
    const [cpu, wasm] = await onBoth((random) => {
      const x = random([2, size + 1, size, 5]);
      const filter = random(filterShape);
      const dy = random(convolveDepthwise(x, filter, stride).shape);
      return [depthwiseFilterGradient(x, dy, filterShape, stride), depthwiseInputGradient(dy, filter, x.shape, stride)];
    });
    expect(relativeError(wasm[0], cpu[0])).toBeLessThan(1e-5);
    expect(relativeError(wasm[1], cpu[1])).toBeLessThan(1e-5);
  });

  test.each([
    [1, 3],
    [3, 1],
    [1, 7],
    [7, 1],
  ])("convolution %d x %d", async (rows, columns) => {
    for (const stride of [1, 2]) {
      for (const size of [4, 9]) {
        const filterShape = [rows, columns, 3, 6];
        const [cpu, wasm] = await onBoth((random) => {
          const x = random([2, size, size, 3]);
          const filter = random(filterShape);
          const y = convolve(x, filter, stride);
          const dy = random(y.shape);
          const slopes = [
            convolveFilterGradient(x, dy, filterShape, stride),
            convolveInputGradient(dy, filter, x.shape, stride),
          ];
          return [y, concat(slopes.map((slope) => reshape(slope, [-1])))];
        });
        expect(relativeError(wasm[0], cpu[0])).toBeLessThan(1e-5);
        expect(relativeError(wasm[1], cpu[1])).toBeLessThan(1e-5);
      }
    }
  });

  test.each([3, 5, 7])("max pooling k%d, also where nothing is positive", async (kernel) => {
    for (const stride of [1, 2]) {
      for (const size of [4, 9]) {
        const [cpu, wasm] = await onBoth((random) => {
          const x = sub(random([2, size, size, 3]), 1);
          const { output, backward } = maximumPool({ kind: "pool", reduce: "max", kernel, stride }, x);
          return [output, backward(random(output.shape))];
        });
        expect(relativeError(wasm[0], cpu[0])).toBe(0);
        expect(relativeError(wasm[1], cpu[1])).toBeLessThan(1e-6);
      }
    }
  });

  test("they leave no tensor and no memory behind", async () => {
    await setBackend("wasm");
    const before = [engine().memory().numTensors, engine().backend.numDataIds()];
    tidy(() => {
      const x = tensor(randomValues(2 * 9 * 9 * 4, 1), [2, 9, 9, 4]);
      const filter = tensor(randomValues(3 * 3 * 4 * 6, 2), [3, 3, 4, 6]);
      const dy = convolve(x, filter, 2);
      convolveFilterGradient(x, dy, filter.shape, 2);
      convolveInputGradient(dy, filter, x.shape, 2);
      const depthwise = tensor(randomValues(5 * 5 * 4, 3), [5, 5, 4, 1]);
      const slope = convolveDepthwise(x, depthwise, 2);
      depthwiseFilterGradient(x, slope, depthwise.shape, 2);
      depthwiseInputGradient(slope, depthwise, x.shape, 2);
      const { output, backward } = maximumPool({ kind: "pool", reduce: "max", kernel: 3, stride: 2 }, x);
      backward(output);
    });
    expect([engine().memory().numTensors, engine().backend.numDataIds()]).toEqual(before);
  });
});

/** The same function of the same random tensors on cpu and wasm. */
async function onBoth(f: (random: (shape: number[]) => Tensor) => [Tensor, Tensor]) {
  const results = [];
  for (const name of ["cpu", "wasm"]) {
    await setBackend(name);
    let seed = 0;
    const tensors = tidy(() =>
      f((shape) =>
        tensor(
          randomValues(
            shape.reduce((a, b) => a * b, 1),
            ++seed,
          ),
          shape,
        ),
      ),
    );
    results.push(tensors.map((one) => one.dataSync()) as [Float32Array, Float32Array]);
    for (const one of tensors) one.dispose();
  }
  return results as [[Float32Array, Float32Array], [Float32Array, Float32Array]];
}
