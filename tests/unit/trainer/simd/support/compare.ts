import { relativeError } from "../../support";
import type { Pass } from "./oracle";

/** Largest errors of a pass against another, relative to the largest magnitude of what is compared. */
export interface Errors {
  loss: number;
  trainingLogits: number;
  inferenceLogits: number;
  /** Worst of the moving statistics. */
  statistics: number;
  /** Worst parameter's gradient, by name. */
  gradient: [error: number, name: string];
  /** Norm of the difference of the whole gradients over the norm of the expected one. */
  wholeGradient: number;
}

/** Moving means start at zero and may stay near it: activations are of the order of 1, so is what they are measured by. */
const STATISTICS_FLOOR = 0.1;

/**
 * Gradients are compared parameter by parameter. Some are truly zero, or nearly so: a shift (beta) in front of another
 * batch norm, which takes it out again, is a sum of thousands of terms that cancel, and so often is a scale (gamma).
 * What remains is the terms' rounding, which goes with the size of the terms and not with that of their sum. The terms
 * are as large as those of other parameters, so the error is measured by the parameter's own largest gradient, but at
 * least by the median of all parameters' largest ones. (Mistakes are of another order: a planner that adds one gradient
 * too many is 0.1 to 1 off by this measure.)
 */
export function compare(actual: Pass, expected: Pass): Errors {
  const names = [...expected.gradients.keys()];
  const magnitudes = names.map((name) => largest(expected.gradients.get(name) ?? [])).sort((a, b) => a - b);
  const floor = Math.max(magnitudes[Math.floor(magnitudes.length / 2)] as number, 1e-30);
  let gradient: Errors["gradient"] = [0, "none"];
  for (const [name, values] of expected.gradients) {
    const error = relativeError(actual.gradients.get(name) ?? [], values, floor);
    if (!(error <= gradient[0])) gradient = [error, name];
  }
  const statistics = [...expected.statistics].map(([name, values]) =>
    relativeError(actual.statistics.get(name) ?? [], values, STATISTICS_FLOOR),
  );
  return {
    loss: Math.abs(actual.loss - expected.loss) / expected.loss,
    trainingLogits: relativeError(actual.trainingLogits, expected.trainingLogits),
    inferenceLogits: relativeError(actual.inferenceLogits, expected.inferenceLogits),
    statistics: Math.max(...statistics),
    gradient,
    wholeGradient: wholeError(actual, expected),
  };
}

/** The largest of all errors. NaN where one is. */
export function worstOf(errors: Errors): number {
  const { loss, trainingLogits, inferenceLogits, statistics, gradient, wholeGradient } = errors;
  return Math.max(loss, trainingLogits, inferenceLogits, statistics, gradient[0], wholeGradient);
}

function wholeError(actual: Pass, expected: Pass): number {
  let difference = 0;
  let whole = 0;
  for (const [name, values] of expected.gradients) {
    const found = actual.gradients.get(name) ?? [];
    for (let i = 0; i < values.length; i++) {
      difference += ((found[i] as number) - (values[i] as number)) ** 2;
      whole += (values[i] as number) ** 2;
    }
  }
  return Math.sqrt(difference / whole);
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
