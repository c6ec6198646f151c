import type { Node } from "../../../core";
import { padded } from "../padding";
import type { Pass, Planner, Value } from "./planner";
import { input, needGradient, parameter } from "./source";

/**
 * Drops values in place while training: what is kept is scaled up.
 * @throws RangeError where another node reads the values as well
 */
export function dropout(
  planner: Planner,
  node: Extract<Node, { kind: "dropout" }>,
  _index: number,
  consumers: readonly number[],
): Value {
  const { kernels, batchSize, random } = planner.options;
  const from = readAlone(planner, node);
  const channels = node.input.channels;
  const gradient = needGradient(planner, from);
  gradient.from = planner.back(Math.max(...consumers));
  const value: Value = { ...from, consumers };
  const places = from.height * from.width;
  const factors = new Float32Array(batchSize * places * channels);
  const scale = (address: number, images: number) => {
    const values = new Float32Array(kernels.memory.buffer, address, images * places * from.channels);
    for (let i = 0; i < images * places; i++) {
      for (let c = 0; c < channels; c++) {
        values[i * from.channels + c] =
          (values[i * from.channels + c] as number) * (factors[i * channels + c] as number);
      }
    }
  };
  planner.forward.push({
    kernel: "dropout",
    multiplyAdds: 0,
    run({ images, training }: Pass) {
      if (!training) return;
      const kept = 1 / (1 - node.rate);
      for (let i = 0; i < images * places * channels; i++) factors[i] = random.uniform() < node.rate ? 0 : kept;
      scale(value.data.address, images);
    },
  });
  planner.backward.push({
    kernel: "dropout",
    multiplyAdds: 0,
    run: ({ images }) => scale(gradient.address, images),
  });
  return value;
}

/**
 * Fully connected.
 * @throws RangeError where another node reads its input as well
 */
export function dense(
  planner: Planner,
  node: Extract<Node, { kind: "dense" }>,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels, batchSize } = planner.options;
  const from = readAlone(planner, node);
  const inputs = from.channels;
  const outputs = padded(node.output.channels);
  const kernel = parameter(planner, index, "kernel");
  const bias = parameter(planner, index, "bias");
  const data = planner.slot(batchSize * outputs);
  const gradient = planner.slot(batchSize * outputs);
  const dx = needGradient(planner, from);
  const { scratch } = planner;
  planner.needScratch(() => 4 * inputs * outputs);
  const multiplyAdds = node.input.channels * node.output.channels;
  planner.forward.push({
    kernel: "dense",
    multiplyAdds,
    run({ images }) {
      const { weights } = kernel;
      kernels.dense(images, from.data.address, inputs, weights, bias.weights, outputs, data.address, scratch.address);
    },
  });
  planner.backward.push({
    kernel: "dense backward",
    multiplyAdds: 2 * multiplyAdds,
    run({ images }) {
      const { weights, gradient: dKernel } = kernel;
      const x = from.data.address;
      const dBias = bias.gradient;
      kernels.denseBackward(
        images,
        x,
        inputs,
        weights,
        outputs,
        gradient.address,
        dKernel,
        dBias,
        dx.address,
        scratch.address,
      );
    },
  });
  return { height: 1, width: 1, channels: outputs, data, gradient, producer: index, consumers };
}

/** These two neither add to a gradient nor leave their input as it was. */
function readAlone(planner: Planner, node: Node): Value {
  const from = input(planner, node);
  if (from.consumers.length > 1) throw new RangeError(`What a ${node.kind} node reads no other node may read.`);
  return from;
}
