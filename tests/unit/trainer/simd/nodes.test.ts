import type { Network } from "../../../../src/core";
import { type Cases, testAgreement } from "./support/agreement";
import { networkOf, type Step } from "./support/networks";
import { act, add, between, concat, conv, depthwise, head, pool, squeezeExcite } from "./support/steps";

const window = (shape: { kernel: number; columns?: number; dilation?: number; stride?: number }): Step => ({
  ...{ kind: "conv", stride: 1, filters: 7, activation: "relu6", ...shape },
});
const bare = (kernel: number, stride: number): Step => ({
  ...{ kind: "depthwise", kernel, stride, activation: "none", norm: false },
});

/** Sides of the image with the channels before the node, both odd and not. */
const sizes = [
  [9, 3],
  [13, 5],
  [8, 12],
] as const;

const windows: Cases = [
  ...[3, 7].flatMap((length) => [
    { kernel: 1, columns: length },
    { kernel: length, columns: 1 },
  ]),
  { kernel: 3, columns: 5 },
  { kernel: 3, dilation: 2 },
  { kernel: 5, dilation: 2 },
  { kernel: 3, columns: 1, dilation: 3 },
].flatMap((shape) =>
  [1, 2].flatMap((stride) =>
    sizes.map(([size, channels]): [string, Network] => [
      `${JSON.stringify(shape)}, stride ${stride}, ${size} px, ${channels} channels`,
      between([window({ ...shape, stride })], size, channels),
    ]),
  ),
);
windows.push(
  ["1x1 with stride 2, 5 channels", between([conv(1, 2, 9)], 15, 5)],
  ["1x7, then 7x1 with stride 2", between([window({ kernel: 1, columns: 7 }), conv(7, 2, 6)], 13, 5)],
  ["1x7 of the image", networkOf({}, [{ ...window({ kernel: 1, columns: 7 }) }, ...head])],
  [
    "dilated, of an image with one channel",
    networkOf({ channels: 1 }, [{ ...window({ kernel: 3, dilation: 2 }) }, conv(3, 2, 5), ...head]),
  ],
  ["dilated, wider than the image", between([window({ kernel: 5, dilation: 3 }), conv(1, 1, 5)], 8, 5)],
);

const bares: Cases = [3, 5, 7].flatMap((kernel) =>
  [1, 2].flatMap((stride) =>
    sizes.map(([size, channels]): [string, Network] => [
      `bare depthwise ${kernel}x${kernel}, stride ${stride}, ${size} px, ${channels} channels`,
      between([bare(kernel, stride)], size, channels),
    ]),
  ),
);
bares.push(
  [
    "separable, twice",
    between([act("relu"), bare(7, 2), conv(1, 1, 6), act("relu"), bare(7, 1), conv(1, 1, 5)], 15, 5),
  ],
  ["a bare depthwise read twice", between([bare(3, 1), conv(1, 1, 6), add(1, 2)], 9, 6)],
  [
    "a bare depthwise that others read too",
    between([bare(3, 1), add(0, 1), conv(1, 1, 6, "relu", 1), add(2, 3)], 9, 6),
  ],
);

const pools: Cases = (["mean", "max"] as const).flatMap((reduce) =>
  [3, 5, 7].flatMap((kernel) =>
    [1, 2].flatMap((stride) =>
      sizes.map(([size, channels]): [string, Network] => [
        `${reduce} ${kernel}x${kernel}, stride ${stride}, ${size} px, ${channels} channels`,
        between([pool(reduce, kernel, stride)], size, channels),
      ]),
    ),
  ),
);
pools.push(
  ["the largest of the largest: most windows share it", between([pool("max", 5, 1), pool("max", 3, 1)], 9, 5)],
  ["the largest of what a ReLU made zero", between([pool("max", 3, 2)], 13, 5, "relu")],
  [
    "the largest, of what others read too",
    between([pool("max", 3, 1), add(0, 1), pool("max", 7, 1, 0), add(2, 3)], 9, 5),
  ],
);

const kinds = ["relu", "relu6", "swish", "hswish"] as const;
const activations: Cases = kinds.flatMap((kind): [string, Network][] => [
  ...sizes.map(([size, channels]): [string, Network] => [
    `${kind} of batch-normed values, ${size} px, ${channels} channels`,
    between([conv(1, 1, channels), act(kind), depthwise(3, 1)], size, channels),
  ]),
  [`${kind} of a sum`, between([conv(1, 1, 5), add(0, 1), act(kind)], 9, 5)],
  [`${kind} of what is added as well`, between([act(kind), conv(3, 1, 5), add(0, 2)], 9, 5)],
  [
    `${kind} of a hidden layer`,
    networkOf({ classes: 5 }, [
      ...[conv(3, 2, 6, "relu"), { kind: "globalPool" } as const, { kind: "dense", filters: 13 } as const, act(kind)],
      ...[{ kind: "dropout", rate: 0.3 } as const, { kind: "dense" } as const],
    ]),
  ],
]);

const concats: Cases = [
  ["of 5 and 5 channels", between([conv(3, 1, 5), concat(0, 1)], 9, 5)],
  ["of 3, 12 and 5", between([conv(3, 1, 12), conv(1, 1, 5), concat(0, 1, 2)], 9, 3)],
  ["of 1, 1 and 1", between([conv(3, 1, 1), conv(3, 1, 1), concat(0, 1, 2)], 9, 1)],
  ["of fours", between([conv(3, 1, 8), concat(1, 0)], 13, 12)],
  ["of one value twice", between([concat(0, 0), conv(3, 1, 4)], 9, 5)],
  ["of one value twice and another between", between([conv(3, 1, 3), concat(0, 1, 0)], 13, 5)],
  ["of a single value", between([concat(0)], 9, 5)],
  ["of what is added and pooled too", between([pool("max", 3, 1), add(0, 1), concat(0, 2, 1)], 9, 5)],
  ["of a concat", between([conv(3, 1, 3), concat(0, 1), concat(2, 1)], 9, 5)],
  ["added to another concat", between([conv(3, 1, 3), concat(0, 1), concat(1, 0), add(2, 3)], 9, 5)],
  ["of a squeeze-and-excite", between([conv(1, 1, 6), squeezeExcite(3, "relu", "sigmoid"), concat(2, 0)], 9, 5)],
  ["before the classifier", networkOf({}, [conv(3, 2, 5), conv(1, 1, 6), concat(0, 1), act("relu"), ...head])],
];

const gated: Cases = (["relu", "swish"] as const).flatMap((activation) =>
  (["sigmoid", "hsigmoid"] as const).flatMap((gate): [string, Network][] => {
    const excite = squeezeExcite(3, activation, gate);
    return [
      [`${activation}, ${gate} while loading`, between([depthwise(3, 1, "relu"), excite, conv(1, 1, 6)], 9, 10)],
      [`${activation}, ${gate}, added`, between([conv(3, 1, 5, "relu"), excite, add(0, 2)], 9, 5)],
      [`${activation}, ${gate} of swish`, between([depthwise(5, 2), act("swish"), excite, conv(1, 1, 6)], 15, 5)],
      [`${activation}, ${gate} of hswish, added`, between([conv(3, 1, 5), act("hswish"), excite, add(3, 0)], 9, 5)],
      [`${activation}, ${gate} of what is added too`, between([act("swish"), excite, add(1, 2)], 9, 12)],
      [
        `${activation}, ${gate} of more than a piece`,
        between([conv(1, 1, 3100), act("swish"), excite, conv(1, 1, 4)], 3, 3),
      ],
    ];
  }),
);

/** What a cell does: every operation, on values with many readers. */
const cells: Cases = [1, 2].map((stride) => [
  `a cell with stride ${stride}`,
  networkOf({ inputSize: 13, classes: 5 }, [
    ...[conv(3, 1, 6), conv(1, 1, 6), act("relu", 1)],
    ...[bare(5, stride), conv(1, 1, 6), act("relu"), bare(5, 1), conv(1, 1, 6)], // 7
    ...[pool("max", 3, stride, 0), add(8, 7)], // 9
    ...[{ ...window({ kernel: 3, dilation: 2, stride }), filters: 6, activation: "none", inputs: [2] } as Step], // 10
    ...[pool("mean", 3, stride, 1), add(10, 11)], // 12
    ...[act("relu", 9), { ...window({ kernel: 1, columns: 7 }), filters: 6, activation: "none" } as Step], // 14
    ...[add(14, 9), concat(9, 12), act("relu", 16), conv(1, 1, 6)], // 18
    ...[pool("max", 7, 1, 15), concat(19, 18, 15), act("relu"), ...head],
  ]),
]);

testAgreement(
  [
    ["windows", windows],
    ["bare depthwise convolutions", bares],
    ["pooling", pools],
    ["activations", activations],
    ["concatenations", concats],
    ["squeeze-and-excite", gated],
    ["cells", cells],
  ],
  (name) => 1 + (name.length % 4),
);
