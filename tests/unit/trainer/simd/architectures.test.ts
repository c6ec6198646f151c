import { setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { createRandom, instantiate, type Network, spaces } from "../../../../src/core";
import { type Kernels, loadKernels } from "../../../../src/trainer/simd/kernels";
import { loadBackend } from "../../../../src/trainer/tfjs/backends";
import { wasmPath } from "../support";
import { compare, worstOf } from "./support/compare";
import { threePasses } from "./support/passes";

const TOLERANCE = 1e-4;
/**
 * Some networks blow rounding up, whoever computes them: batch norm over the eight numbers that are left of 16 px
 * divides by what may be a small deviation. There TensorFlow.js itself misses the truth by nearly the tolerance, and
 * this engine, which sums in single precision where that backend sums in double, may miss it by this many times as much.
 * (Of 54 networks one needs it: 2.4e-4 against 0.7e-4.)
 */
const AMPLIFICATION = 5;
/** Twenty to seventy layers add up their rounding. */
const ROUNDING = 5e-6;
/**
 * Gradients that truly are zero take their tolerance from the network's median one: deep ones have many such.
 */
const FLOOR = 1;

let kernels: Kernels;

beforeAll(async () => {
  await loadBackend("cpu");
  await loadBackend("wasm", { wasmPath });
  kernels = await loadKernels();
});

/** Sides of the image with the images of a batch: the smaller, the more, as one pixel is all that is left of 16 px. */
const shapes = [
  { inputSize: 16, count: 8 },
  { inputSize: 19, count: 7 },
  { inputSize: 27, count: 5 },
  { inputSize: 32, count: 4 },
] as const;

function randomNetwork(seed: number, inputSize: number, widthMultiplier: number): Network {
  const space = spaces["factorized-browser"];
  const random = createRandom(seed);
  const decisions = space.decisions.map(({ choices }) => random.integer(choices.length));
  const channels = seed % 3 === 0 ? 1 : 3;
  return instantiate(space.decode(decisions), { inputSize, widthMultiplier, classes: 10, channels });
}

const seeds = Array.from({ length: 50 }, (_, i) => i + 1);

test.each(seeds)("random architecture %i agrees with TensorFlow.js's CPU backend and with the truth", async (seed) => {
  await setBackend("cpu");
  const { inputSize, count } = shapes[seed % shapes.length] as (typeof shapes)[number];
  await expectAgreement(randomNetwork(seed, inputSize, 0.25), count, seed);
});

test.each([51, 52, 53, 54])("random architecture %i at proxy scale agrees with its WASM backend", async (seed) => {
  await setBackend("wasm");
  await expectAgreement(randomNetwork(seed, 32, 0.5), 8, seed);
});

async function expectAgreement(network: Network, count: number, seed: number): Promise<void> {
  const { simd, tfjs, truth } = await threePasses(kernels, network, { count, seed, rounding: ROUNDING });
  const tolerance = Math.max(TOLERANCE, AMPLIFICATION * worstOf(compare(tfjs, truth, FLOOR)));
  expect(tolerance).toBeLessThan(1e-3);
  for (const [oracle, expected] of Object.entries({ tfjs, truth })) {
    const errors = compare(simd, expected, FLOOR);
    expect(worstOf(errors), `against ${oracle}: ${JSON.stringify(errors)}`).toBeLessThan(tolerance);
  }
}
