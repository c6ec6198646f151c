import { type Node, type Parameter, samePadding } from "../../../core";
import type { Slot } from "../arena";
import { deliver } from "../records";
import type { Call, Planner, Value } from "./planner";

/**
 * Raw values need not be normalised and stored where the only consumer does that while it loads them: it saves writing
 * and reading a whole activation, both ways.
 */
export function canStayRaw({ options }: Planner, { consumers, gates }: Value): boolean {
  const [consumer, ...others] = consumers;
  if (consumer === undefined || others.length > 0) return false;
  const kinds = gates
    ? ["conv", "depthwise", "add"]
    : ["conv", "depthwise", "add", "squeezeExcite", "globalPool", "activation"];
  return kinds.includes((options.network.nodes[consumer] as Node).kind);
}

/** The value that a node reads. */
export function input(planner: Planner, node: Node, which = 0): Value {
  return planner.values.get(node.inputs[which] as number) as Value;
}

/** Addresses of a node's parameter and of its gradient. */
export function parameter(planner: Planner, index: number, role: Parameter["role"]) {
  const { layout, weights, gradients } = planner.options;
  const placement = layout.placements.get(`${index}/${role}`);
  if (!placement) throw new RangeError(`Node ${index} has no ${role}.`);
  return { weights: weights + 4 * placement.offset, gradient: gradients + 4 * placement.offset };
}

/**
 * The record through which a node reads a value, and gives it its gradient (the image takes none); `again` where the
 * node has read the same value before.
 */
export function source(planner: Planner, value: Value, index: number, again = false): Slot {
  const last = index === Math.max(...value.consumers) && !again;
  const receives = value.norm && !value.gates;
  if (value.producer >= 0) needGradient(planner, value);
  return planner.record("source", () => ({
    data: value.data,
    channels: value.channels,
    height: value.height,
    width: value.width,
    norm: value.norm,
    gates: value.gates,
    gradient: value.gradient,
    deliver: receives ? deliver.receive : last ? deliver.store : deliver.add,
    gateSums: value.gateSums,
  }));
}

/** The gradient is first written by the last consumer and last read by the producer. */
export function needGradient(planner: Planner, value: Value): Slot {
  value.gradient ??= planner.tensor(value, planner.back(Math.max(...value.consumers)), planner.back(value.producer));
  return value.gradient;
}

/** Where a value's gradient lies once the arena is laid out. @throws Error where no consumer gives it one. */
export function gradientOf({ gradient, producer }: Value): number {
  if (!gradient) throw new Error(`Nothing gives node ${producer} a gradient.`);
  return gradient.address;
}

/** Until when a value's data are read: by the backward pass of its first consumer, raw ones also by their own. */
export function lastUse(planner: Planner, index: number, consumers: readonly number[], raw: boolean): number {
  return planner.back(raw || consumers.length === 0 ? index : Math.min(...consumers));
}

/** Fields of a layer's window; of a square one without gaps where `columns` and `dilation` are absent. */
export function windowOf(node: Node & { kernel: number; columns?: number; dilation?: number; stride: number }) {
  const { kernel, columns = kernel, dilation = 1, stride, output } = node;
  const padding = samePadding(node);
  return {
    ...{ kernel, columns, dilation, stride },
    top: padding.rows[0],
    left: padding.columns[0],
    outHeight: output.height,
    outWidth: output.width,
  };
}

/** Batch norm's sums start at zero before the only consumer of raw values hands their gradient over. */
export function beforeReceiving({ options: { kernels } }: Planner, { norm, gates }: Value): Call[] {
  if (!norm || gates) return [];
  return [{ kernel: "norm", multiplyAdds: 0, run: () => kernels.beginReceive(norm.address) }];
}

/** Scratch of a kernel that works on pieces of an activation. */
export function pieceScratch({ options: { kernels } }: Planner, channels: number): number {
  return Math.max(kernels.PIECE_BYTES.value, 4 * channels);
}

/** A finished value of a node's own. */
export function plainValue(
  planner: Planner,
  { height, width, channels }: Pick<Value, "height" | "width" | "channels">,
  index: number,
  consumers: readonly number[],
): Value {
  const data = planner.tensor({ height, width, channels }, index, lastUse(planner, index, consumers, false));
  return { height, width, channels, data, producer: index, consumers };
}

/** Normalises raw values into an array of their own, for consumers that cannot, or are several. */
export function store(planner: Planner, raw: Value): Value {
  const { kernels } = planner.options;
  const { height, width, channels, producer, consumers } = raw;
  const data = planner.tensor(raw, producer, lastUse(planner, producer, consumers, false));
  const value: Value = { height, width, channels, data, producer, consumers };
  // The gradient by the stored values becomes that of the norm in place.
  const gradient = needGradient(planner, value);
  raw.gradient = gradient;
  const record = source(planner, raw, producer);
  planner.forward.push({
    kernel: "store",
    multiplyAdds: 0,
    run: ({ images }) => kernels.storeValues(record.address, images, data.address),
  });
  if (raw.gates) return value;
  planner.backward.unshift(...beforeReceiving(planner, raw), {
    kernel: "receive",
    multiplyAdds: 0,
    run: ({ images }) => kernels.deliverGradient(record.address, images, (value.gradient ?? gradient).address),
  });
  return value;
}
