import { deriveSeed, instantiate, mean, spaces } from "../../src/core";
import { createBatches, type Dataset, type PreparedDataset, prepare, validationBatches } from "../../src/data";
import { learningRateAt, statisticsShare } from "../../src/trainer/schedule";
import { addScores, type Score, scoreLogits } from "../../src/trainer/score";
import { type Kernels, loadKernels } from "../../src/trainer/simd/kernels";
import { createSimdTrainee, type SimdTrainee } from "../../src/trainer/simd/trainee";
import { yardstickDecisions } from "./architectures";
import type { Inheritance } from "./inheritance";
import type { Variant } from "./variants";

/** One training run under a variant, with everything by which a network could be ranked. */
export interface FidelityRun {
  variant: string;
  /** Of `yardstickSeeds`. */
  architecture: number;
  seed: number;
  /** Of the training, batches included, s of CPU time; not that of the networks whose weights were inherited. */
  trainingSeconds: number;
  /** Of scoring a thousand held-out images, s of CPU time. */
  scoringSeconds: number;
  /** Mean training loss of each twentieth of the steps, nats. */
  losses: number[];
  /** Last weights on 2,000 held-out images after each quarter of the steps. */
  quarters: MeanScore[];
  /** What the trial would predict with (averaged weights where the variant averages) on the first 500, 2,000, ... images. */
  scores: MeanScore[];
}

/** Means over the first `images` of the stratified order of held-out images. */
export interface MeanScore extends Score {
  images: number;
}

/** Numbers of held-out images on which the trained network is scored. */
const IMAGES = [500, 2000, 5000, Number.POSITIVE_INFINITY];
const COMMON_DIVISOR = 500;
const QUARTER_IMAGES = 2000;
const SEGMENTS = 20;

/** Trains variants on one set in this process; resampled images are kept for as long as variants share their size. */
export async function createMeasurer(dataset: Dataset) {
  const kernels = await loadKernels();
  let prepared: PreparedDataset | undefined;
  return (variant: Variant, architecture: number, seed: number, inheritance?: Inheritance): Promise<FidelityRun> => {
    const { inputSize } = variant.proxy;
    if (prepared?.inputSize !== inputSize) prepared = prepare(dataset, inputSize, dataset.validation.count);
    return measure(kernels, prepared, variant, architecture, seed, inheritance);
  };
}

async function measure(
  kernels: Kernels,
  prepared: PreparedDataset,
  variant: Variant,
  architecture: number,
  seed: number,
  inheritance: Inheritance | undefined,
): Promise<FidelityRun> {
  const { recipe, proxy } = variant;
  const { classes, channels } = prepared;
  const decoded = spaces["factorized-browser"].decode(yardstickDecisions(architecture));
  const network = instantiate(decoded, { ...proxy, classes, channels });
  const own = variant.commonSeed ? [] : [architecture];
  const runSeed = deriveSeed(seed, "fidelity", ...own);
  const quarters: MeanScore[] = [];
  const losses: number[] = [];
  const start = inheritance?.weightsFor(architecture, network, runSeed);

  let spent = 0;
  let mark = cpuSeconds();
  const trainee = createSimdTrainee(kernels, network, recipe, runSeed, start);
  const batches = createBatches(prepared, recipe.batchSize, deriveSeed(runSeed, "batches"), recipe.augmentation);
  for (let step = 0; step < recipe.steps; step++) {
    const rates = { learningRate: learningRateAt(step, recipe), statisticsShare: statisticsShare(step) };
    losses.push(await trainee.step(batches.next(), rates));
    if ((step + 1) % Math.ceil(recipe.steps / 4) === 0 || step + 1 === recipe.steps) {
      spent += cpuSeconds() - mark;
      quarters.push(...scoresOf(trainee, prepared, [QUARTER_IMAGES]));
      mark = cpuSeconds();
    }
  }
  trainee.finish();
  mark = cpuSeconds();
  const scores = scoresOf(trainee, prepared, IMAGES);
  const scoring = cpuSeconds() - mark;
  inheritance?.add(architecture, network, trainee.weights());
  return {
    variant: variant.id,
    architecture,
    seed,
    trainingSeconds: rounded(spent),
    scoringSeconds: rounded((1000 * scoring) / prepared.validation.count),
    losses: segments(losses).map(rounded),
    quarters,
    scores,
  };
}

/** Scores on the first images of the held-out ones, for each of the numbers; one pass. */
function scoresOf(trainee: SimdTrainee, prepared: PreparedDataset, numbers: readonly number[]): MeanScore[] {
  const { classes, validation } = prepared;
  const limits = [...new Set(numbers.map((number) => Math.min(number, validation.count)))];
  const found: MeanScore[] = [];
  let sums: Score = { correct: 0, loss: 0, probability: 0 };
  let images = 0;
  for (const batch of validationBatches(prepared, sliceSize(trainee.validationBatch))) {
    sums = addScores(sums, scoreLogits(trainee.logits(batch), batch, classes));
    images += batch.count;
    const limit = limits[found.length];
    if (limit !== undefined && images >= limit) found.push(meanOf(sums, images));
    if (found.length === limits.length) break;
  }
  return found;
}

/** The largest batch that fits and whose multiples meet each of the numbers of images. */
function sliceSize(largest: number): number {
  let size = Math.min(largest, COMMON_DIVISOR);
  while (COMMON_DIVISOR % size !== 0) size--;
  return size;
}

function meanOf({ correct, loss, probability }: Score, images: number): MeanScore {
  return {
    images,
    correct: rounded(correct / images),
    loss: rounded(loss / images),
    probability: rounded(probability / images),
  };
}

function segments(losses: readonly number[]): number[] {
  const length = Math.min(SEGMENTS, losses.length);
  const edge = (i: number) => Math.floor((i * losses.length) / length);
  return Array.from({ length }, (_, i) => mean(losses.slice(edge(i), edge(i + 1))));
}

/** Of this process, waits for other processes not counted, s. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
