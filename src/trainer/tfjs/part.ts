import type { Tensor } from "@tensorflow/tfjs-core";

/** A computation on one input: its output, and the way from the output's gradient to the input's. */
export interface Part {
  output: Tensor;
  backward(dy: Tensor): Tensor;
}
