import { IMAGE, listParameters, type Network, type Node, type Parameter } from "../../core";
import { decays } from "../optimizer";
import type { Weights } from "../weights";
import { padded } from "./padding";

/** One parameter's place among the weights; `offset` counts numbers. Padding holds zeros and stays so. */
export interface Placement {
  parameter: Parameter;
  offset: number;
  length: number;
  /** The parameter is `groups` matrices [rows, columns]; in the arena each is [paddedRows, paddedColumns]. */
  groups: number;
  rows: number;
  columns: number;
  paddedRows: number;
  paddedColumns: number;
}

/**
 * All parameters of a network in one array, so that the optimiser is one loop: first those that decay, then the other
 * trained ones, then batch norm's moving statistics. Gradients and velocities lie in the same order.
 */
export interface ParameterLayout {
  placements: ReadonlyMap<string, Placement>;
  decayed: number;
  trained: number;
  total: number;
}

export function layOutParameters(network: Network): ParameterLayout {
  const placements = new Map<string, Placement>();
  const parameters = listParameters(network);
  const groups = [
    parameters.filter((parameter) => parameter.trainable && decays(parameter)),
    parameters.filter((parameter) => parameter.trainable && !decays(parameter)),
    parameters.filter((parameter) => !parameter.trainable),
  ];
  let offset = 0;
  const [decayed = 0, trained = 0, total = 0] = groups.map((group) => {
    for (const parameter of group) {
      const placement = place(parameter, offset, network);
      placements.set(parameter.name, placement);
      offset += placement.length;
    }
    return offset;
  });
  return { placements, decayed, trained, total };
}

function place(parameter: Parameter, offset: number, network: Network): Placement {
  const { shape, role } = parameter;
  const node = network.nodes[parameter.node] as Node;
  const [groups, rows, columns] = matricesOf(shape, node);
  // The image keeps its 1 or 3 channels: its convolution reads whole runs of kernel x channels numbers.
  const whole = shape.length === 1 || node.kind === "depthwise" || (role === "kernel" && node.inputs[0] === IMAGE);
  const paddedRows = whole ? rows : padded(rows);
  const paddedColumns = padded(columns);
  const length = groups * paddedRows * paddedColumns;
  return { parameter, offset, length, groups, rows, columns, paddedRows, paddedColumns };
}

function matricesOf(shape: readonly number[], { kind }: Node): [groups: number, rows: number, columns: number] {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  if (shape.length === 1) return [1, 1, a];
  if (shape.length === 2) return [1, a, b];
  return kind === "depthwise" ? [a * b, 1, c] : [a * b, c, d];
}

/** Writes weights into their places, zeros between them. */
export function writeWeights(layout: ParameterLayout, weights: Weights, to: Float32Array): void {
  to.fill(0);
  forEachRow(layout, weights, (values, place) => to.set(values, place));
}

/** Reads weights from their places. */
export function readWeights(layout: ParameterLayout, from: Float32Array): Weights {
  const weights: Weights = new Map();
  for (const [name, { groups, rows, columns }] of layout.placements) {
    weights.set(name, new Float32Array(groups * rows * columns));
  }
  forEachRow(layout, weights, (values, place) => values.set(from.subarray(place, place + values.length)));
  return weights;
}

function forEachRow(
  { placements }: ParameterLayout,
  weights: Weights,
  visit: (values: Float32Array, place: number) => void,
): void {
  for (const [name, { offset, groups, rows, columns, paddedRows, paddedColumns }] of placements) {
    const values = weights.get(name) as Float32Array;
    for (let group = 0; group < groups; group++) {
      for (let row = 0; row < rows; row++) {
        const at = (group * rows + row) * columns;
        visit(values.subarray(at, at + columns), offset + (group * paddedRows + row) * paddedColumns);
      }
    }
  }
}
