import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { engine } from "@tensorflow/tfjs-core";
import { createRandom, instantiate, type Network, spaces } from "../../../src/core";

const require = createRequire(import.meta.url);

/** The WASM backend's binary on disk. */
export const wasmPath = join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "tfjs-backend-wasm-simd.wasm");

/** A random architecture of the default space, as a network. */
export function randomNetwork(seed: number, inputSize: number, widthMultiplier = 0.5): Network {
  const space = spaces["factorized-browser"];
  const random = createRandom(seed);
  const decisions = space.decisions.map(({ choices }) => random.integer(choices.length));
  return instantiate(space.decode(decisions), { inputSize, widthMultiplier, classes: 10 });
}

export function randomValues(length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

/** Largest difference over the largest magnitude of the expected values, or over `floor` where that is larger. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 1e-30): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let magnitude = floor;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((actual[i] as number) - (expected[i] as number));
    difference = Math.max(difference, gap); // NaN stays
    magnitude = Math.max(magnitude, Math.abs(expected[i] as number));
  }
  return difference / magnitude;
}

/** Disposes of the tensors made inside, as tidy does, but returns anything. */
export function scoped<Result>(f: () => Result): Result {
  engine().startScope();
  try {
    return f();
  } finally {
    engine().endScope();
  }
}
