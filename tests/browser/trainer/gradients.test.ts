import { setBackend, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRandom, listParameters } from "../../../src/core";
import { loadBackend, unloadBackend } from "../../../src/trainer/tfjs/backends";
import { trainingPass } from "../../../src/trainer/tfjs/forward";
import { initialWeights } from "../../../src/trainer/weights";
import { everyNode } from "../../unit/trainer/everyNode";

beforeAll(async () => {
  await loadBackend("wasm");
  await loadBackend("webgl");
});
afterAll(() => unloadBackend("webgl"));

const COUNT = 2;
const network = everyNode(10);

function noise(length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

/** Gradients of all weights in one row, of logits weighted at random. */
function slopes(): Float32Array {
  const values = initialWeights(network, 1);
  const { inputSize, channels, classes } = network.scale;
  const rows: Float32Array[] = [];
  tidy(() => {
    const weights = new Map(
      listParameters(network).map(({ name, shape }) => [name, tensor(values.get(name) as Float32Array, [...shape])]),
    );
    const images = tensor(noise(COUNT * inputSize ** 2 * channels, 2), [COUNT, inputSize, inputSize, channels]);
    const pass = trainingPass(network, weights, images, createRandom(1));
    const gradients: ReadonlyMap<string, Tensor> = pass.backward(tensor(noise(COUNT * classes, 3), [COUNT, classes]));
    for (const name of [...gradients.keys()].sort()) rows.push((gradients.get(name) as Tensor).dataSync<"float32">());
  });
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

test("every kind of node has the same gradients on WebGL as on WASM", async () => {
  const webgl = slopes();
  await setBackend("wasm");
  const wasm = slopes();
  expect(webgl.length).toBe(wasm.length);
  const largest = Math.max(...wasm.map(Math.abs));
  const gap = Math.max(...webgl.map((slope, i) => Math.abs(slope - (wasm[i] as number))));
  expect(gap).toBeLessThan(2e-5 * largest);
});
