import type { Node } from "../../../core";
import { padded } from "../padding";
import type { Planner, Value } from "./planner";
import { input, needGradient, pieceScratch, plainValue, source } from "./source";

/** Its inputs side by side along the channels. Those that are raw have been stored, as nothing else can give them gradients. */
export function concat(
  planner: Planner,
  node: Extract<Node, { kind: "concat" }>,
  index: number,
  consumers: readonly number[],
): Value {
  const { kernels, network } = planner.options;
  const { height, width } = node.output;
  const channels = padded(node.output.channels);
  const value = plainValue(planner, { height, width, channels }, index, consumers);
  const gradient = needGradient(planner, value);
  const { scratch } = planner;
  const pitch = 4 * channels;
  if (channels > node.output.channels) clear(planner, value);
  let offset = 0;
  node.inputs.forEach((producer, i) => {
    const from = input(planner, node, i);
    const own = (network.nodes[producer] as Node).output.channels;
    const at = 4 * offset;
    const record = source(planner, from, index, node.inputs.indexOf(producer) < i);
    planner.needScratch(() => pieceScratch(planner, from.channels));
    planner.forward.push({
      kernel: "concat",
      multiplyAdds: 0,
      run: ({ images }) =>
        kernels.joinChannels(record.address, own, images, value.data.address + at, pitch, scratch.address),
    });
    planner.backward.push({
      kernel: "concat backward",
      multiplyAdds: 0,
      run: ({ images }) =>
        kernels.splitChannels(record.address, own, images, gradient.address + at, pitch, scratch.address),
    });
    offset += own;
  });
  return value;
}

/** Zeros, of which those stay that no input is written over: the padding. */
function clear({ forward, options }: Planner, { data }: Value): void {
  const { memory } = options.kernels;
  forward.push({
    kernel: "concat",
    multiplyAdds: 0,
    run: () => new Uint8Array(memory.buffer, data.address, data.bytes).fill(0),
  });
}
