import { mul, relu, relu6, step, sub, type Tensor } from "@tensorflow/tfjs-core";
import type { Activation } from "../../core";

export function activate(x: Tensor, activation: Activation): Tensor {
  if (activation === "none") return x;
  return activation === "relu" ? relu(x) : relu6(x);
}

/** The gradient before an activation from the one behind it, told from the activation's output. */
export function activationGradient(dy: Tensor, output: Tensor, activation: Activation): Tensor {
  if (activation === "none") return dy;
  // Positive where the output lies inside its range.
  const inside = activation === "relu" ? output : mul(output, sub(6, output));
  return mul(dy, step(inside));
}
