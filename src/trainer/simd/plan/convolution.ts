import { BATCH_NORM_EPSILON, type Node } from "../../../core";
import type { Slot } from "../arena";
import { padded } from "../padding";
import { floatBits } from "../records";
import type { Planner, Value } from "./planner";
import { beforeReceiving, input, lastUse, parameter, source, windowOf } from "./source";

type ConvolutionNode = Extract<Node, { kind: "conv" | "depthwise" }>;

export function convolution(
  planner: Planner,
  node: ConvolutionNode,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels } = planner.options;
  const { height, width } = node.output;
  const channels = padded(node.output.channels);
  const from = input(planner, node);
  const shape = { height, width, channels };
  const raw = planner.tensor(shape, index, lastUse(planner, index, consumers, true));
  const linear = node.activation === "none";
  const value: Value = { ...shape, data: raw, linear, producer: index, consumers };
  value.norm = norm(planner, node, index, value);
  const norms = value.norm;

  const family =
    node.kind === "depthwise" ? "depthwise" : node.kernel === 1 && node.stride === 1 ? "pointwise" : "convolve";
  const kernel = parameter(planner, index, "kernel");
  const sourceRecord = source(planner, from, index);
  const reversed = planner.convolutions++ % 2;
  const layer = planner.record("layer", () => ({
    source: sourceRecord,
    norm: norms,
    ...windowOf(node, node.kernel, node.stride),
    weights: kernel.weights,
    weightGradient: kernel.gradient,
    reversed,
  }));
  planner.needScratch(() => kernels[`${family}Scratch`](layer.address));

  const pixels = height * width;
  const perOutput = node.kernel ** 2 * (node.kind === "conv" ? node.input.channels : 1);
  const multiplyAdds = pixels * node.output.channels * perOutput;
  const { scratch } = planner;
  planner.forward.push(
    {
      kernel: `${family} ${node.kernel}`,
      multiplyAdds,
      run: ({ images, training }) => kernels[family](layer.address, images, training, scratch.address),
    },
    {
      kernel: "norm",
      multiplyAdds: 0,
      run({ images, training, statisticsShare }) {
        if (training) kernels.finishMoments(norms.address, images * pixels, BATCH_NORM_EPSILON, statisticsShare);
        else kernels.loadMovingStatistics(norms.address, BATCH_NORM_EPSILON);
      },
    },
  );
  planner.backward.push(
    { kernel: "norm", multiplyAdds: 0, run: ({ images }) => kernels.finishReceive(norms.address, images * pixels) },
    ...beforeReceiving(planner, from),
    {
      kernel: `${family} ${node.kernel} backward`,
      multiplyAdds: (from.producer >= 0 ? 2 : 1) * multiplyAdds,
      run: ({ images }) => kernels[`${family}Backward`](layer.address, images, scratch.address),
    },
  );
  if (node.kind === "depthwise" && node.stride === 1 && from.norm && !from.gates) planner.inPlace(from, value);
  return value;
}

function norm(planner: Planner, node: ConvolutionNode, index: number, value: Value): Slot {
  const { channels } = value;
  const gamma = parameter(planner, index, "gamma");
  const beta = parameter(planner, index, "beta");
  const array = (numbers: number) => planner.slot(numbers);
  const arrays = {
    ...{ scale: array(channels), shift: array(channels), mean: array(channels), inverse: array(channels) },
    ...{ coefficients: array(3 * channels), sums: array(4 * channels) },
  };
  return planner.record("norm", () => ({
    channels,
    raw: value.data,
    gradient: value.gradient,
    gamma: gamma.weights,
    beta: beta.weights,
    movingMean: parameter(planner, index, "movingMean").weights,
    movingVariance: parameter(planner, index, "movingVariance").weights,
    gammaGradient: gamma.gradient,
    betaGradient: beta.gradient,
    ...arrays,
    low: floatBits(node.activation === "none" ? Number.NEGATIVE_INFINITY : 0),
    high: floatBits(node.activation === "relu6" ? 6 : Number.POSITIVE_INFINITY),
  }));
}
