import type { Dataset } from "../../src/data";
import { createMeasurer, type FidelityRun } from "./measure";
import type { RunStore } from "./store";
import type { Variant } from "./variants";

export interface Wanted {
  variants: readonly Variant[];
  architectures: readonly number[];
  seeds: readonly number[];
  /** Runs anew even what is kept. */
  fresh: boolean;
}

/** Runs what is wanted and not kept yet, seed by seed, so that a bench that is stopped leaves whole seeds. */
export async function complete(set: string, dataset: Dataset, store: RunStore, wanted: Wanted): Promise<void> {
  const measure = await createMeasurer(dataset);
  for (const seed of wanted.seeds) {
    for (const variant of wanted.variants) {
      for (const architecture of wanted.architectures) {
        if (!wanted.fresh && isKept(architecture, seed, store.runsOf(variant))) continue;
        const run = await measure(variant, architecture, seed);
        store.add(variant, run);
        const { trainingSeconds, scores } = run;
        console.log(
          `${set} ${variant.id} seed ${seed} architecture ${architecture}: ` +
            `${(100 * (scores.at(-1)?.correct ?? 0)).toFixed(2)} % in ${trainingSeconds.toFixed(1)} core-seconds`,
        );
      }
    }
  }
}

function isKept(architecture: number, seed: number, runs: readonly FidelityRun[]): boolean {
  return runs.some((run) => run.architecture === architecture && run.seed === seed);
}
