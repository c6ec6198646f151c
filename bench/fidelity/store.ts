import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { resultsFile } from "./files";
import type { FidelityRun } from "./measure";
import type { Variant } from "./variants";

/** Raise it when a change of the trainers or of the measuring makes kept runs mean something else. */
const VERSION = 1;

interface Kept {
  version: number;
  hash: string;
  variants: Record<string, Omit<Variant, "id">>;
  runs: FidelityRun[];
}

/** The runs that were done so far on one set; they outlast the process. */
export interface RunStore {
  runsOf(variant: Variant): FidelityRun[];
  /** Kept at once. */
  add(variant: Variant, run: FidelityRun): void;
}

/**
 * The runs kept in bench/results. Those of other images, of an older version or of another definition of a variant are
 * left out, and are gone from the file at the next `add` (of that variant, for a changed definition).
 */
export function openStore(set: string, hash: string): RunStore {
  const file = resultsFile("fidelity-runs", set);
  const known: Kept | undefined = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  const fits = known?.version === VERSION && known.hash === hash;
  const kept: Kept = known && fits ? known : { version: VERSION, hash, variants: {}, runs: [] };
  const same = ({ id, ...definition }: Variant) => JSON.stringify(kept.variants[id]) === JSON.stringify(definition);
  return {
    runsOf: (variant) => (same(variant) ? kept.runs.filter((run) => run.variant === variant.id) : []),
    add(variant, run) {
      const { id, ...definition } = variant;
      if (!same(variant)) kept.runs = kept.runs.filter((old) => old.variant !== id);
      kept.variants[id] = definition;
      kept.runs = [...kept.runs.filter((old) => !sameRun(old, run)), run];
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, inLines(kept));
    },
  };
}

/** For runs that are not worth keeping. */
export function temporaryStore(): RunStore {
  const runs: FidelityRun[] = [];
  return { runsOf: ({ id }) => runs.filter((run) => run.variant === id), add: (_, run) => runs.push(run) };
}

function sameRun(a: FidelityRun, b: FidelityRun): boolean {
  return a.variant === b.variant && a.architecture === b.architecture && a.seed === b.seed;
}

/** JSON with one line a run, so that a new run is one new line to whoever compares files. */
function inLines({ runs, ...head }: Kept): string {
  const lines = runs.map((run) => `  ${JSON.stringify(run)}`).join(",\n");
  return `${JSON.stringify(head).slice(0, -1)},\n "runs": [\n${lines}\n ]}\n`;
}
