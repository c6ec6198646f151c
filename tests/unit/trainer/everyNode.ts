import { IMAGE, type Network } from "../../../src/core";
import { networkOf } from "./simd/support/networks";

/** A network of every kind of node in every form, each that strides at an input of even or odd size as asked for. */
export function everyNode(inputSize: number): Network {
  return networkOf({ inputSize }, [
    { kind: "conv", kernel: 3, stride: 1, activation: "none", inputs: [IMAGE], filters: 5 },
    { kind: "activation", activation: "relu" },
    { kind: "depthwise", kernel: 7, stride: 2, activation: "none", norm: false },
    { kind: "conv", kernel: 1, stride: 1, activation: "none", filters: 6 },
    { kind: "conv", kernel: 1, columns: 3, stride: 1, activation: "none", inputs: [1], filters: 4 },
    { kind: "activation", activation: "swish" },
    { kind: "conv", kernel: 3, columns: 1, stride: 2, activation: "none", filters: 6 },
    { kind: "conv", kernel: 3, dilation: 2, stride: 2, activation: "none", inputs: [0], filters: 6 },
    { kind: "pool", reduce: "max", kernel: 3, stride: 2, inputs: [0] },
    { kind: "concat", inputs: [3, 6, 8] },
    { kind: "conv", kernel: 3, dilation: 2, stride: 1, activation: "relu6", filters: 5 },
    { kind: "add", inputs: [3, 7] },
    { kind: "pool", reduce: "max", kernel: 7, stride: 1 },
    { kind: "concat", inputs: [10, 12] },
    { kind: "activation", activation: "hswish" },
    { kind: "squeezeExcite", squeezed: 3, activation: "swish", gate: "hsigmoid" },
    { kind: "depthwise", kernel: 3, stride: 1, activation: "relu6" },
    { kind: "conv", kernel: 1, columns: 7, stride: 1, activation: "none", filters: 5 },
    { kind: "conv", kernel: 7, columns: 1, stride: 2, activation: "relu", filters: 5 },
    { kind: "conv", kernel: 1, stride: 2, activation: "none", inputs: [15], filters: 5 },
    { kind: "pool", reduce: "max", kernel: 5, stride: 1 },
    { kind: "add", inputs: [18, 20] },
    { kind: "activation", activation: "relu6" },
    { kind: "squeezeExcite", squeezed: 2, activation: "relu", gate: "sigmoid" },
    { kind: "pool", reduce: "mean", kernel: 3, stride: 2 },
    { kind: "globalPool" },
    { kind: "dense", filters: 7 },
    { kind: "activation", activation: "hswish" },
    { kind: "dropout", rate: 0 },
    { kind: "dense" },
  ]);
}
