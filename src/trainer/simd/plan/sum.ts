import type { Node } from "../../../core";
import type { Slot } from "../arena";
import type { Planner, Value } from "./planner";
import { beforeReceiving, input, needGradient, pieceScratch, plainValue, source } from "./source";

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
  const taken = takeOver(value, branches, planner, gradient);
  const records = branches.map((branch, i) => source(planner, branch, index, branches.indexOf(branch) < i)) as [
    Slot,
    Slot,
  ];
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
 * The branches that take the sum's gradient over as their own. Other nodes may add to it later: those that read a branch
 * too (a skip), or that read what a branch has taken over. One branch may have such writers, and the other one must have
 * been passed backward before they write, with all that share its gradient; else it gets a copy.
 */
function takeOver(value: Value, branches: readonly [Value, Value], planner: Planner, gradient: Slot): Set<Value> {
  const index = value.producer;
  const taken = new Set<Value>();
  const writers = branches.map((branch) => writersOf(branch, index));
  if (branches[0] === branches[1] || writers.every(({ length }) => length > 0)) return taken;
  for (const [i, branch] of branches.entries()) {
    if (branch.producer < 0 || Math.max(...branch.consumers) !== index) continue;
    if (branch.norm && !branch.gates && !branch.linear) continue; // the activation changes the gradient
    const others = writers[1 - i] as readonly number[];
    const lastReader = lastReaderOf(branch);
    if (others.some((writer) => writer >= lastReader)) continue;
    planner.share(gradient, branch.gradient, planner.back(branch.producer));
    branch.gradient = gradient;
    value.lastReader = Math.min(lastReaderOf(value), lastReader);
    value.laterWriters = [...(value.laterWriters ?? []), ...(writers[i] as readonly number[])];
    taken.add(branch);
  }
  return taken;
}

function lastReaderOf({ producer, lastReader = producer }: Value): number {
  return lastReader;
}

function writersOf({ consumers, laterWriters = [] }: Value, index: number): number[] {
  return [...consumers.filter((consumer) => consumer !== index), ...laterWriters];
}
