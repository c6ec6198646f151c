import type { Activation, FusedActivation, Network, SqueezeExciteNode } from "../../../../../src/core";
import { networkOf, type Step } from "./networks";

/** Short names for nodes; `from` is the node that is read, the one before where absent. */

export const conv = (
  kernel: number,
  stride: number,
  filters: number,
  activation: FusedActivation = "none",
  from?: number,
): Step => ({ ...{ kind: "conv", kernel, stride, filters, activation }, ...reading(from) });

export const depthwise = (kernel: number, stride: number, activation: FusedActivation = "none"): Step => ({
  ...{ kind: "depthwise", kernel, stride, activation },
});

export const pool = (reduce: "mean" | "max", kernel: number, stride: number, from?: number): Step => ({
  ...{ kind: "pool", reduce, kernel, stride },
  ...reading(from),
});

export const act = (activation: Activation, from?: number): Step => ({
  ...{ kind: "activation", activation },
  ...reading(from),
});

export const squeezeExcite = (
  squeezed: number,
  activation: SqueezeExciteNode["activation"] = "relu",
  gate: SqueezeExciteNode["gate"] = "sigmoid",
): Step => ({ kind: "squeezeExcite", squeezed, activation, gate });

export const add = (...inputs: number[]): Step => ({ kind: "add", inputs });
export const concat = (...inputs: number[]): Step => ({ kind: "concat", inputs });

export const head: readonly [Step, Step] = [{ kind: "globalPool" }, { kind: "dense" }];

/** Between two convolutions, so that what comes in and the gradient that comes back differ from place to place. */
export function between(
  steps: readonly Step[],
  inputSize: number,
  channels: number,
  activation: FusedActivation = "none",
): Network {
  return networkOf({ inputSize, classes: 5 }, [
    conv(3, 1, channels, activation),
    ...steps,
    conv(3, 1, 7, "relu6"),
    ...head,
  ]);
}

function reading(from: number | undefined): Pick<Step, "inputs"> {
  return from === undefined ? {} : { inputs: [from] };
}
