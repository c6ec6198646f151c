import { setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom, IMAGE, type Network, type Random } from "../../../../src/core";
import { type Kernels, loadKernels } from "../../../../src/trainer/simd/kernels";
import { createSimdTrainee } from "../../../../src/trainer/simd/trainee";
import { loadBackend } from "../../../../src/trainer/tfjs/backends";
import { compare, worstOf } from "./support/compare";
import { networkOf, type Step } from "./support/networks";
import { recipeOf, threePasses } from "./support/passes";

/**
 * Of the whole gradient and all outputs. Who shares whose gradient is the planner's matter: one that is written too
 * early, too late or twice is 0.1 to 1 off.
 */
const TOLERANCE = 1e-4;
/** Single parameters: some are small sums of large terms (see `compare`). */
const WORST_PARAMETER = 1e-3;

let kernels: Kernels;

beforeAll(async () => {
  await loadBackend("cpu");
  await setBackend("cpu");
  kernels = await loadKernels();
});

const CHANNELS = 5;

/** Every node that can stand anywhere in a graph where all values have one shape. */
const kinds: ((random: Random) => Step)[] = [
  (random) => ({ kind: "conv", kernel: 1, stride: 1, activation: fused(random) }),
  (random) => ({ kind: "conv", kernel: 3, stride: 1, activation: fused(random) }),
  () => ({ kind: "conv", kernel: 3, columns: 1, dilation: 2, stride: 1, activation: "none" }),
  (random) => ({ kind: "depthwise", kernel: 3, stride: 1, activation: fused(random) }),
  () => ({ kind: "depthwise", kernel: 5, stride: 1, activation: "none", norm: false }),
  (random) => ({ kind: "pool", reduce: random.integer(2) ? "max" : "mean", kernel: 3, stride: 1 }),
  () => ({ kind: "activation", activation: "swish" }),
  () => ({ kind: "squeezeExcite", squeezed: 2, activation: "swish", gate: "sigmoid" }),
];

function fused(random: Random): "none" | "relu" {
  return random.integer(2) ? "relu" : "none";
}

/** A graph in which most values have several readers; what none reads is joined before the classifier. */
function randomGraph(seed: number): Network {
  const random = createRandom(seed);
  const steps: Step[] = [{ kind: "conv", kernel: 3, stride: 1, activation: "none", filters: CHANNELS }];
  /** Nodes with `CHANNELS` channels, the later the likelier. */
  const pick = (from: readonly number[]) =>
    from[from.length - 1 - Math.min(random.integer(from.length), random.integer(from.length))] as number;
  const open: number[] = [0];
  while (open.length < 12) {
    const choice = random.integer(kinds.length + 5);
    const kind = kinds[choice];
    const index = steps.length;
    if (kind) steps.push({ ...kind(random), inputs: [pick(open)] });
    else if (choice === kinds.length) {
      steps.push({ kind: "concat", inputs: [pick(open), pick(open), pick(open)] });
      steps.push({ kind: "conv", kernel: 1, stride: 1, activation: fused(random), filters: CHANNELS, inputs: [index] });
    } else steps.push({ kind: "add", inputs: [pick(open), pick(open)] });
    open.push(steps.length - 1);
  }
  const read = new Set(steps.flatMap(({ inputs = [] }) => inputs));
  const ends = steps.map((_, index) => index).filter((index) => !read.has(index));
  const join: Step[] = [
    { kind: "concat", inputs: ends },
    { kind: "conv", kernel: 1, stride: 1, activation: "relu6", filters: 6 },
  ];
  return networkOf({ inputSize: 8, classes: 4 }, [...steps, ...join, { kind: "globalPool" }, { kind: "dense" }]);
}

/** The first three are some in which the planner was found wrong. */
test.each([22, 46, 99, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
  "a random graph (%i) has the gradients of TensorFlow.js",
  async (seed) => {
    const { simd, tfjs, truth } = await threePasses(kernels, randomGraph(seed), { count: 4, seed, rounding: 2e-6 });
    for (const [oracle, expected] of Object.entries({ tfjs, truth })) {
      const errors = compare(simd, expected);
      const said = `against ${oracle}: ${JSON.stringify(errors)}`;
      expect(errors.gradient[0], said).toBeLessThan(WORST_PARAMETER);
      expect(worstOf({ ...errors, gradient: [0, ""] }), said).toBeLessThan(TOLERANCE);
    }
  },
);

describe("what no space holds is refused", () => {
  const conv: Step = { kind: "conv", kernel: 3, stride: 1, filters: 4, activation: "relu" };
  const make = (steps: Step[]) => createSimdTrainee(kernels, networkOf({}, steps), recipeOf({ batchSize: 2 }), 1);

  test("another node than a convolution that reads the image", () => {
    expect(() => make([{ kind: "activation", activation: "relu" }, conv])).toThrow(
      /Only a convolution can read the image/,
    );
    expect(() => make([conv, { kind: "concat", inputs: [0, IMAGE] }])).toThrow(/Only a convolution can read the image/);
  });

  test("dropout or a dense layer whose input others read", () => {
    const pooled: Step[] = [conv, { kind: "globalPool" }];
    const dropped: Step[] = [{ kind: "dropout", rate: 0.2 }, { kind: "add", inputs: [1, 2] }, { kind: "dense" }];
    expect(() => make([...pooled, ...dropped])).toThrow(/What a dropout node reads no other node may read/);
    const hidden: Step[] = [{ kind: "dense", filters: 4 }, { kind: "add", inputs: [1, 2] }, { kind: "dense" }];
    expect(() => make([...pooled, ...hidden])).toThrow(/What a dense node reads no other node may read/);
  });
});
