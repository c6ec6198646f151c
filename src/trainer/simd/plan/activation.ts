import type { Activation, Node } from "../../../core";
import type { Planner, Value } from "./planner";
import { beforeReceiving, input, needGradient, pieceScratch, plainValue, source } from "./source";

/** What the kernels name an activation by (`Kind` in `assembly/activation.ts`). */
export const activationKinds: Record<Activation, number> = { relu: 0, relu6: 1, swish: 2, hswish: 3 };

/** An activation that no convolution fuses. It reads raw values too, and keeps none but its own. */
export function activation(
  planner: Planner,
  node: Extract<Node, { kind: "activation" }>,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels } = planner.options;
  const kind = activationKinds[node.activation];
  const from = input(planner, node);
  const value = plainValue(planner, from, index, consumers);
  const gradient = needGradient(planner, value);
  const record = source(planner, from, index);
  const { scratch } = planner;
  planner.needScratch(() => 2 * pieceScratch(planner, from.channels));
  planner.forward.push({
    kernel: node.activation,
    multiplyAdds: 0,
    run: ({ images }) => kernels.activateSource(kind, record.address, images, value.data.address, scratch.address),
  });
  planner.backward.push(...beforeReceiving(planner, from), {
    kernel: `${node.activation} backward`,
    multiplyAdds: 0,
    run: ({ images }) =>
      kernels.activateSourceBackward(kind, record.address, images, gradient.address, scratch.address),
  });
  return value;
}
