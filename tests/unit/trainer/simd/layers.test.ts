import { type Architecture, type FusedActivation, IMAGE, instantiate, type Network } from "../../../../src/core";
import { type Cases, testAgreement } from "./support/agreement";
import { networkOf, type Step } from "./support/networks";
import * as steps from "./support/steps";
import { add, head, squeezeExcite } from "./support/steps";

const conv = (kernel: number, stride: number, filters: number, activation: FusedActivation = "relu6") =>
  steps.conv(kernel, stride, filters, activation);
const depthwise = (kernel: number, stride: number, activation: FusedActivation = "relu6") =>
  steps.depthwise(kernel, stride, activation);
const pool = (kernel: number, stride: number, from?: number) => steps.pool("mean", kernel, stride, from);
const between = (nodes: readonly Step[], inputSize: number, channels = 6) =>
  steps.between(nodes, inputSize, channels, "relu");

const sizes = [9, 15, 16, 27];
const convolutions: Cases = [1, 3, 5].flatMap((kernel) =>
  [1, 2].flatMap((stride) =>
    sizes.map((size, i): [string, Network] => [
      `convolution ${kernel}x${kernel}, stride ${stride}, ${size} px`,
      between([conv(kernel, stride, [5, 8, 12, 3][i] as number)], size, [6, 4, 3, 8][i]),
    ]),
  ),
);
const depthwises: Cases = [3, 5, 7].flatMap((kernel) =>
  [1, 2].flatMap((stride) =>
    sizes.map((size, i): [string, Network] => [
      `depthwise ${kernel}x${kernel}, stride ${stride}, ${size} px`,
      between([depthwise(kernel, stride)], size, [6, 12, 8, 5][i]),
    ]),
  ),
);

const activations: Cases = (["none", "relu", "relu6"] as const).flatMap((activation) => [
  [`batch norm, then ${activation}`, between([conv(1, 1, 10, activation)], 9)],
  [`depthwise batch norm, then ${activation}`, between([depthwise(3, 1, activation)], 9, 10)],
]);

const plainSqueeze: Architecture = {
  stem: { filters: 4, stride: 1 },
  blocks: [
    { operation: "conv", expansion: 1, kernel: 3, seRatio: 0.25, skip: "identity", filters: 12, layers: 3, stride: 2 },
    { operation: "conv", expansion: 1, kernel: 5, seRatio: 0.5, skip: "pool", filters: 12, layers: 2, stride: 2 },
  ],
  head: { filters: 20, scaling: "always" },
  activation: "relu",
  dropout: 0,
  divisor: 4,
};

const blocks: Cases = [
  ["squeeze-and-excite after depthwise", between([depthwise(3, 1), squeezeExcite(3), conv(1, 1, 6, "none")], 9, 10)],
  [
    "squeeze-and-excite after stride 2, odd size",
    between([depthwise(5, 2), squeezeExcite(1), conv(1, 1, 8, "none")], 15, 9),
  ],
  [
    "squeeze-and-excite of more than a piece",
    between([conv(1, 1, 3100, "none"), squeezeExcite(2), conv(1, 1, 4, "none")], 5, 4),
  ],
  ["squeeze-and-excite after a convolution", between([conv(3, 1, 10), squeezeExcite(4)], 9)],
  ["squeeze-and-excite after a convolution, then added", between([conv(3, 1, 6), squeezeExcite(4), add(2, 0)], 9)],
  ["squeeze-and-excite, then depthwise", between([conv(1, 1, 10), squeezeExcite(5), depthwise(3, 2)], 9)],
  [
    "squeeze-and-excite, then pooled and used again",
    between([conv(3, 1, 6), squeezeExcite(5), pool(3, 1), add(2, 3)], 9),
  ],
  ["squeeze-and-excite, then the classifier", networkOf({ classes: 4 }, [conv(3, 2, 6), squeezeExcite(3), ...head])],
  [
    "plain convolutions with squeeze-and-excite and skips",
    instantiate(plainSqueeze, { inputSize: 27, widthMultiplier: 1, classes: 7 }),
  ],
  ["identity skip over a convolution", between([conv(3, 1, 6, "relu"), add(1, 0)], 9)],
  ["identity skip over a linear convolution", between([conv(3, 1, 6, "none"), add(1, 0)], 15)],
  ["identity skip, its inputs the other way round", between([conv(3, 1, 6, "none"), add(0, 1)], 9)],
  [
    "skips one after the other",
    between([conv(3, 1, 6, "none"), add(1, 0), depthwise(3, 1), add(3, 2), conv(1, 1, 6, "none"), add(5, 4)], 9),
  ],
  ["a skip over a skip", between([conv(1, 1, 6), conv(1, 1, 6), add(2, 1), add(3, 0)], 9)],
  ["a value added to itself", between([add(0, 0)], 9)],
  ["pooling skip, stride 1", between([depthwise(3, 1), conv(1, 1, 6, "none"), pool(3, 1, 0), add(2, 3)], 9)],
  [
    "pooling skip, stride 2, odd size",
    between([depthwise(3, 2), conv(1, 1, 5, "none"), pool(3, 2, 0), add(2, 3)], 15, 5),
  ],
  ["pooling skip, stride 2, even size", between([conv(5, 2, 7), pool(3, 2, 0), add(1, 2)], 16, 7)],
  ["pooling alone", between([pool(3, 2), pool(3, 1)], 27, 5)],
  ["global pooling of a sum", networkOf({}, [conv(3, 1, 6), conv(1, 1, 6), add(0, 1), ...head])],
  ["1x1 convolution of the image", networkOf({}, [conv(1, 1, 9), conv(3, 2, 5), ...head])],
  ["1x1 convolution of the image, stride 2", networkOf({ channels: 1 }, [conv(1, 2, 9), conv(3, 2, 5), ...head])],
  [
    "two convolutions of the image, added",
    networkOf({}, [conv(3, 1, 6), { ...conv(5, 1, 6), inputs: [IMAGE] }, add(0, 1), ...head]),
  ],
];

const classifiers: Cases = [2, 10, 37, 1000].flatMap((classes) => [
  [`${classes} classes`, networkOf({ classes }, [conv(3, 2, 13), ...head])],
  [
    `${classes} classes after dropout`,
    networkOf({ classes, channels: 1 }, [conv(3, 2, 13), head[0], { kind: "dropout", rate: 0.4 }, head[1]]),
  ],
]);
const images: Cases = [1, 3].flatMap((channels) =>
  [1, 2].flatMap((stride) =>
    [3, 5].map((kernel): [string, Network] => [
      `convolution ${kernel}x${kernel} of an image with ${channels} channels, stride ${stride}`,
      networkOf({ inputSize: 15, channels }, [conv(kernel, stride, 6), ...head]),
    ]),
  ),
);

testAgreement(
  [
    ["convolutions", convolutions],
    ["depthwise convolutions", depthwises],
    ["batch norm and activations", activations],
    ["blocks", blocks],
    ["classifiers", classifiers],
    ["images", images],
  ],
  (name, { scale }) => (scale.inputSize > 16 ? 3 : 3 + (name.length % 4)),
);
