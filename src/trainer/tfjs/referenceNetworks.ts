import { type Architecture, type Cell, instantiate, type Network } from "../../core";

/** A small network, and what the first steps of its training come to. */
export interface ReferenceNetwork {
  network: Network;
  /** As TensorFlow.js's plain JavaScript backend gives them (checked in the tests). */
  losses: readonly number[];
  /** Such that the losses fall well: then they tell one gradient from another. */
  learningRate: number;
}

/** Every kind of layer of the default space once, as wide as a small candidate's. */
const layers: Architecture = {
  stem: { filters: 8, stride: 2 },
  blocks: [
    { operation: "mbconv", expansion: 6, kernel: 3, seRatio: 0.25, skip: "pool", filters: 8, layers: 1, stride: 2 },
  ],
  head: { filters: 64, scaling: "always" },
  activation: "relu6",
  dropout: 0,
  divisor: 4,
};

/** What presets add to that: other activations and gates, a hidden layer. */
const activations: Architecture = {
  stem: { filters: 8, stride: 2 },
  blocks: [
    {
      ...{
        operation: "mbconv",
        expansion: 3,
        kernel: 3,
        seRatio: 0.25,
        skip: "none",
        filters: 8,
        layers: 1,
        stride: 2,
      },
      activation: "swish",
    },
    {
      ...{ operation: "mbconv", expansion: 2, kernel: 3, seRatio: 0, skip: "none", filters: 12, layers: 1, stride: 1 },
      activation: "relu",
    },
  ],
  head: { filters: 24, scaling: "always", hidden: 16 },
  activation: "hswish",
  squeezeExcite: { from: "expanded", rounded: true, activation: "swish", gate: "hsigmoid" },
  dropout: 0,
  divisor: 4,
};

const cell: Cell = {
  steps: [
    { left: 0, leftOperation: "conv-1x3-3x1", right: 1, rightOperation: "dilated-3x3", combination: "add" },
    { left: 0, leftOperation: "separable-3x3", right: 1, rightOperation: "max-3x3", combination: "concat" },
    { left: 2, leftOperation: "dilated-3x3", right: 2, rightOperation: "max-3x3", combination: "add" },
  ],
  output: [3, 4],
};

/** What cells add, on an even side, striding and not: one reduction cell. */
const cells: Architecture = {
  stem: { filters: 8, stride: 1, reductions: 1 },
  cells: { normal: cell, reduction: cell },
  groups: 1,
  repeats: 0,
  filters: 16,
  dropout: 0,
  divisor: 4,
};

function at(inputSize: number, architecture: Architecture): Network {
  return instantiate(architecture, { inputSize, widthMultiplier: 1, classes: 10 });
}

/** The first is the default space's. */
export const referenceNetworks: readonly [ReferenceNetwork, ...ReferenceNetwork[]] = [
  { network: at(32, layers), learningRate: 0.2, losses: [2.397822, 2.22928, 2.106921, 2.023275] },
  { network: at(16, activations), learningRate: 1, losses: [2.318341, 2.180476, 2.048272, 1.913325] },
  { network: at(8, cells), learningRate: 0.2, losses: [2.399409, 1.944828, 1.729202, 1.528302] },
];
