import type { Dataset } from "../../src/data";
import { createInheritance } from "./inheritance";
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
      const inheritance = variant.inherits && createInheritance();
      for (const architecture of pending(variant, seed, store, wanted)) {
        const run = await measure(variant, architecture, seed, inheritance);
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

/** Weights are not kept: where networks inherit them, a pass that lacks any run begins anew. */
function pending(variant: Variant, seed: number, store: RunStore, { architectures, fresh }: Wanted): readonly number[] {
  if (fresh) return architectures;
  const kept = store.runsOf(variant);
  const missing = architectures.filter((architecture) => !isKept(architecture, seed, kept));
  return variant.inherits && missing.length > 0 ? architectures : missing;
}

function isKept(architecture: number, seed: number, runs: readonly FidelityRun[]): boolean {
  return runs.some((run) => run.architecture === architecture && run.seed === seed);
}
