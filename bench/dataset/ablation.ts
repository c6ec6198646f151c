import { deriveSeed, estimateMean, instantiate, type Recipe, type Scale, spaces } from "../../src/core";
import type { Dataset } from "../../src/data";
import type { TrainingEngine } from "../../src/trainer";

/** The choices of a block of the default space, the same in all five, and the width of the whole network. */
interface Variant {
  kernel: 3 | 5;
  seRatio: 0 | 0.25;
  layers: -1 | 0;
  widthMultiplier: number;
}

/** In the middle of the default space: MBConv3, identity skips, filters and layers as the skeleton has them. */
const base: Variant = { kernel: 5, seRatio: 0.25, layers: 0, widthMultiplier: 0.5 };

/** One thing taken away at a time, as Table 6 of the MnasNet paper takes away the variety of layers. */
const variants = {
  base,
  "half the filters": { ...base, widthMultiplier: base.widthMultiplier / 2 },
  "a layer less in each block": { ...base, layers: -1 },
  "kernels of 3": { ...base, kernel: 3 },
  "no squeeze-and-excite": { ...base, seRatio: 0 },
} as const satisfies Record<string, Variant>;

export interface AblationRow {
  variant: string;
  /** Held-out accuracy of each seed. */
  accuracies: number[];
  mean: number;
  /** Mean difference to the base network, by seed, and its standard error; 0 for the base itself. */
  difference: number;
  standardError: number;
}

/** Trains the base network and its variants with every seed from 1 on; seed by seed, so that a run that is cut short has pairs. */
export async function ablate(
  engine: TrainingEngine,
  dataset: Dataset,
  recipe: Recipe,
  seeds: number,
  tell: (line: string) => void,
): Promise<AblationRow[]> {
  const names = Object.keys(variants) as (keyof typeof variants)[];
  const accuracies = names.map((): number[] => []);
  for (let seed = 1; seed <= seeds; seed++) {
    for (const [i, name] of names.entries()) {
      const network = networkOf(variants[name], dataset);
      const job = { network, dataset, recipe, seed: deriveSeed(seed, "ablation"), onStep: async () => {} };
      const { accuracy, seconds } = await engine.train(job);
      accuracies[i]?.push(accuracy);
      tell(`seed ${seed}, ${name}: ${(100 * accuracy).toFixed(1)} % in ${seconds.toFixed(0)} s`);
    }
  }
  const [ofBase = []] = accuracies;
  return accuracies.map((own, i) => ({
    variant: names[i] as string,
    accuracies: own,
    mean: estimateMean(own).mean,
    ...differenceTo(ofBase, own),
  }));
}

function networkOf({ kernel, seRatio, layers, widthMultiplier }: Variant, { classes, channels }: Dataset) {
  const space = spaces["factorized-browser"];
  const wanted = ["mbconv3", kernel, seRatio, "identity", 1, layers];
  const decisions = space.decisions.map(({ choices }, i) =>
    choices.indexOf(wanted[i % wanted.length] as string | number),
  );
  const scale: Scale = { inputSize: 32, widthMultiplier, classes, channels };
  return instantiate(space.decode(decisions), scale);
}

/** Seeds are pairs: the same order of images for both networks. */
function differenceTo(base: readonly number[], accuracies: readonly number[]) {
  const differences = accuracies.map((accuracy, i) => accuracy - (base[i] as number));
  const { mean: difference, standardError = 0 } = estimateMean(differences);
  return { difference, standardError };
}
