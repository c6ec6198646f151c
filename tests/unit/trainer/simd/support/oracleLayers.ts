import { BATCH_NORM_EPSILON, type FusedActivation, type Node, type SqueezeExciteNode } from "../../../../../src/core";
import { type Field, field, increase, type LayerContext, type LayerPass } from "./field";
import { bendOf, type FunctionName, functions } from "./oracleFunctions";
import { averagePooled, convolved, filtered, maximumPooled } from "./oracleWindows";

/** Computes one node in plain loops. */
export function layers(node: Node, inputs: readonly Field[], context: LayerContext): LayerPass {
  const [x, other] = inputs;
  if (!x) throw new RangeError("A node without input.");
  switch (node.kind) {
    case "conv":
      return normalised(convolved(node, x, context), node, context);
    case "depthwise": {
      const raw = filtered(node, x, context);
      return node.norm === false ? raw : normalised(raw, node, context);
    }
    case "squeezeExcite":
      return gated(node, x, context);
    case "pool":
      return node.reduce === "max" ? maximumPooled(node, x) : averagePooled(node, x);
    case "activation":
      return mapped(node.activation, x);
    case "concat":
      return joined(inputs);
    case "add":
      return {
        output: { ...x, values: x.values.map((value, i) => value + (other?.values[i] as number)) },
        backward: (dy) => ({ inputs: [dy, dy] }),
      };
    case "globalPool":
      return averaged(x);
    case "dropout":
      return dropped(node.rate, x, context);
    case "dense": {
      const { output, backward } = linear(x, context.weight("kernel"), context.weight("bias"));
      return {
        output,
        backward(dy) {
          const { dx, dKernel, dBias } = backward(dy);
          return { inputs: [dx], weights: { kernel: dKernel, bias: dBias } };
        },
      };
    }
  }
}

/** Batch norm and activation after a convolution. */
function normalised(
  raw: LayerPass,
  { activation }: { activation: FusedActivation },
  { weight, mode }: LayerContext,
): LayerPass {
  const { values, channels } = raw.output;
  const count = values.length / channels;
  const mean = mode === "training" ? new Float64Array(channels) : weight("movingMean");
  const variance = mode === "training" ? new Float64Array(channels) : weight("movingVariance");
  if (mode === "training") {
    values.forEach((value, i) => {
      increase(mean, i % channels, value / count);
    });
    values.forEach((value, i) => {
      increase(variance, i % channels, (value - (mean[i % channels] as number)) ** 2 / count);
    });
  }
  const inverse = variance.map((value) => 1 / Math.sqrt(value + BATCH_NORM_EPSILON));
  const standard = values.map((v, i) => (v - (mean[i % channels] as number)) * (inverse[i % channels] as number));
  const [gamma, beta] = [weight("gamma"), weight("beta")];
  const z = standard.map((value, i) => value * (gamma[i % channels] as number) + (beta[i % channels] as number));
  const [low, high] = rangeOf(activation);
  return {
    output: { ...raw.output, values: z.map((value) => Math.min(high, Math.max(low, value))) },
    statistics: { movingMean: mean, movingVariance: variance },
    bend: z.reduce((least, value) => Math.min(least, Math.abs(value - low), Math.abs(value - high)), high - low),
    backward(dy) {
      const dz = dy.map((slope, i) => ((z[i] as number) > low && (z[i] as number) < high ? slope : 0));
      const dGamma = new Float64Array(channels);
      const dBeta = new Float64Array(channels);
      dz.forEach((slope, i) => {
        increase(dBeta, i % channels, slope);
        increase(dGamma, i % channels, slope * (standard[i] as number));
      });
      const dRaw = dz.map((slope, i) => {
        const c = i % channels;
        const shared = ((dBeta[c] as number) + (standard[i] as number) * (dGamma[c] as number)) / count;
        return (gamma[c] as number) * (inverse[c] as number) * (slope - shared);
      });
      const { inputs, weights } = raw.backward(dRaw);
      return { inputs, weights: { ...weights, gamma: dGamma, beta: dBeta } };
    },
  };
}

function rangeOf(activation: FusedActivation): [low: number, high: number] {
  if (activation === "none") return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [0, activation === "relu6" ? 6 : Number.POSITIVE_INFINITY];
}

/** Squeeze-and-excite. */
function gated({ squeezed, ...node }: SqueezeExciteNode, x: Field, { weight }: LayerContext): LayerPass {
  const { channels, values } = x;
  const pixels = x.height * x.width;
  const factorOf = (i: number) => Math.floor(i / (pixels * channels)) * channels + (i % channels);
  const mean = averaged(x);
  const squeeze = linear(mean.output, weight("squeezeKernel"), weight("squeezeBias"));
  const hidden = mapped(node.activation, { ...squeeze.output, channels: squeezed });
  const excite = linear(hidden.output, weight("exciteKernel"), weight("exciteBias"));
  const gate = mapped(node.gate, excite.output);
  const gates = gate.output.values;
  return {
    output: { ...x, values: values.map((value, i) => value * (gates[factorOf(i)] as number)) },
    bend: Math.min(hidden.bend ?? Number.POSITIVE_INFINITY, gate.bend ?? Number.POSITIVE_INFINITY),
    backward(dy) {
      const dGates = new Float64Array(gates.length);
      dy.forEach((slope, i) => {
        increase(dGates, factorOf(i), slope * (values[i] as number));
      });
      const up = excite.backward(gate.backward(dGates).inputs[0] as Float64Array);
      const down = squeeze.backward(hidden.backward(up.dx).inputs[0] as Float64Array);
      const [shared] = mean.backward(down.dx).inputs as [Float64Array];
      return {
        inputs: [dy.map((slope, i) => slope * (gates[factorOf(i)] as number) + (shared[i] as number))],
        weights: {
          squeezeKernel: down.dKernel,
          squeezeBias: down.dBias,
          exciteKernel: up.dKernel,
          exciteBias: up.dBias,
        },
      };
    },
  };
}

/** A function of every value by itself. */
function mapped(name: FunctionName, x: Field): LayerPass {
  const { value, slope } = functions[name];
  return {
    output: { ...x, values: x.values.map(value) },
    bend: bendOf(name, x.values),
    backward: (dy) => ({ inputs: [dy.map((one, i) => one * slope(x.values[i] as number))] }),
  };
}

/** All inputs' channels, one input after the other. */
function joined(inputs: readonly Field[]): LayerPass {
  const [first] = inputs as [Field];
  const channels = inputs.reduce((sum, input) => sum + input.channels, 0);
  const output = field(first.count, { ...first, channels });
  const places: [input: number, at: number][] = [];
  for (let pixel = 0; pixel < output.values.length / channels; pixel++) {
    inputs.forEach((input, i) => {
      for (let c = 0; c < input.channels; c++) places.push([i, pixel * input.channels + c]);
    });
  }
  places.forEach(([i, at], to) => {
    output.values[to] = (inputs[i] as Field).values[at] as number;
  });
  return {
    output,
    backward(dy) {
      const slopes = inputs.map((input) => new Float64Array(input.values.length));
      places.forEach(([i, at], from) => {
        (slopes[i] as Float64Array)[at] = dy[from] as number;
      });
      return { inputs: slopes };
    },
  };
}

/** Mean over height and width. */
function averaged(x: Field): LayerPass {
  const { count, height, width, channels, values } = x;
  const placeOf = (i: number) => Math.floor(i / (height * width * channels)) * channels + (i % channels);
  const output = field(count, { height: 1, width: 1, channels });
  values.forEach((value, i) => {
    increase(output.values, placeOf(i), value / (height * width));
  });
  return {
    output,
    backward: (dy) => ({ inputs: [values.map((_, i) => (dy[placeOf(i)] as number) / (height * width))] }),
  };
}

function dropped(rate: number, x: Field, { mode, random }: LayerContext): LayerPass {
  if (mode === "inference" || !random) return { output: x, backward: (dy) => ({ inputs: [dy] }) };
  const kept = x.values.map(() => (random.uniform() < rate ? 0 : 1 / (1 - rate)));
  const scaled = (values: Float64Array) => values.map((value, i) => value * (kept[i] as number));
  return { output: { ...x, values: scaled(x.values) }, backward: (dy) => ({ inputs: [scaled(dy)] }) };
}

function linear(x: Field, kernel: Float64Array, bias: Float64Array) {
  const inputs = x.channels;
  const outputs = bias.length;
  const output = field(x.count, { height: 1, width: 1, channels: outputs });
  const y = output.values;
  for (let n = 0; n < x.count; n++) {
    for (let o = 0; o < outputs; o++) {
      let sum = bias[o] as number;
      for (let i = 0; i < inputs; i++)
        sum += (x.values[n * inputs + i] as number) * (kernel[i * outputs + o] as number);
      y[n * outputs + o] = sum;
    }
  }
  return {
    output,
    backward(dy: Float64Array) {
      const dx = new Float64Array(x.count * inputs);
      const dKernel = new Float64Array(kernel.length);
      const dBias = new Float64Array(outputs);
      dy.forEach((slope, at) => {
        const n = Math.floor(at / outputs);
        const o = at % outputs;
        increase(dBias, o, slope);
        for (let i = 0; i < inputs; i++) {
          increase(dKernel, i * outputs + o, slope * (x.values[n * inputs + i] as number));
          increase(dx, n * inputs + i, slope * (kernel[i * outputs + o] as number));
        }
      });
      return { dx, dKernel, dBias };
    },
  };
}
