import { BATCH_NORM_EPSILON, type Node } from "../../../core";
import { padded } from "../padding";
import { bareRecord, normRecord } from "./norm";
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
  const bare = node.kind === "depthwise" && node.norm === false;
  const raw = planner.tensor(shape, index, lastUse(planner, index, consumers, !bare));
  const linear = node.activation === "none";
  const value: Value = { ...shape, data: raw, linear, producer: index, consumers };
  const norms = bare ? planner.record("norm", () => bareRecord(value)) : normRecord(planner, node, index, value);
  if (!bare) value.norm = norms;

  const family = familyOf(node);
  const kernel = parameter(planner, index, "kernel");
  const sourceRecord = source(planner, from, index);
  const reversed = planner.convolutions++ % 2;
  const layer = planner.record("layer", () => ({
    source: sourceRecord,
    norm: norms,
    ...windowOf(node),
    weights: kernel.weights,
    weightGradient: kernel.gradient,
    reversed,
  }));
  planner.needScratch(() => kernels[`${family}Scratch`](layer.address));

  const pixels = height * width;
  const { columns = node.kernel } = node.kind === "conv" ? node : {};
  const perOutput = node.kernel * columns * (node.kind === "conv" ? node.input.channels : 1);
  const multiplyAdds = pixels * node.output.channels * perOutput;
  const name = `${family} ${node.kernel}${columns === node.kernel ? "" : `x${columns}`}`;
  const { scratch } = planner;
  planner.forward.push({
    kernel: name,
    multiplyAdds,
    run: ({ images, training }) => kernels[family](layer.address, images, training && !bare, scratch.address),
  });
  if (!bare) {
    planner.forward.push({
      kernel: "norm",
      multiplyAdds: 0,
      run({ images, training, statisticsShare }) {
        if (training) kernels.finishMoments(norms.address, images * pixels, BATCH_NORM_EPSILON, statisticsShare);
        else kernels.loadMovingStatistics(norms.address, BATCH_NORM_EPSILON);
      },
    });
    planner.backward.push({
      kernel: "norm",
      multiplyAdds: 0,
      run: ({ images }) => kernels.finishReceive(norms.address, images * pixels),
    });
  }
  planner.backward.push(...beforeReceiving(planner, from), {
    kernel: `${name} backward`,
    multiplyAdds: (from.producer >= 0 ? 2 : 1) * multiplyAdds,
    run: ({ images }) => kernels[`${family}Backward`](layer.address, images, scratch.address),
  });
  if (node.kind === "depthwise" && node.stride === 1 && from.norm && !from.gates) planner.inPlace(from, value);
  return value;
}

function familyOf(node: ConvolutionNode): "depthwise" | "pointwise" | "convolve" {
  if (node.kind === "depthwise") return "depthwise";
  const { kernel, columns = kernel, stride } = node;
  return kernel * columns * stride === 1 ? "pointwise" : "convolve";
}
