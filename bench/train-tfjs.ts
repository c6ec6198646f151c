/**
 * Time of a training step of the TensorFlow.js engine on WASM, one thread, Node: the reference net T1 of the facts
 * (section 15) and five random candidates at the default proxy scale.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  type Block,
  createRandom,
  defaultSettings,
  instantiate,
  median,
  type Network,
  networkMultiplyAdds,
  networkParameters,
  spaces,
} from "../src/core";
import { loadBackend } from "../src/trainer/tfjs/backends";
import { createTrainee } from "../src/trainer/tfjs/trainee";

const STEPS = 9;
const { recipe, proxy, space: spaceName } = defaultSettings;

function referenceNetwork(): Network {
  const block: Omit<Block, "filters" | "stride"> = {
    operation: "mbconv",
    expansion: 3,
    kernel: 3,
    seRatio: 0,
    skip: "identity",
    layers: 2,
  };
  const blocks: Block[] = [
    { ...block, filters: 8, stride: 1 },
    { ...block, filters: 16, stride: 2 },
    { ...block, filters: 24, stride: 2 },
  ];
  return instantiate(
    {
      stem: { filters: 8, stride: 1 },
      blocks,
      head: { filters: 0, scaling: "never" },
      activation: "relu6",
      dropout: 0,
      divisor: 4,
    },
    { inputSize: 32, widthMultiplier: 1, classes: 10 },
  );
}

function candidate(seed: number): Network {
  const space = spaces[spaceName];
  const random = createRandom(seed);
  return instantiate(space.decode(space.decisions.map(({ choices }) => random.integer(choices.length))), proxy);
}

async function measure(name: string, network: Network) {
  const { inputSize, channels } = network.scale;
  const random = createRandom(1);
  const count = recipe.batchSize;
  const images = Float32Array.from({ length: count * inputSize ** 2 * channels }, () => random.normal());
  const batch = { images, labels: new Uint16Array(count), count };
  const trainee = createTrainee(network, recipe, 1);
  const times: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const start = performance.now();
    await trainee.step(batch, { learningRate: 0.01, statisticsShare: 0.1 });
    times.push(performance.now() - start);
  }
  trainee.dispose();
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    network: name,
    parameters: networkParameters(network),
    multiplyAdds: networkMultiplyAdds(network),
    medianMs: round(median(times)),
    leastMs: round(Math.min(...times)),
    firstMs: round(times[0] as number),
  };
}

export async function run(): Promise<object> {
  const folder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
  await loadBackend("wasm", { wasmPath: join(folder, "tfjs-backend-wasm-simd.wasm") });
  const networks = [await measure("T1", referenceNetwork())];
  for (let seed = 1; seed <= 5; seed++) networks.push(await measure(`candidate ${seed}`, candidate(seed)));
  return { bench: "train-tfjs", batchSize: recipe.batchSize, steps: STEPS, networks };
}
