import {
  add,
  avgPool,
  fused,
  mean,
  mul,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { IMAGE } from "../core";
import type { FusedConvolution, InferenceGraph, InferenceNode, Weights } from "./graph";

/** A graph with its weights and one image on TensorFlow.js's current backend. */
export interface Inference {
  /** One inference, from dispatch to logits that JavaScript can read. Blocks: `dataSync`, as `data` polls every 4 ms. */
  run(): Float32Array;
  dispose(): void;
}

type Step = (values: readonly Tensor[]) => Tensor;

/** @param image NHWC values of one image. */
export function createInference(graph: InferenceGraph, image: Float32Array): Inference {
  const owned: Tensor[] = [];
  const own = ({ shape, values }: Weights): Tensor => {
    const made = tensor(values, [...shape], "float32");
    owned.push(made);
    return made;
  };
  const input = own({ shape: graph.inputShape, values: image });
  const steps = graph.nodes.map((node) => createStep(node, own));
  const finished = finishedAfter(graph);

  const execute = (): Tensor => {
    const results: Tensor[] = [];
    graph.nodes.forEach(({ inputs }, index) => {
      const step = steps[index] as Step;
      results.push(step(inputs.map((from) => (from === IMAGE ? input : (results[from] as Tensor)))));
      for (const done of finished[index] as number[]) results[done]?.dispose();
    });
    return results[results.length - 1] as Tensor;
  };

  return {
    run() {
      const logits = tidy(execute);
      const values = logits.dataSync<"float32">();
      logits.dispose();
      return values;
    },
    dispose() {
      for (const made of owned) made.dispose();
    },
  };
}

/** Which results are not needed after each node: they are freed there, as TensorFlow.js's GraphModel does. */
function finishedAfter({ nodes }: InferenceGraph): number[][] {
  const lastUse = nodes.map((_, index) => index);
  nodes.forEach(({ inputs }, index) => {
    for (const from of inputs) if (from !== IMAGE) lastUse[from] = index;
  });
  const output = nodes.length - 1;
  return nodes.map((_, index) => lastUse.flatMap((last, from) => (last === index && from !== output ? [from] : [])));
}

function createStep(node: InferenceNode, own: (weights: Weights) => Tensor): Step {
  switch (node.kind) {
    case "conv":
    case "depthwise":
      return convolution(node, own(node.kernel) as Tensor4D, own(node.bias));
    case "pool":
      return ([x]) => avgPool(x as Tensor4D, node.kernel, node.stride, "same");
    case "mean":
      return ([x]) => mean(x as Tensor, [1, 2], node.keepDims);
    case "multiply":
      return ([x, y]) => mul(x as Tensor, y as Tensor);
    case "add":
      return ([x, y]) => add(x as Tensor, y as Tensor);
    case "dense": {
      const kernel = own(node.kernel);
      const bias = own(node.bias);
      return ([x]) => fused.matMul({ a: x as Tensor2D, b: kernel, bias });
    }
  }
}

function convolution(node: FusedConvolution, filter: Tensor4D, bias: Tensor): Step {
  const apply = node.kind === "conv" ? fused.conv2d : fused.depthwiseConv2d;
  const activation = node.activation === "none" ? "linear" : node.activation;
  return ([x]) => apply({ x: x as Tensor4D, filter, strides: node.stride, pad: "same", bias, activation });
}
