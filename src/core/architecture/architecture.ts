/** What a layer of a block computes. `mbconv` expands, convolves depthwise and projects; `dconv` is the same unexpanded. */
export type Operation = "conv" | "dconv" | "mbconv";

/** What is added to a layer's output: a pooled copy of its input, the input itself, or nothing. */
export type Skip = "pool" | "identity" | "none";

/** x swish = x sigmoid(x); x hswish = x relu6(x + 3) / 6 (MobileNetV3, arXiv 1905.02244, section 5.2). */
export type Activation = "relu" | "relu6" | "swish" | "hswish";

/**
 * One layer, repeated. Only the first repeat strides and changes the number of filters (paper, section 4.1 and Figure 4).
 */
export interface Block {
  operation: Operation;
  /** Channels after the expansion over channels before it; 1 for `conv` and `dconv`. */
  expansion: number;
  /** Side of the square kernel, px. */
  kernel: number;
  /** Squeezed channels over the channels that `SqueezeExciteRule.from` names; 0 for no squeeze-and-excite. */
  seRatio: number;
  skip: Skip;
  /** Output channels at width multiplier 1. */
  filters: number;
  /** Repeats, at least 1. */
  layers: number;
  /** Stride of the first repeat. */
  stride: 1 | 2;
  /** The architecture's where absent. */
  activation?: Activation;
}

/** How the squeeze-and-excite of all blocks is made. */
export interface SqueezeExciteRule {
  /** The squeezed width follows the layer's input before expansion (MnasNet's code) or its channels after it (MobileNetV3). */
  from: "input" | "expanded";
  /** Whether the squeezed width is rounded to the architecture's divisor; else it is rounded down. */
  rounded: boolean;
  activation: "relu" | "swish";
  /** hsigmoid(x) = relu6(x + 3) / 6. */
  gate: "sigmoid" | "hsigmoid";
}

/** The rule of MnasNet's reference code. */
export const mnasnetSqueezeExcite: SqueezeExciteRule = {
  from: "input",
  rounded: false,
  activation: "relu",
  gate: "sigmoid",
};

/** A network of blocks as data, not tensors. `instantiate` makes a `Network` of it at a `Scale`. */
export interface BlockArchitecture {
  stem: { filters: number; stride: 1 | 2 };
  blocks: readonly Block[];
  head: {
    /** The 1x1 convolution before global pooling, 0 for none; its width follows the multiplier as `scaling` says. */
    filters: number;
    scaling: HeadScaling;
    /** A dense layer with activation after global pooling (MobileNetV3), wider with multipliers above one only. */
    hidden?: number;
  };
  activation: Activation;
  /** `mnasnetSqueezeExcite` where absent. */
  squeezeExcite?: SqueezeExciteRule;
  dropout: number;
  /** Channels are rounded to multiples of this. */
  divisor: number;
}

export type HeadScaling = "always" | "above-one" | "never";

/** What a step of a cell does to a hidden state (NASNet, arXiv 1707.07012, section 3: its 13 operations). */
export type CellOperation =
  | "identity"
  | "conv-1x3-3x1"
  | "conv-1x7-7x1"
  | "dilated-3x3"
  | "average-3x3"
  | "max-3x3"
  | "max-5x5"
  | "max-7x7"
  | "conv-1x1"
  | "conv-3x3"
  | "separable-3x3"
  | "separable-5x5"
  | "separable-7x7";

export type Combination = "add" | "concat";

/** Makes one new hidden state of two: state 0 is the output of the cell before, 1 that of the one before it, 2 the first step's. */
export interface CellStep {
  left: number;
  leftOperation: CellOperation;
  right: number;
  rightOperation: CellOperation;
  combination: Combination;
}

/** A small graph that is repeated. */
export interface Cell {
  steps: readonly CellStep[];
  /** Hidden states whose concatenation is the cell's output: those that no step uses, or as a published cell says. */
  output: readonly number[];
}

/** A network of cells as data: normal cells keep the size, reduction cells halve it and double the filters. */
export interface CellArchitecture {
  stem: {
    filters: number;
    stride: 1 | 2;
    /** Reduction cells straight after the stem, of 1/2^n ... 1/2 of the cells' filters. */
    reductions: number;
  };
  cells: { normal: Cell; reduction: Cell };
  /** Groups of normal cells, a reduction cell between two groups. */
  groups: number;
  /** Normal cells in a group. */
  repeats: number;
  /** Channels of every branch in the first group. */
  filters: number;
  dropout: number;
  divisor: number;
}

/** One network as data. */
export type Architecture = BlockArchitecture | CellArchitecture;

export function isCellArchitecture(architecture: Architecture): architecture is CellArchitecture {
  return "cells" in architecture;
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
