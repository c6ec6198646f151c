import type { Node } from "../../../core";
import type { Slot } from "../arena";
import type { Planner, Value } from "./planner";
import { beforeReceiving, input, lastUse, needGradient, pieceScratch, source, windowOf } from "./source";

export function averagePool(
  planner: Planner,
  node: Extract<Node, { kind: "pool" }>,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels } = planner.options;
  const from = input(planner, node);
  const value = plainValue(planner, { ...node.output, channels: from.channels }, index, consumers);
  const gradient = needGradient(planner, value);
  const record = source(planner, from, index);
  const layer = planner.record("layer", () => ({
    source: record,
    norm: undefined,
    ...windowOf(node, node.kernel, node.stride),
    weights: 0,
    weightGradient: 0,
  }));
  planner.forward.push({
    kernel: "average pool",
    multiplyAdds: 0,
    run: ({ images }) => kernels.averagePool(layer.address, images, value.data.address),
  });
  planner.backward.push({
    kernel: "average pool backward",
    multiplyAdds: 0,
    run: ({ images }) => kernels.averagePoolBackward(layer.address, images, gradient.address),
  });
  return value;
}

export function globalPool(
  planner: Planner,
  node: Extract<Node, { kind: "globalPool" }>,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels } = planner.options;
  const from = input(planner, node);
  const value = plainValue(planner, { height: 1, width: 1, channels: from.channels }, index, consumers);
  const gradient = needGradient(planner, value);
  const record = source(planner, from, index);
  const { scratch } = planner;
  planner.needScratch(() => pieceScratch(planner, from.channels));
  planner.forward.push({
    kernel: "global pool",
    multiplyAdds: 0,
    run: ({ images }) => kernels.globalPool(record.address, images, value.data.address, scratch.address),
  });
  planner.backward.push(...beforeReceiving(planner, from), {
    kernel: "global pool backward",
    multiplyAdds: 0,
    run: ({ images }) => kernels.globalPoolBackward(record.address, images, gradient.address, scratch.address),
  });
  return value;
}

/** The sum of two branches. Backward nothing need be copied: what reads the sum's gradient reads it where it is. */
export function sum(
  planner: Planner,
  node: Extract<Node, { kind: "add" }>,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels } = planner.options;
  const branches = [input(planner, node, 0), input(planner, node, 1)] as const;
  const [a] = branches;
  const value = plainValue(planner, a, index, consumers);
  const gradient = needGradient(planner, value);
  const taken = takeOver(planner, branches, gradient, index);
  const records = branches.map((branch) => source(planner, branch, index)) as [Slot, Slot];
  const { scratch } = planner;
  planner.needScratch(() => 2 * pieceScratch(planner, a.channels));
  planner.forward.push({
    kernel: "add",
    multiplyAdds: 0,
    run: ({ images }) =>
      kernels.addSources(records[0].address, records[1].address, images, value.data.address, scratch.address),
  });
  branches.forEach((branch, i) => {
    // Raw values' gradient is summed for batch norm wherever it lies.
    if (taken.has(branch) && (!branch.norm || branch.gates)) return;
    const record = records[i] as Slot;
    planner.backward.push(...beforeReceiving(planner, branch), {
      kernel: "receive",
      multiplyAdds: 0,
      run: ({ images }) => kernels.deliverGradient(record.address, images, gradient.address),
    });
  });
  return value;
}

/**
 * The branches that take the sum's gradient over as their own. A branch that other nodes read too (a skip) has theirs
 * added to it: the other branch must have been passed backward before, or have a copy.
 */
function takeOver(
  planner: Planner,
  branches: readonly [Value, Value],
  gradient: Slot,
  index: number,
): ReadonlySet<Value> {
  const writers = branches.flatMap((branch) => branch.consumers.filter((consumer) => consumer !== index));
  const shared = branches.filter((branch) => branch.consumers.length > 1);
  const taken = new Set<Value>();
  for (const branch of branches) {
    if (branch.producer < 0 || Math.max(...branch.consumers) !== index) continue;
    if (branch.norm && !branch.gates && !branch.linear) continue; // the activation changes the gradient
    const beforeAllWriters = writers.every((writer) => writer < branch.producer);
    const alone = branch.consumers.length === 1;
    if (alone ? !beforeAllWriters : shared.length > 1 || branches[0] === branches[1]) continue;
    planner.share(gradient, branch.gradient, planner.back(branch.producer));
    branch.gradient = gradient;
    taken.add(branch);
  }
  return taken;
}

function plainValue(
  planner: Planner,
  { height, width, channels }: Pick<Value, "height" | "width" | "channels">,
  index: number,
  consumers: readonly number[],
): Value {
  const data = planner.tensor({ height, width, channels }, index, lastUse(planner, index, consumers, false));
  return { height, width, channels, data, producer: index, consumers };
}
