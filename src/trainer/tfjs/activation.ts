import { add, mul, relu, relu6, sigmoid, step, sub, type Tensor } from "@tensorflow/tfjs-core";
import type { Activation, FusedActivation, SqueezeExciteRule } from "../../core";
import type { Part } from "./part";

/** What a convolution does to its normalised output. */
export function activate(x: Tensor, activation: FusedActivation): Tensor {
  if (activation === "none") return x;
  return activation === "relu" ? relu(x) : relu6(x);
}

/** The gradient before an activation from the one behind it, told from the activation's output. */
export function activationGradient(dy: Tensor, output: Tensor, activation: FusedActivation): Tensor {
  if (activation === "none") return dy;
  return mul(dy, step(activation === "relu" ? output : inside(output, 6)));
}

/** Any activation, with its way back. */
export function computeActivation(x: Tensor, activation: Activation): Part {
  if (activation === "swish" || activation === "hswish") {
    return gateItself(x, computeGate(x, activation === "swish" ? "sigmoid" : "hsigmoid"));
  }
  const output = activate(x, activation);
  return { output, backward: (dy) => activationGradient(dy, output, activation) };
}

/** sigmoid, or hsigmoid(x) = relu6(x + 3) / 6. */
export function computeGate(x: Tensor, gate: SqueezeExciteRule["gate"]): Part {
  if (gate === "sigmoid") {
    const output = sigmoid(x);
    return { output, backward: (dy) => mul(dy, inside(output, 1)) };
  }
  const shifted = relu6(add(x, 3));
  return { output: mul(shifted, 1 / 6), backward: (dy) => mul(dy, mul(step(inside(shifted, 6)), 1 / 6)) };
}

/** x gate(x), as swish and hswish are. */
function gateItself(x: Tensor, gate: Part): Part {
  return {
    output: mul(x, gate.output),
    backward: (dy) => add(mul(dy, gate.output), gate.backward(mul(dy, x))),
  };
}

/** y (high - y): positive where y lies strictly between 0 and `high`. */
function inside(y: Tensor, high: number): Tensor {
  return mul(y, sub(high, y));
}
