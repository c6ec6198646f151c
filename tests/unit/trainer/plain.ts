import { type Activation, BATCH_NORM_EPSILON, type FusedActivation, type Network, type Node } from "../../../src/core";

/** A batch of activations as plain numbers, read by place. */
export interface Field {
  count: number;
  height: number;
  width: number;
  channels: number;
  values: Float64Array;
}

type Weight = (role: string) => ArrayLike<number>;

/** A network's logits in plain loops and double precision; by the batch's own statistics where `training`. */
export function plainForward(
  network: Network,
  weights: ReadonlyMap<string, ArrayLike<number>>,
  image: Field,
  training: boolean,
): Float64Array {
  const fields: Field[] = [];
  network.nodes.forEach((node, index) => {
    const weight: Weight = (role) => weights.get(`${index}/${role}`) as ArrayLike<number>;
    const inputs = node.inputs.map((input) => fields[input] ?? image);
    fields.push(plainNode(node, inputs, weight, training));
  });
  return (fields[fields.length - 1] as Field).values;
}

function plainNode(node: Node, inputs: readonly Field[], weight: Weight, training: boolean): Field {
  const [x, other] = inputs as [Field, Field];
  switch (node.kind) {
    case "conv":
    case "depthwise": {
      const y = convolve(node, x, weight("kernel"));
      const isBare = node.kind === "depthwise" && node.norm === false;
      return isBare ? y : plainNorm(y, weight, node.activation, training);
    }
    case "squeezeExcite": {
      const squeezed = plainLinear(plainMean(x), node.squeezed, weight("squeezeKernel"), weight("squeezeBias"));
      const hidden = mapped(squeezed, functions[node.activation]);
      const gates = plainLinear(hidden, x.channels, weight("exciteKernel"), weight("exciteBias"));
      const factors = mapped(gates, node.gate === "sigmoid" ? sigmoid : hsigmoid).values;
      return mapped(x, (value, i) => {
        const n = Math.floor(i / (x.height * x.width * x.channels));
        return value * (factors[n * x.channels + (i % x.channels)] as number);
      });
    }
    case "pool": {
      const mean = (seen: number[]) => seen.reduce((a, b) => a + b, 0) / seen.length;
      const reduce = node.reduce === "mean" ? mean : (seen: number[]) => Math.max(...seen);
      const window = { rows: node.kernel, columns: node.kernel, dilation: 1, stride: node.stride };
      return slide(x, x.channels, window, (taps, n, c) => reduce(taps.map(({ place }) => at(x, n, place, c))));
    }
    case "activation":
      return mapped(x, functions[node.activation]);
    case "add":
      return mapped(x, (value, i) => value + (other.values[i] as number));
    case "concat":
      return joined(inputs);
    case "globalPool":
      return plainMean(x);
    case "dropout":
      return x;
    case "dense":
      return plainLinear(x, node.output.channels, weight("kernel"), weight("bias"));
  }
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const hsigmoid = (x: number) => Math.min(6, Math.max(0, x + 3)) / 6;
const functions: Record<Activation, (x: number) => number> = {
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  swish: (x) => x * sigmoid(x),
  hswish: (x) => x * hsigmoid(x),
};

function mapped(x: Field, f: (value: number, i: number) => number): Field {
  return { ...x, values: x.values.map(f) };
}

function joined(inputs: readonly Field[]): Field {
  const [first] = inputs as [Field];
  const places = first.count * first.height * first.width;
  const values = Array.from({ length: places }, (_, place) =>
    inputs.flatMap((x) => [...x.values.subarray(place * x.channels, (place + 1) * x.channels)]),
  );
  const channels = inputs.reduce((sum, x) => sum + x.channels, 0);
  return { ...first, channels, values: Float64Array.from(values.flat()) };
}

function at(x: Field, n: number, place: number, c: number): number {
  return x.values[(n * x.height * x.width + place) * x.channels + c] as number;
}

function convolve(node: Extract<Node, { kind: "conv" | "depthwise" }>, x: Field, filter: ArrayLike<number>): Field {
  const { kernel, stride, output } = node;
  const isConv = node.kind === "conv";
  const window = {
    rows: kernel,
    columns: (isConv ? node.columns : undefined) ?? kernel,
    dilation: (isConv ? node.dilation : undefined) ?? 1,
    stride,
  };
  return slide(x, output.channels, window, (taps, n, c) => {
    let total = 0;
    for (const { tap, place } of taps) {
      if (!isConv) {
        total += (filter[tap * x.channels + c] as number) * at(x, n, place, c);
        continue;
      }
      for (let i = 0; i < x.channels; i++) {
        total += (filter[(tap * x.channels + i) * output.channels + c] as number) * at(x, n, place, i);
      }
    }
    return total;
  });
}

interface Window {
  rows: number;
  columns: number;
  dilation: number;
  stride: number;
}

/** Slides a window with TensorFlow's SAME padding: what it makes of the taps that lie inside the field. */
function slide(
  x: Field,
  channels: number,
  { rows, columns, dilation, stride }: Window,
  term: (inside: { tap: number; place: number }[], n: number, c: number) => number,
): Field {
  const height = Math.ceil(x.height / stride);
  const width = Math.ceil(x.width / stride);
  const before = (taps: number, from: number, to: number) =>
    Math.floor(Math.max(0, (to - 1) * stride + (taps - 1) * dilation + 1 - from) / 2);
  const top = before(rows, x.height, height);
  const left = before(columns, x.width, width);
  const values: number[] = [];
  for (let n = 0; n < x.count; n++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const inside: { tap: number; place: number }[] = [];
        for (let tap = 0; tap < rows * columns; tap++) {
          const y = row * stride - top + Math.floor(tap / columns) * dilation;
          const z = column * stride - left + (tap % columns) * dilation;
          if (y >= 0 && z >= 0 && y < x.height && z < x.width) inside.push({ tap, place: y * x.width + z });
        }
        for (let c = 0; c < channels; c++) values.push(term(inside, n, c));
      }
  return { count: x.count, height, width, channels, values: Float64Array.from(values) };
}

function plainNorm(x: Field, weight: Weight, activation: FusedActivation, training: boolean): Field {
  const means = Array.from(weight("movingMean"));
  const variances = Array.from(weight("movingVariance"));
  if (training) {
    for (let c = 0; c < x.channels; c++) {
      const column = x.values.filter((_, i) => i % x.channels === c);
      const average = column.reduce((a, b) => a + b, 0) / column.length;
      means[c] = average;
      variances[c] = column.reduce((a, b) => a + (b - average) ** 2, 0) / column.length;
    }
  }
  return mapped(x, (value, i) => {
    const c = i % x.channels;
    const standard = (value - (means[c] as number)) / Math.sqrt((variances[c] as number) + BATCH_NORM_EPSILON);
    const scaled = standard * (weight("gamma")[c] as number) + (weight("beta")[c] as number);
    return activation === "none" ? scaled : functions[activation](scaled);
  });
}

function plainMean(x: Field): Field {
  const values = new Float64Array(x.count * x.channels);
  x.values.forEach((value, i) => {
    const n = Math.floor(i / (x.height * x.width * x.channels));
    const to = n * x.channels + (i % x.channels);
    values[to] = (values[to] as number) + value / (x.height * x.width);
  });
  return { count: x.count, height: 1, width: 1, channels: x.channels, values };
}

function plainLinear(x: Field, units: number, kernel: ArrayLike<number>, bias: ArrayLike<number>): Field {
  const values = new Float64Array(x.count * units).map((_, i) => {
    let total = bias[i % units] as number;
    for (let c = 0; c < x.channels; c++) {
      total += at(x, Math.floor(i / units), 0, c) * (kernel[c * units + (i % units)] as number);
    }
    return total;
  });
  return { ...x, channels: units, values };
}
