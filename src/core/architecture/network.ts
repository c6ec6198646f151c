import type { Activation, Scale, SqueezeExciteRule } from "./architecture";

/** Height, width and channels of one image's activation. */
export interface Shape {
  height: number;
  width: number;
  channels: number;
}

/**
 * Where a node stands, for drawing and for naming weights: stem, block or cell number from 0, or head. In a cell, layer 0
 * brings the two inputs in shape, a step has its number from 1, and the output is one more.
 */
export interface Place {
  block: number | "stem" | "head";
  layer: number;
}

/** Activations that a convolution fuses; the others are nodes of their own. */
export type FusedActivation = "none" | "relu" | "relu6";

/** Convolution with SAME padding, no bias, then batch norm and activation. */
export interface ConvNode {
  kind: "conv";
  /** Rows of the kernel, and its columns where `columns` is absent. */
  kernel: number;
  columns?: number;
  /** Places between two taps of the kernel; 1 where absent. */
  dilation?: number;
  stride: number;
  activation: FusedActivation;
}

/** k x k depthwise convolution (multiplier 1) with SAME padding, no bias, then batch norm and activation. */
export interface DepthwiseNode {
  kind: "depthwise";
  kernel: number;
  stride: number;
  activation: FusedActivation;
  /** False for the bare convolution, without batch norm and activation (NASNet's separable convolution). */
  norm?: false;
}

/**
 * Global mean, dense to `squeezed` with bias and activation, dense back with bias and gate, channel-wise product.
 */
export interface SqueezeExciteNode {
  kind: "squeezeExcite";
  squeezed: number;
  activation: SqueezeExciteRule["activation"];
  gate: SqueezeExciteRule["gate"];
}

/** Pooling with SAME padding; padded places do not count, neither towards the mean nor as the largest (as in TensorFlow). */
export interface PoolNode {
  kind: "pool";
  reduce: "mean" | "max";
  kernel: number;
  stride: number;
}

/** An activation that is not fused into a convolution: after a dense layer, before a cell's convolutions, or a swish. */
export interface ActivationNode {
  kind: "activation";
  activation: Activation;
}

/** Joins inputs of the same height and width along the channels, in order; one node may be named twice. */
export interface ConcatNode {
  kind: "concat";
}

/** Sum of two inputs of the same shape, which may be one node named twice. */
export interface AddNode {
  kind: "add";
}

/** Mean over height and width. */
export interface GlobalPoolNode {
  kind: "globalPool";
}

/** Dropout while training, nothing otherwise. */
export interface DropoutNode {
  kind: "dropout";
  rate: number;
}

/** Fully connected with bias; the last one's outputs are the logits. */
export interface DenseNode {
  kind: "dense";
}

export type Operator =
  | ConvNode
  | DepthwiseNode
  | SqueezeExciteNode
  | PoolNode
  | ActivationNode
  | AddNode
  | ConcatNode
  | GlobalPoolNode
  | DropoutNode
  | DenseNode;

/** One step of a network. Inputs name earlier nodes by index; `IMAGE` is the input image. */
export type Node = Operator & {
  inputs: readonly number[];
  /** Of the first input. */
  input: Shape;
  output: Shape;
  place: Place;
};

export const IMAGE = -1;

/**
 * An architecture at a scale: the nodes in an order in which they can be computed, the last one giving the logits.
 * Trainers, profiler, counts, drawing and export all read this one form.
 */
export interface Network {
  scale: Required<Scale>;
  nodes: readonly Node[];
}

/** Epsilon of batch norm (reference code). */
export const BATCH_NORM_EPSILON = 1e-3;
