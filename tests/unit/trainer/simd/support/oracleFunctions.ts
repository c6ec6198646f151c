import type { Activation, SqueezeExciteRule } from "../../../../../src/core";

export type FunctionName = Activation | SqueezeExciteRule["gate"];

interface Bent {
  value(x: number): number;
  slope(x: number): number;
  /** Where the slope jumps. */
  bends: readonly number[];
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const between = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
const inside = (x: number, low: number, high: number) => (x > low && x < high ? 1 : 0);

/** Activations and gates as their papers write them, with their derivatives. */
export const functions: Record<FunctionName, Bent> = {
  relu: { value: (x) => Math.max(0, x), slope: (x) => inside(x, 0, Number.POSITIVE_INFINITY), bends: [0] },
  relu6: { value: (x) => between(x, 0, 6), slope: (x) => inside(x, 0, 6), bends: [0, 6] },
  swish: { value: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) + x * sigmoid(x) * sigmoid(-x), bends: [] },
  hswish: {
    value: (x) => (x * between(x + 3, 0, 6)) / 6,
    slope: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
    bends: [-3, 3],
  },
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x), bends: [] },
  hsigmoid: { value: (x) => between(x + 3, 0, 6) / 6, slope: (x) => inside(x, -3, 3) / 6, bends: [-3, 3] },
};

/** Smallest distance of a value from where a function bends. */
export function bendOf(name: FunctionName, values: Float64Array): number {
  return Math.min(
    ...functions[name].bends.map((bend) =>
      values.reduce((least, value) => Math.min(least, Math.abs(value - bend)), Number.POSITIVE_INFINITY),
    ),
  );
}
