import { instantiate, mean, networkMultiplyAdds, networkParameters, type Recipe, spaces } from "../../src/core";
import { yardstickDecisions } from "./architectures";
import type { FidelityRun, MeanScore } from "./measure";
import { type Kernel, leaveOneOut, oneHotKernel, productKernel, standardised } from "./ridge";

/** A way to rank the networks of one study, higher for better: from one run of each, all of one seed. */
export interface Rule {
  name: string;
  of(runs: readonly FidelityRun[]): number[];
  /** Core-seconds that a trial takes so. */
  seconds(run: FidelityRun): number;
}

/** Every rule that the table judges. The numbers of images are capped by how many a set holds out. */
export const rules: readonly Rule[] = [
  ...[500, 2000, 5000].flatMap((images) => [
    after(`top-1, ${images} images`, images, ({ correct }) => correct),
    after(`mean probability, ${images} images`, images, ({ probability }) => probability),
    after(`validation loss, ${images} images`, images, ({ loss }) => -loss),
  ]),
  last("top-1 of the last weights, 2000 images", ({ correct }) => correct),
  last("mean probability of the last weights, 2000 images", ({ probability }) => probability),
  curve("training loss, last quarter", ({ losses }) => -mean(losses.slice(-losses.length / 4))),
  curve("training loss, all steps", ({ losses }) => -mean(losses)),
  curve("training loss, extrapolated", ({ losses }) => -extrapolated(losses)),
  quarter("top-1 at 1/4 of the steps", 0, ({ correct }) => correct),
  quarter("mean probability at 1/4 of the steps", 0, ({ probability }) => probability),
  quarter("top-1 at 1/2 of the steps", 1, ({ correct }) => correct),
  quarter("top-1 at 3/4 of the steps", 2, ({ correct }) => correct),
  blend("mean probability and neighbours, half each", oneHotKernel),
  blend("mean probability and cost prior, half each", costKernel),
];

/** Name of the rule by which a study with this recipe ranks its trials: what `AccuracyReport.accuracy` is. */
export function ruleOfStudies({ validationImages }: Pick<Recipe, "validationImages">): string {
  return `top-1, ${validationImages} images`;
}

/** What a network's shape says of its rank without any training, higher for more. */
export const priors: Readonly<Record<string, (architecture: number) => number>> = {
  "log multiply-adds": (architecture) => shapeOf(architecture)[0],
  "log parameters": (architecture) => shapeOf(architecture)[1],
  depth: (architecture) => shapeOf(architecture)[2],
};

function scored({ scores }: FidelityRun, images: number): MeanScore {
  return (scores.find((score) => score.images >= images) ?? scores.at(-1)) as MeanScore;
}

function after(name: string, images: number, value: (score: MeanScore) => number): Rule {
  return {
    name,
    of: (runs) => runs.map((run) => value(scored(run, images))),
    seconds: (run) => run.trainingSeconds + (run.scoringSeconds * scored(run, images).images) / 1000,
  };
}

function last(name: string, value: (score: MeanScore) => number): Rule {
  return { ...quarter(name, 3, value), seconds: after(name, 2000, value).seconds };
}

function quarter(name: string, index: number, value: (score: MeanScore) => number): Rule {
  return {
    name,
    of: (runs) => runs.map(({ quarters }) => value(quarters[index] as MeanScore)),
    seconds: (run) => ((index + 1) / 4) * run.trainingSeconds + 2 * run.scoringSeconds,
  };
}

function curve(name: string, value: (run: FidelityRun) => number): Rule {
  return { name, of: (runs) => runs.map(value), seconds: ({ trainingSeconds }) => trainingSeconds };
}

function blend(name: string, kernel: Kernel): Rule {
  const own = after(name, 5000, ({ probability }) => probability);
  return {
    ...own,
    of(runs) {
      const scores = standardised(own.of(runs));
      const predicted = leaveOneOut(kernel(runs.map(({ architecture }) => architecture)), scores);
      return scores.map((score, i) => (score + (predicted[i] as number)) / 2);
    },
  };
}

/** Where a line through the later half of the curve over 1 / step ends: the loss after steps without end. */
function extrapolated(losses: readonly number[]): number {
  const half = Math.floor(losses.length / 2);
  const later = losses.slice(half);
  const inverse = later.map((_, i) => 1 / (half + i + 0.5));
  const centre = mean(inverse);
  const slope =
    mean(inverse.map((x, i) => (x - centre) * (later[i] as number))) / mean(inverse.map((x) => (x - centre) ** 2));
  return mean(later) - slope * centre;
}

function costKernel(architectures: readonly number[]): number[][] {
  const columns = [0, 1, 2].map((i) => standardised(architectures.map((a) => shapeOf(a)[i] as number)));
  return productKernel(architectures.map((_, row) => columns.map((column) => column[row] as number)));
}

function shapeOf(architecture: number): [multiplyAdds: number, parameters: number, depth: number] {
  const decoded = spaces["factorized-browser"].decode(yardstickDecisions(architecture));
  const network = instantiate(decoded, { inputSize: 32, widthMultiplier: 0.5, classes: 10 });
  const depth = decoded.blocks.reduce((sum, { layers }) => sum + layers, 0);
  return [Math.log(networkMultiplyAdds(network)), Math.log(networkParameters(network)), depth];
}
