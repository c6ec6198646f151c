import { IMAGE, type Network, type Node, type Operator, type Scale, type Shape } from "../../../../../src/core";

/** A node by hand: it reads the one before it, where it does not say otherwise, and keeps the number of channels; a dense one gives the classes. */
export type Step = Operator & { inputs?: readonly number[]; filters?: number };

/** A network of any nodes, also such as no space holds. */
export function networkOf(scale: Partial<Scale>, steps: readonly Step[]): Network {
  const { inputSize = 9, classes = 10, channels = 3 } = scale;
  const nodes: Node[] = [];
  steps.forEach(({ inputs = [nodes.length - 1], filters, ...operator }) => {
    const from = inputs[0] as number;
    const input = from === IMAGE ? { height: inputSize, width: inputSize, channels } : (nodes[from] as Node).output;
    const joined = inputs.reduce((sum, i) => sum + (i === IMAGE ? channels : (nodes[i] as Node).output.channels), 0);
    const kept = operator.kind === "concat" ? joined : operator.kind === "dense" ? classes : input.channels;
    const output = outputOf(operator, input, filters ?? kept);
    nodes.push({ ...operator, inputs, input, output, place: { block: 0, layer: 0 } });
  });
  return { scale: { inputSize, classes, channels, widthMultiplier: 1 }, nodes };
}

function outputOf(operator: Operator, { height, width }: Shape, channels: number): Shape {
  if (operator.kind === "globalPool") return { height: 1, width: 1, channels };
  const stride = "stride" in operator ? operator.stride : 1;
  return { height: Math.ceil(height / stride), width: Math.ceil(width / stride), channels };
}
