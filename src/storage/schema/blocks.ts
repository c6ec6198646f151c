import * as z from "zod/mini";
import type { Activation, BlockArchitecture, HeadScaling, Operation, Skip, SqueezeExciteRule } from "../../core";
import { choice, flag, group, list, real, whole } from "./fields";

// Bounds that keep a made-up file from building a network without end.
const FILTERS = [1, 8192] as const;
export const BLOCKS = [1, 64] as const;
export const LAYERS = [1, 64] as const;

export const operations: Record<Operation, string> = {
  conv: "k x k convolution",
  dconv: "depthwise convolution, then 1x1 convolution",
  mbconv: "1x1 expansion, depthwise convolution, 1x1 projection",
};
export const skips: Record<Skip, string> = {
  pool: "3x3 average pooling of the layer's input",
  identity: "the layer's input",
  none: "nothing",
};
export const strideSchema = (about: string) => z.literal([1, 2], "1 or 2").check(z.describe(about));

const activationSchema = (about: string) =>
  choice<Activation>(about, {
    relu: "max(0, x)",
    relu6: "min(6, max(0, x))",
    swish: "x times the sigmoid of x",
    hswish: "x min(6, max(0, x + 3)) / 6",
  });

const blockSchema = group(
  {
    operation: choice("What a layer computes", operations),
    expansion: real("Channels after the expansion over channels before it", [1, 16]),
    kernel: whole("Side of the square kernel, px", [1, 31]),
    seRatio: real("Squeezed channels over those that squeezeExcite.from names; 0 for no squeeze-and-excite", [0, 1]),
    skip: choice("What is added to a layer's output where shapes allow it", skips),
    filters: whole("Output channels at width 1", FILTERS),
    layers: whole("Repeats of the layer", LAYERS),
    stride: strideSchema("Stride of the first repeat"),
    activation: z.optional(activationSchema("Activation of this block; the network's where absent")),
  },
  "One layer, repeated",
);

const squeezeExciteSchema = group(
  {
    from: choice<SqueezeExciteRule["from"]>("Whose channels are squeezed", {
      input: "the layer's input, before its expansion",
      expanded: "the layer's channels after its expansion",
    }),
    rounded: flag("Whether the squeezed channels are rounded to the divisor; else they are rounded down"),
    activation: choice<SqueezeExciteRule["activation"]>("Between the two dense layers", {
      relu: "max(0, x)",
      swish: "x times the sigmoid of x",
    }),
    gate: choice<SqueezeExciteRule["gate"]>("What the channels are multiplied by", {
      sigmoid: "the sigmoid",
      hsigmoid: "min(6, max(0, x + 3)) / 6",
    }),
  },
  "How the squeeze-and-excite of all blocks is made; MnasNet's where absent: input, rounded down, relu, sigmoid",
);

/** A network of blocks. */
export const blocksSchema = group(
  {
    stem: group(
      { filters: whole("Channels at width 1", FILTERS), stride: strideSchema("Stride of the stem") },
      "The 3x3 convolution that comes first",
    ),
    blocks: list(blockSchema, "Blocks in order", BLOCKS),
    head: group(
      {
        filters: whole("Channels of the last 1x1 convolution at width 1; 0 for none", [0, FILTERS[1]]),
        scaling: choice<HeadScaling>("Whether the head follows the width multiplier", {
          always: "it does",
          "above-one": "only above 1",
          never: "it does not",
        }),
        hidden: z.optional(whole("Units of a dense layer after global pooling; none where absent", FILTERS)),
      },
      "What comes before the classifier",
    ),
    activation: activationSchema("Activation"),
    squeezeExcite: z.optional(squeezeExciteSchema),
    dropout: real("Dropout rate before the classifier", [0, 0.99]),
    divisor: whole("Channels are rounded to multiples of this", [1, 64]),
  },
  "The network as blocks, free of any scale",
) satisfies z.ZodMiniType<BlockArchitecture>;
