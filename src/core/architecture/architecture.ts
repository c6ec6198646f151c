/** What a layer of a block computes. `mbconv` expands, convolves depthwise and projects; `dconv` is the same unexpanded. */
export type Operation = "conv" | "dconv" | "mbconv";

/** What is added to a layer's output: a pooled copy of its input, the input itself, or nothing. */
export type Skip = "pool" | "identity" | "none";

export type Activation = "none" | "relu" | "relu6";

/**
 * One layer, repeated. Only the first repeat strides and changes the number of filters (paper, section 4.1 and Figure 4).
 */
export interface Block {
  operation: Operation;
  /** Channels after the expansion over channels before it; 1 for `conv` and `dconv`. */
  expansion: number;
  /** Side of the square kernel, px. */
  kernel: number;
  /** Squeezed channels over the layer's input channels; 0 for no squeeze-and-excite. */
  seRatio: number;
  skip: Skip;
  /** Output channels at width multiplier 1. */
  filters: number;
  /** Repeats, at least 1. */
  layers: number;
  /** Stride of the first repeat. */
  stride: 1 | 2;
}

/** One network as data: blocks, not tensors. `instantiate` makes a `Network` of it at a `Scale`. */
export interface Architecture {
  stem: { filters: number; stride: 1 | 2 };
  blocks: readonly Block[];
  /** The 1x1 convolution before global pooling, 0 for none; its width follows the multiplier as `scaling` says. */
  head: { filters: number; scaling: "always" | "above-one" | "never" };
  activation: "relu" | "relu6";
  dropout: number;
  /** Channels are rounded to multiples of this. */
  divisor: number;
}

/** The size at which an architecture becomes a network. */
export interface Scale {
  /** Side of the square input image, px. */
  inputSize: number;
  /** Factor on every layer's channels. */
  widthMultiplier: number;
  classes: number;
  /** Channels of the input image; 3 where absent. */
  channels?: number;
}
