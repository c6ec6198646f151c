import type { Node } from "../../../core";
import type { Slot } from "../arena";
import { floatBits, type RecordOf } from "../records";
import type { Planner, Value } from "./planner";
import { parameter } from "./source";

/** Batch norm and activation after a convolution, whose raw output is `value`. */
export function normRecord(
  planner: Planner,
  node: Extract<Node, { kind: "conv" | "depthwise" }>,
  index: number,
  value: Value,
): Slot {
  const { channels } = value;
  const gamma = parameter(planner, index, "gamma");
  const beta = parameter(planner, index, "beta");
  const array = (numbers: number) => planner.slot(numbers);
  const arrays = {
    ...{ scale: array(channels), shift: array(channels), mean: array(channels), inverse: array(channels) },
    ...{ coefficients: array(3 * channels), sums: array(4 * channels) },
  };
  return planner.record("norm", () => ({
    channels,
    raw: value.data,
    gradient: value.gradient,
    gamma: gamma.weights,
    beta: beta.weights,
    movingMean: parameter(planner, index, "movingMean").weights,
    movingVariance: parameter(planner, index, "movingVariance").weights,
    gammaGradient: gamma.gradient,
    betaGradient: beta.gradient,
    ...arrays,
    low: floatBits(node.activation === "none" ? Number.NEGATIVE_INFINITY : 0),
    high: floatBits(node.activation === "relu6" ? 6 : Number.POSITIVE_INFINITY),
  }));
}

/** What stands for batch norm where a convolution has none: its output and the gradient by it. */
export function bareRecord({ channels, data, gradient }: Value): RecordOf<"norm"> {
  return {
    ...{ channels, raw: data, gradient },
    ...{ gamma: 0, beta: 0, movingMean: 0, movingVariance: 0, gammaGradient: 0, betaGradient: 0 },
    ...{ scale: 0, shift: 0, mean: 0, inverse: 0, coefficients: 0, sums: 0, low: 0, high: 0 },
  };
}
