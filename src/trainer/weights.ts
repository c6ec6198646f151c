import { createRandom, deriveSeed, listParameters, type Network, type Parameter, sizeOf } from "../core";

/** Values of every parameter by name, in the order of `listParameters`. */
export type Weights = Map<string, Float32Array>;

/**
 * A network's weights before training: the same numbers for the same seed on every device and in every engine. Each
 * parameter has a stream of its own, so that changing one layer leaves the others as they were.
 */
export function initialWeights(network: Network, seed: number): Weights {
  return new Map(listParameters(network).map((parameter) => [parameter.name, initialValues(parameter, seed)]));
}

function initialValues({ name, shape, initializer }: Parameter, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (initializer === "zeros") return values;
  if (initializer === "ones") return values.fill(1);
  const random = createRandom(deriveSeed(seed, name));
  const inputs = shape[shape.length - 2] as number;
  const units = shape[shape.length - 1] as number;
  if (initializer === "he-fan-out") {
    // Fan-out is kernel area times output channels; a depthwise kernel [k, k, channels, 1] has one output a channel.
    const deviation = Math.sqrt(2 / (values.length / inputs));
    return values.map(() => deviation * random.normal());
  }
  const reach = 1 / Math.sqrt(units);
  return values.map(() => reach * (2 * random.uniform() - 1));
}
