import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  createRandom,
  defaultSettings,
  EvaluationError,
  instantiate,
  type Network,
  presets,
  type Space,
  spaces,
  trainingSizes,
} from "../../../../src/core";
import type { Batch } from "../../../../src/data";
import { placeArrays } from "../../../../src/trainer/simd/descent";
import { type Kernels, loadKernels } from "../../../../src/trainer/simd/kernels";
import { layOutParameters } from "../../../../src/trainer/simd/parameters";
import { planNetwork } from "../../../../src/trainer/simd/plan";
import { createSimdTrainee, type SimdTrainee } from "../../../../src/trainer/simd/trainee";
import type { Weights } from "../../../../src/trainer/weights";
import { randomNetwork } from "../support";
import { noise, recipeOf } from "./support/passes";

/** The largest images that a recipe trains on. */
const proxy = { ...defaultSettings.proxy, inputSize: trainingSizes.exact };
const space: Space = spaces[defaultSettings.space];
const recipe = recipeOf({ batchSize: 32, averageDecay: 0.99, optimizer: "rmsprop" }); // what takes the most memory

const rates = { learningRate: 0.05, statisticsShare: 0.2 };

const sizeOf = ({ memory }: Kernels) => memory.buffer.byteLength;

function decode(decisions: readonly number[]): Network {
  return instantiate(space.decode(decisions), proxy);
}

/** Bytes that a network takes in a memory of its own. */
async function bytesAlone(network: Network): Promise<number> {
  const kernels = await loadKernels();
  createSimdTrainee(kernels, network, recipe, 1);
  return sizeOf(kernels);
}

/** Decision by decision takes the choice that needs the most, until none needs more. */
function climb(decisions: readonly number[], bytesOf: (decisions: readonly number[]) => number): readonly number[] {
  let best = decisions;
  let most = bytesOf(best);
  for (let before = 0; before < most; ) {
    before = most;
    for (const [place, { choices }] of space.decisions.entries()) {
      for (const choice of choices.keys()) {
        const changed = best.with(place, choice);
        const bytes = bytesOf(changed);
        if (bytes <= most) continue;
        most = bytes;
        best = changed;
      }
    }
  }
  return best;
}

function hash(weights: Weights): string {
  const sum = createHash("sha256");
  for (const [name, values] of weights) sum.update(name).update(values);
  return sum.digest("hex");
}

async function trained(trainee: SimdTrainee, batches: readonly Batch[]): Promise<string> {
  for (const batch of batches) await trainee.step(batch, rates);
  trainee.finish();
  return hash(trainee.weights());
}

describe("memory", () => {
  test("of many candidates one after the other is that of the largest", async () => {
    const kernels = await loadKernels();
    const random = createRandom(5);
    let growths = 0;
    for (let i = 0; i < 200; i++) {
      const network = decode(space.decisions.map(({ choices }) => random.integer(choices.length)));
      const before = sizeOf(kernels);
      createSimdTrainee(kernels, network, recipe, i);
      if (sizeOf(kernels) === before) continue;
      expect(sizeOf(kernels)).toBe(await bytesAlone(network));
      growths++;
    }
    expect(growths).toBeGreaterThan(1);
  });

  test("of the largest architecture of the default space stays under 64 MB", async () => {
    const kernels = await loadKernels();
    const plannedBytes = (decisions: readonly number[]) => {
      const network = decode(decisions);
      const layout = layOutParameters(network);
      const { weights, gradients, end: base } = placeArrays(layout, recipe, 0);
      const random = createRandom(1);
      return planNetwork({ kernels, network, batchSize: 32, layout, weights, gradients, base, random }).bytes;
    };
    const largest = climb(
      space.decisions.map(({ choices }) => choices.length - 1),
      plannedBytes,
    );
    const bytes = await bytesAlone(decode(largest));
    expect(bytes).toBeGreaterThan(32e6); // 43 MB when this was written
    expect(bytes).toBeLessThan(64e6);
  });

  test("that no browser gives is refused in words", async () => {
    const kernels = await loadKernels();
    const network = instantiate(presets["mobilenet-v2"], { inputSize: 1024, widthMultiplier: 4, classes: 1000 });
    const make = () => createSimdTrainee(kernels, network, recipeOf({ batchSize: 256 }), 1);
    expect(make).toThrow(EvaluationError);
    expect(make).toThrow(
      /takes [\d]+ MB, more than this browser gives\. A smaller input size, width or batch needs less/,
    );
    try {
      make();
    } catch (error) {
      expect((error as EvaluationError).failure).toMatchObject({ stage: "training", code: "out-of-memory" });
    }
    // What was refused leaves the kernels as they were.
    const small = randomNetwork(1, 16, 0.25);
    expect(Number.isFinite(await createSimdTrainee(kernels, small, recipe, 1).step(noise(small, 8, 1), rates))).toBe(
      true,
    );
  });
});

const cells = (() => {
  const space = spaces["cells-browser"];
  const random = createRandom(2);
  const decisions = space.decisions.map(({ choices }) => random.integer(choices.length));
  return instantiate(space.decode(decisions), { inputSize: 19, widthMultiplier: 0.35, classes: 10 });
})();

describe.each([
  ["blocks", randomNetwork(3, 19, 0.35)],
  ["cells", cells],
  ["swish and hidden layers", instantiate(presets["mobilenet-v3-small"], { ...cells.scale, widthMultiplier: 0.1 })],
])("the same seed gives the same bits: %s", (_, network) => {
  const batches = Array.from({ length: 5 }, (_, i) => noise(network, 6, i));
  const own = { ...recipe, batchSize: 6 };
  const run = async (kernels: Kernels, seed = 4) => trained(createSimdTrainee(kernels, network, own, seed), batches);

  test("twice in one memory, and in two", async () => {
    const kernels = await loadKernels();
    const first = await run(kernels);
    const size = sizeOf(kernels);
    expect(await run(kernels)).toBe(first);
    expect(sizeOf(kernels)).toBe(size);
    expect(await run(await loadKernels())).toBe(first);
    expect(await run(kernels, 5)).not.toBe(first);
  });

  test("after a larger network, and in a memory full of NaN", async () => {
    const truth = await run(await loadKernels());
    const kernels = await loadKernels();
    const larger = randomNetwork(8, 32, 0.75);
    const trainee = createSimdTrainee(kernels, larger, recipe, 1);
    await trainee.step(noise(larger, 32, 1), rates);
    expect(await run(kernels)).toBe(truth);
    const FIRST_ADDRESS = 65536;
    new Uint8Array(kernels.memory.buffer, FIRST_ADDRESS).fill(0xff);
    expect(await run(kernels)).toBe(truth);
  });
});

describe.each([
  ["blocks", randomNetwork(6, 19, 0.35)],
  ["cells", cells],
])("batches smaller than planned: %s", (_, network) => {
  test("are classified as their images are in a full one", async () => {
    const trainee = createSimdTrainee(await loadKernels(), network, recipeOf({ batchSize: 8 }), 2);
    for (let i = 0; i < 3; i++) await trainee.step(noise(network, 8, i), rates);
    const full = noise(network, 8, 9);
    const logits = trainee.logits(full);
    const pixels = full.images.length / 8;
    for (const count of [1, 3, 6]) {
      for (const first of [0, 2]) {
        const part = {
          images: full.images.subarray(first * pixels, (first + count) * pixels),
          labels: full.labels.subarray(first, first + count),
          count,
        };
        const expected = logits.subarray(first * 10, (first + count) * 10);
        expect(trainee.logits(part)).toEqual(expected);
        const answers = Uint16Array.from({ length: count }, (_, i) => {
          const row = expected.subarray(10 * i, 10 * (i + 1));
          return row.indexOf(Math.max(...row));
        });
        expect((await trainee.score({ ...part, labels: answers })).correct).toBe(count);
        const wrong = answers.map((label) => (label + 1) % 10);
        expect((await trainee.score({ ...part, labels: wrong })).correct).toBe(0);
      }
    }
  });

  test("are trained on as in a plan of their own size", async () => {
    const small = [1, 2].map((i) => noise(network, 5, i));
    const inPlanOf = async (batchSize: number) =>
      trained(createSimdTrainee(await loadKernels(), network, { ...recipe, batchSize }, 2), small);
    expect(await inPlanOf(8)).toBe(await inPlanOf(5));
  });
});
