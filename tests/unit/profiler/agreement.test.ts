import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { io, setBackend, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createLayersModel } from "../../../bench/support/layersModel";
import {
  type CellArchitecture,
  createRandom,
  instantiate,
  listParameters,
  type Network,
  presets,
  spaces,
} from "../../../src/core";
import { foldBatchNorm, type ParameterValues } from "../../../src/profiler/graph";
import { writeGraphModel } from "../../../src/profiler/graphModel";
import { randomParameters } from "../../../src/profiler/weights";
import { loadBackend } from "../../../src/trainer/tfjs/backends";
import { predict } from "../../../src/trainer/tfjs/forward";
import { randomValues, relativeError, wasmPath } from "../trainer/support";

beforeAll(async () => {
  await loadBackend("cpu");
  await loadBackend("wasm", { wasmPath });
});

const COUNT = 2;

function imagesOf({ scale }: Network): Tensor {
  const shape = [COUNT, scale.inputSize, scale.inputSize, scale.channels];
  return tensor(randomValues(COUNT * scale.inputSize ** 2 * scale.channels, 3), shape);
}

/** TensorFlow.js's own layers on its plain JavaScript backend. */
async function byLayers(network: Network, weights: ParameterValues): Promise<Float32Array> {
  await setBackend("cpu");
  const model = createLayersModel(network, weights);
  try {
    return tidy(() => (model.predict(imagesOf(network)) as Tensor).dataSync<"float32">());
  } finally {
    model.dispose();
  }
}

async function byEngine(network: Network, weights: ParameterValues): Promise<Float32Array> {
  await setBackend("wasm");
  return tidy(() => {
    const tensors = new Map(
      listParameters(network).map(({ name, shape }) => [name, tensor(weights.get(name) as Float32Array, [...shape])]),
    );
    return predict(network, tensors, imagesOf(network)).dataSync<"float32">();
  });
}

async function byGraph(network: Network, weights: ParameterValues): Promise<Float32Array> {
  await setBackend("wasm");
  const model = await loadGraphModel(io.fromMemory(writeGraphModel(foldBatchNorm(network, weights))));
  try {
    return tidy(() => (model.predict(imagesOf(network)) as Tensor).dataSync<"float32">());
  } finally {
    model.dispose();
  }
}

async function expectAgreement(network: Network): Promise<void> {
  const weights = randomParameters(network, 1);
  const truth = await byLayers(network, weights);
  const size = Math.max(...truth.map(Math.abs));
  expect(truth).toHaveLength(COUNT * network.scale.classes);
  // Far from zero and from what half precision holds: random weights are for timing.
  expect(size).toBeGreaterThan(0.01);
  expect(size).toBeLessThan(100);
  expect(relativeError(await byEngine(network, weights), truth), "engine").toBeLessThan(1e-4);
  expect(relativeError(await byGraph(network, weights), truth), "graph").toBeLessThan(1e-4);
}

describe("TensorFlow.js layers, engine and exported graph give the same logits", () => {
  test.each(Object.entries(presets))("%s", async (_, architecture) => {
    await expectAgreement(instantiate(architecture, { inputSize: 64, widthMultiplier: 0.35, classes: 10 }));
  });

  const cells = Array.from({ length: 12 }, (_, i) => randomCells(i + 1));

  test.each(cells.map((architecture, i) => [i + 1, architecture] as const))(
    "random cells %d",
    async (i, architecture) => {
      await expectAgreement(instantiate(architecture, { inputSize: 20 + (i % 5), widthMultiplier: 0.5, classes: 10 }));
    },
  );

  test("the random cells have every operation in either kind of cell", () => {
    const used = (kind: "normal" | "reduction") =>
      new Set(
        cells.flatMap(({ cells }) => cells[kind].steps.flatMap((step) => [step.leftOperation, step.rightOperation])),
      ).size;
    expect([used("normal"), used("reduction")]).toEqual([13, 13]);
  });
});

function randomCells(seed: number): CellArchitecture {
  const random = createRandom(seed);
  const space = spaces["cells-browser"];
  return space.decode(space.decisions.map(({ choices }) => random.integer(choices.length)));
}
