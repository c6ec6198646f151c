import { listParameters, type Network, type Parameter, spaces } from "../../src/core";
import { initialWeights, type Weights } from "../../src/trainer/weights";
import { yardstickDecisions } from "./architectures";

/** Trained weights of the networks of one pass, from which those after them start. */
export interface Inheritance {
  /**
   * The network's own initial weights, overlaid with what the latest network with an array of the same name lends; batch
   * norm's statistics too, though the first step's batch replaces them.
   */
  weightsFor(architecture: number, network: Network, seed: number): Weights;
  /** A trained network lends its weights from now on; nothing where it diverged. */
  add(architecture: number, network: Network, weights: Weights): void;
}

/** Row-major values of an array. */
export interface Values {
  shape: readonly number[];
  values: Float32Array;
}

export function createInheritance(): Inheritance {
  const lent = new Map<string, Values>();
  return {
    weightsFor(architecture, network, seed) {
      const weights = initialWeights(network, seed);
      for (const [name, to] of named(architecture, network, weights)) {
        const from = lent.get(name);
        if (from) overlay(from, to);
      }
      return weights;
    },
    add(architecture, network, weights) {
      const arrays = named(architecture, network, weights);
      if (![...arrays.values()].every(({ values }) => values.every(Number.isFinite))) return;
      for (const [name, array] of arrays) lent.set(name, array);
    },
  };
}

/** Writes the first of `from` over the first of `to` along every side; what reaches beyond stays on either side. */
export function overlay(from: Values, to: Values): void {
  const common = Math.min(from.shape[0] ?? 1, to.shape[0] ?? 1);
  if (to.shape.length <= 1) to.values.set(from.values.subarray(0, common));
  else for (let i = 0; i < common; i++) overlay(itemOf(from, i), itemOf(to, i));
}

function itemOf({ shape: [count = 1, ...shape], values }: Values, index: number): Values {
  const size = values.length / count;
  return { shape, values: values.subarray(index * size, (index + 1) * size) };
}

/** A network's arrays by names that other networks have too. */
function named(architecture: number, network: Network, weights: Weights): Map<string, Values> {
  const nameOf = namer(architecture, network);
  return new Map(
    listParameters(network).map((parameter) => {
      const values = weights.get(parameter.name) as Float32Array;
      return [nameOf(parameter), { shape: parameter.shape, values }];
    }),
  );
}

/**
 * Names parameters by block, layer and operation, such as "2/0/mbconv/depthwise-5-relu6/kernel". A name tells the kernel's
 * size but not the channels, and the activation tells an expansion from a projection.
 */
export function namer(architecture: number, { nodes }: Network): (parameter: Parameter) => string {
  const { blocks } = spaces["factorized-browser"].decode(yardstickDecisions(architecture));
  return ({ node: index, role }) => {
    const node = nodes[index];
    if (!node) throw new RangeError(`The network has no node ${index}.`);
    const { block, layer } = node.place;
    const operation = typeof block === "number" ? blocks[block]?.operation : undefined;
    const filter = node.kind === "conv" || node.kind === "depthwise" ? [node.kernel, node.activation] : [];
    return [block, layer, operation ?? "frame", [node.kind, ...filter].join("-"), role].join("/");
  };
}
