import type { Activation, Scale } from "./architecture";

/** Height, width and channels of one image's activation. */
export interface Shape {
  height: number;
  width: number;
  channels: number;
}

/** Where a node stands, for drawing and for naming weights: stem, block number from 0, or head. */
export interface Place {
  block: number | "stem" | "head";
  layer: number;
}

/** k x k convolution with SAME padding, no bias, then batch norm and activation. */
export interface ConvNode {
  kind: "conv";
  kernel: number;
  stride: number;
  activation: Activation;
}

/** k x k depthwise convolution (multiplier 1) with SAME padding, no bias, then batch norm and activation. */
export interface DepthwiseNode {
  kind: "depthwise";
  kernel: number;
  stride: number;
  activation: Activation;
}

/** Global mean, dense to `squeezed` with bias and ReLU, dense back with bias and sigmoid, channel-wise product. */
export interface SqueezeExciteNode {
  kind: "squeezeExcite";
  squeezed: number;
}

/** Average pooling with SAME padding; padded places do not count towards the mean (as in TensorFlow). */
export interface PoolNode {
  kind: "pool";
  kernel: number;
  stride: number;
}

/** Sum of two inputs of the same shape. */
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

/** Fully connected with bias; its outputs are the logits. */
export interface DenseNode {
  kind: "dense";
}

export type Operator =
  | ConvNode
  | DepthwiseNode
  | SqueezeExciteNode
  | PoolNode
  | AddNode
  | GlobalPoolNode
  | DropoutNode
  | DenseNode;

/** One step of a network. Inputs name earlier nodes by index; `IMAGE` is the input image. */
export type Node = Operator & {
  inputs: readonly number[];
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
