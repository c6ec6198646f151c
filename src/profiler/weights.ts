import { createRandom, listParameters, type Network, type Parameter, sizeOf } from "../core";
import type { ParameterValues } from "./graph";

/**
 * Random parameters for timing. Time must not depend on them, so they keep activations near 1: kernels of variance
 * 1 / fan-in against growth, biases and batch norm statistics away from zero against denormal numbers.
 */
export function randomParameters(network: Network, seed: number): ParameterValues {
  const random = createRandom(seed);
  return new Map(
    listParameters(network).map((parameter) => {
      const [low, high] = rangeOf(parameter);
      const values = new Float32Array(sizeOf(parameter.shape));
      for (let i = 0; i < values.length; i++) values[i] = low + (high - low) * random.uniform();
      return [parameter.name, values];
    }),
  );
}

function rangeOf({ role, shape }: Parameter): [low: number, high: number] {
  switch (role) {
    case "gamma":
    case "movingVariance":
      return [0.5, 1.5];
    case "kernel":
    case "squeezeKernel":
    case "exciteKernel": {
      const reach = Math.sqrt(3 / fanIn(shape));
      return [-reach, reach];
    }
    default:
      return [-0.5, 0.5];
  }
}

/** [k, k, in, out] and [in, out]: all but the last side; depthwise [k, k, channels, 1]: the k x k alone. */
function fanIn(shape: readonly number[]): number {
  const isDepthwise = shape.length === 4 && shape[3] === 1;
  return sizeOf(shape.slice(0, isDepthwise ? 2 : -1));
}
