import type { io } from "@tensorflow/tfjs-core";
import { IMAGE, type Padding } from "../core";
import type { InferenceGraph, InferenceNode, Weights } from "./graph";

/** A TensorFlow.js GraphModel in memory: a ModelArtifacts, as `tf.io.fromMemory` takes it and `model.json` holds it. */
export interface GraphModelArtifacts extends io.ModelArtifacts {
  format: "graph-model";
  /** TensorFlow's GraphDef in protobuf's JSON form. */
  modelTopology: { node: readonly NodeDef[]; versions: { producer: number; minConsumer: number } };
  weightSpecs: io.WeightsManifestEntry[];
  /** The values of all weights, in the order of `weightSpecs`. */
  weightData: ArrayBuffer;
  signature: { inputs: Record<string, TensorInfo>; outputs: Record<string, TensorInfo> };
}

/** The model's one input and its one output, by name. */
const INPUT_NAME = "image";
const OUTPUT_NAME = "logits";

interface NodeDef {
  name: string;
  op: string;
  input?: readonly string[];
  attr: Record<string, Attribute>;
}

/** Protobuf's JSON form writes 64-bit integers as decimal strings and bytes as base64. */
type Attribute =
  | { type: "DT_FLOAT" | "DT_INT32" }
  | { i: string }
  | { b: boolean }
  | { s: string }
  | { shape: TensorShape }
  | { list: { i: string[] } | { s: string[] } };

interface TensorShape {
  dim: { size: string }[];
}

interface TensorInfo {
  name: string;
  dtype: "DT_FLOAT";
  tensorShape: TensorShape;
}

const float: Attribute = { type: "DT_FLOAT" };
const integers = (values: readonly number[]): Attribute => ({ list: { i: values.map(String) } });
const text = (value: string): Attribute => ({ s: btoa(value) });
const texts = (values: readonly string[]): Attribute => ({ list: { s: values.map((value) => btoa(value)) } });
const shapeOf = (sides: readonly number[]): TensorShape => ({ dim: sides.map((size) => ({ size: String(size) })) });

/** One value per side of NHWC, the same for height and width. */
const spatial = (value: number): Attribute => integers([1, value, value, 1]);
const samePadding = { padding: text("SAME"), data_format: text("NHWC") };

/** TensorFlow knows no fused sigmoid for the CPU, but TensorFlow.js runs it in one program on every backend. */
const activations = { none: [], relu: ["Relu"], relu6: ["Relu6"], sigmoid: ["Sigmoid"] } as const;

/**
 * Writes an inference graph as a GraphModel of NHWC tensors, operation by operation, in the ops that run as
 * `tf.fused.*` where there is one: `_FusedConv2D`, `FusedDepthwiseConv2dNative` and `_FusedMatMul` with bias and
 * activation. The batch size is left open. What tfjs-converter 4.22.0 reads of it is in its `operations/op_list`.
 */
export function writeGraphModel(graph: InferenceGraph): GraphModelArtifacts {
  const constants: Constant[] = [];
  const nodes: NodeDef[] = [];
  const last = graph.nodes.length - 1;
  const nameOf = (index: number) => {
    if (index === IMAGE) return INPUT_NAME;
    return index === last ? OUTPUT_NAME : `${index}/${graph.nodes[index]?.kind}`;
  };
  const constant = (name: string, value: Omit<Constant, "name">) => {
    if (!constants.some((known) => known.name === name)) constants.push({ name, ...value });
    return name;
  };

  graph.nodes.forEach((node, index) => {
    const name = nameOf(index);
    const { op, operands, attr } = operation(node, {
      weights: (role, { shape, values }) => constant(`${index}/${role}`, { dtype: "float32", shape, values }),
      number: (value) => constant(`number/${value}`, { dtype: "float32", shape: [], values: Float32Array.of(value) }),
      integer: (value) => constant(`integer/${value}`, { dtype: "int32", shape: [], values: Int32Array.of(value) }),
      integers: (values) =>
        constant(`integers/${values.join("-")}`, {
          dtype: "int32",
          shape: [values.length],
          values: Int32Array.from(values),
        }),
    });
    nodes.push({ name, op, input: [...node.inputs.map(nameOf), ...(operands ?? [])], attr: { T: float, ...attr } });
  });

  const [, ...image] = graph.inputShape;
  const inputShape = shapeOf([-1, ...image]);
  const placeholder: NodeDef = {
    name: INPUT_NAME,
    op: "Placeholder",
    attr: { dtype: float, shape: { shape: inputShape } },
  };
  return {
    format: "graph-model",
    generatedBy: "Mnasium",
    convertedBy: null,
    modelTopology: {
      node: [placeholder, ...constants.map(constantNode), ...nodes],
      versions: { producer: 0, minConsumer: 0 },
    },
    weightSpecs: constants.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
    weightData: concatenate(constants),
    signature: {
      inputs: { [INPUT_NAME]: { name: `${INPUT_NAME}:0`, dtype: "DT_FLOAT", tensorShape: inputShape } },
      outputs: {
        [OUTPUT_NAME]: { name: `${OUTPUT_NAME}:0`, dtype: "DT_FLOAT", tensorShape: shapeOf([-1, classesOf(graph)]) },
      },
    },
  };
}

interface Constant {
  name: string;
  dtype: "float32" | "int32";
  shape: readonly number[];
  values: Float32Array | Int32Array;
}

/** Makes constants, and gives their names; a second one of the same name is the first. */
interface Constants {
  weights(role: string, weights: Weights): string;
  number(value: number): string;
  integer(value: number): string;
  integers(values: readonly number[]): string;
}

interface Operation {
  op: string;
  /** Names of the constants that follow the node's own inputs. */
  operands?: readonly string[];
  attr?: Record<string, Attribute>;
}

function operation(node: InferenceNode, constants: Constants): Operation {
  switch (node.kind) {
    case "conv":
    case "depthwise":
      return {
        op: node.kind === "conv" ? "_FusedConv2D" : "FusedDepthwiseConv2dNative",
        operands: [constants.weights("kernel", node.kernel), constants.weights("bias", node.bias)],
        attr: {
          ...convolution(node.stride, node.dilation),
          ...(node.padding && explicitPadding(node.padding)),
          num_args: { i: "1" },
          fused_ops: texts(["BiasAdd", ...activations[node.activation]]),
        },
      };
    case "bareDepthwise":
      return {
        op: "DepthwiseConv2dNative",
        operands: [constants.weights("kernel", node.kernel)],
        attr: convolution(node.stride, 1),
      };
    case "pool":
      return {
        op: node.reduce === "mean" ? "AvgPool" : "MaxPool",
        attr: { ksize: spatial(node.kernel), strides: spatial(node.stride), ...samePadding },
      };
    case "mean":
      return {
        op: "Mean",
        operands: [constants.integers([1, 2])],
        attr: { Tidx: { type: "DT_INT32" }, keep_dims: { b: node.keepDims } },
      };
    case "everySecond":
      return {
        op: "StridedSlice",
        operands: [
          [0, ...node.from, 0],
          [0, 0, 0, 0],
          [1, 2, 2, 1],
        ].map(constants.integers),
        // To the end of every side.
        attr: { Index: { type: "DT_INT32" }, end_mask: { i: "15" } },
      };
    case "relu":
    case "relu6":
    case "sigmoid":
      return { op: activations[node.kind][0] };
    case "multiply":
      return { op: "Mul" };
    case "add":
      return { op: "AddV2" };
    case "multiplyConstant":
      return { op: "Mul", operands: [constants.number(node.constant)] };
    case "addConstant":
      return { op: "AddV2", operands: [constants.number(node.constant)] };
    case "concat":
      return {
        op: "ConcatV2",
        operands: [constants.integer(3)],
        attr: { N: { i: String(node.inputs.length) }, Tidx: { type: "DT_INT32" } },
      };
    case "dense":
      return {
        op: "_FusedMatMul",
        operands: [constants.weights("kernel", node.kernel), constants.weights("bias", node.bias)],
        attr: {
          transpose_a: { b: false },
          transpose_b: { b: false },
          num_args: { i: "1" },
          fused_ops: texts(["BiasAdd"]),
        },
      };
  }
}

function convolution(stride: number, dilation: number): Record<string, Attribute> {
  return { strides: spatial(stride), dilations: spatial(dilation), ...samePadding };
}

function explicitPadding({ rows, columns }: Padding): Record<string, Attribute> {
  return { padding: text("EXPLICIT"), explicit_paddings: integers([0, 0, ...rows, ...columns, 0, 0]) };
}

function constantNode({ name, dtype, shape }: Constant): NodeDef {
  const attr: NodeDef["attr"] = {
    dtype: dtype === "int32" ? { type: "DT_INT32" } : float,
    shape: { shape: shapeOf(shape) },
  };
  return { name, op: "Const", attr };
}

/** Little-endian, as every platform with WebAssembly is. */
function concatenate(constants: readonly Constant[]): ArrayBuffer {
  const bytes = new Uint8Array(constants.reduce((sum, { values }) => sum + values.byteLength, 0));
  let at = 0;
  for (const { values } of constants) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes.buffer;
}

function classesOf({ nodes }: InferenceGraph): number {
  const dense = nodes.at(-1);
  if (dense?.kind !== "dense") throw new RangeError("An inference graph ends with the dense layer of its logits.");
  return dense.bias.values.length;
}
