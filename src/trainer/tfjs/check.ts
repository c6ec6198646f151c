import { type Clock, createRandom, type Network, type Node, type Recipe } from "../../core";
import type { Batch } from "../../data";
import { type ReferenceNetwork, referenceNetworks } from "./referenceNetworks";
import { createTrainee } from "./trainee";

/** Relative. Sound backends come within a tenth of it; even exchanging two gradients of batch norm costs twice it. */
const TOLERANCE = 0.0002;
/** Fixed here, because the reference losses belong to it. */
const recipe: Omit<Recipe, "learningRate"> = {
  steps: 4,
  batchSize: 16,
  optimizer: "sgd",
  schedule: "cosine",
  momentum: 0.9,
  weightDecay: 1e-4,
  labelSmoothing: 0.1,
  gradientClip: 0,
  averageDecay: 0,
  augmentation: { flip: false, shift: 0, cutout: 0 },
  validationImages: 0,
  timeLimitSeconds: Number.POSITIVE_INFINITY,
};
/** A backend whose reference steps take longer than this is given up, s. */
const PATIENCE = 20;

/** Makes sure that the current backend computes what it should, for one kind of operation after the other. */
export interface BackendCheck {
  /**
   * Trains those of the reference networks for a few steps that have something in common with this one which has not been
   * checked before.
   * @throws Error where losses are not the reference's (broken drivers are known for it), or none come in 20 s.
   */
  covers(network: Network): Promise<void>;
}

export function createBackendCheck(clock: Clock): BackendCheck {
  const checked = new Set<string>();
  return {
    async covers(network) {
      const wanted = operationsOf(network);
      for (const reference of referenceNetworks) {
        const known = operationsOf(reference.network);
        if (!known.some((name) => wanted.includes(name) && !checked.has(name))) continue;
        await checkBackend(reference, clock);
        for (const name of known) checked.add(name);
      }
    },
  };
}

async function checkBackend(reference: ReferenceNetwork, clock: Clock): Promise<void> {
  const { losses } = reference;
  const found = await runReferenceSteps(reference, clock);
  const wrong = found.findIndex((loss, step) => !agrees(loss, losses[step] as number));
  if (wrong >= 0) throw new Error(`its loss is ${found[wrong]} instead of ${losses[wrong]}`);
}

/** What backends compute in ways of their own. */
export function operationsOf({ nodes }: Network): string[] {
  return [...new Set(nodes.flatMap(operationsOfNode))];
}

function operationsOfNode(node: Node): string[] {
  switch (node.kind) {
    case "conv":
      return [
        `conv, ${node.activation}`,
        ...(node.columns === undefined ? [] : ["rectangular conv"]),
        ...(node.dilation === undefined ? [] : ["dilated conv"]),
      ];
    case "depthwise":
      return node.norm === false ? ["bare depthwise"] : [`depthwise, ${node.activation}`];
    case "squeezeExcite":
      return [`squeeze, ${node.activation}`, `excite, ${node.gate}`];
    case "pool":
      return [`${node.reduce} pool`];
    case "activation":
      return [node.activation];
    case "dropout":
      return []; // a product
    default:
      return [node.kind];
  }
}

/** Losses of a training on noise. @throws Error when its steps take too long. */
export async function runReferenceSteps(reference: ReferenceNetwork, clock: Clock): Promise<number[]> {
  const { network, learningRate } = reference;
  const trainee = createTrainee(network, { ...recipe, learningRate }, 1);
  try {
    const batch = noise(network);
    const losses: number[] = [];
    const start = clock();
    while (losses.length < recipe.steps) {
      losses.push(await orGiveUp(trainee.step(batch, { learningRate, statisticsShare: 1 })));
      if (clock() - start > PATIENCE) {
        throw new Error(`a small network took over ${PATIENCE} s for ${losses.length} of ${recipe.steps} steps`);
      }
    }
    return losses;
  } finally {
    trainee.dispose();
  }
}

/** A context whose fences never signal (Safari has had such) would keep a read waiting for ever. */
async function orGiveUp<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} s`)), 1000 * PATIENCE);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

function noise({ scale: { inputSize, channels, classes } }: Network): Batch {
  const random = createRandom(1);
  const length = recipe.batchSize * inputSize ** 2 * channels;
  const images = Float32Array.from({ length }, () => 2 * random.uniform() - 1);
  const labels = Uint16Array.from({ length: recipe.batchSize }, () => random.integer(classes));
  return { images, labels, count: recipe.batchSize };
}

function agrees(loss: number, reference: number): boolean {
  return Math.abs(loss - reference) <= TOLERANCE * reference;
}
