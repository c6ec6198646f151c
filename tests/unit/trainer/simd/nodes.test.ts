import { setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Activation, ConvNode, Network, SqueezeExciteNode } from "../../../../src/core";
import { type Kernels, loadKernels } from "../../../../src/trainer/simd/kernels";
import { loadBackend } from "../../../../src/trainer/tfjs/backends";
import { compare, worstOf } from "./support/compare";
import { networkOf, type Step } from "./support/networks";
import { threePasses } from "./support/passes";

/** Of the largest magnitude (see `compare`). */
const TOLERANCE = 1e-4;
/** How far values before an activation may be off in so few layers. */
const ROUNDING = 2e-6;

let kernels: Kernels;

beforeAll(async () => {
  await loadBackend("cpu");
  await setBackend("cpu");
  kernels = await loadKernels();
});

type Fused = ConvNode["activation"];
const conv = (kernel: number, stride: number, filters: number, activation: Fused = "none", from?: number): Step => ({
  ...{ kind: "conv", kernel, stride, filters, activation, ...(from !== undefined && { inputs: [from] }) },
});
const window = (shape: { kernel: number; columns?: number; dilation?: number; stride?: number }): Step => ({
  ...{ kind: "conv", stride: 1, filters: 7, activation: "relu6", ...shape },
});
const bare = (kernel: number, stride: number): Step => ({
  ...{ kind: "depthwise", kernel, stride, activation: "none", norm: false },
});
const depthwise = (kernel: number, stride: number, activation: Fused = "none"): Step => ({
  ...{ kind: "depthwise", kernel, stride, activation },
});
const pool = (reduce: "mean" | "max", kernel: number, stride: number, from?: number): Step => ({
  ...{ kind: "pool", reduce, kernel, stride, ...(from !== undefined && { inputs: [from] }) },
});
const act = (activation: Activation, from?: number): Step => ({
  ...{ kind: "activation", activation, ...(from !== undefined && { inputs: [from] }) },
});
const squeezeExcite = (
  squeezed: number,
  activation: SqueezeExciteNode["activation"],
  gate: SqueezeExciteNode["gate"],
): Step => ({ kind: "squeezeExcite", squeezed, activation, gate });
const add = (...inputs: number[]): Step => ({ kind: "add", inputs });
const concat = (...inputs: number[]): Step => ({ kind: "concat", inputs });
const head: Step[] = [{ kind: "globalPool" }, { kind: "dense" }];

/** Between two convolutions, so that what comes in and the gradient that comes back differ from place to place. */
function between(steps: Step[], inputSize: number, channels: number, activation: Fused = "none"): Network {
  return networkOf({ inputSize, classes: 5 }, [
    conv(3, 1, channels, activation),
    ...steps,
    conv(3, 1, 7, "relu6"),
    ...head,
  ]);
}

/** Sides of the image with the channels before the node, both odd and not. */
const sizes = [
  [9, 3],
  [13, 5],
  [8, 12],
] as const;

const windows: [string, Network][] = [
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

const bares: [string, Network][] = [3, 5, 7].flatMap((kernel) =>
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

const pools: [string, Network][] = (["mean", "max"] as const).flatMap((reduce) =>
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
const activations: [string, Network][] = kinds.flatMap((kind): [string, Network][] => [
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

const concats: [string, Network][] = [
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

const gated: [string, Network][] = (["relu", "swish"] as const).flatMap((activation) =>
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
const cells: [string, Network][] = [1, 2].map((stride) => [
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

describe.each([
  ["windows", windows],
  ["bare depthwise convolutions", bares],
  ["pooling", pools],
  ["activations", activations],
  ["concatenations", concats],
  ["squeeze-and-excite", gated],
  ["cells", cells],
])("%s: outputs, moving statistics and gradients are those of TensorFlow.js", (_, cases) => {
  test.each(cases)("%s", async (name, network) => {
    const count = 1 + (name.length % 4);
    const { simd, tfjs, truth } = await threePasses(kernels, network, { count, seed: count, rounding: ROUNDING });
    for (const [oracle, expected] of Object.entries({ tfjs, truth })) {
      const errors = compare(simd, expected);
      expect(worstOf(errors), `against ${oracle}: ${JSON.stringify(errors)}`).toBeLessThan(TOLERANCE);
    }
  });
});
