/**
 * How truly short training ranks networks: runs of 32 random architectures under one recipe or several, held against
 * their long training (`npm run bench -- yardstick`). Runs are kept in bench/results/fidelity-runs-SET.json, so that only
 * those that are missing are done: about ten minutes of a core a recipe and set.
 */
import { existsSync } from "node:fs";
import { yardstickSeeds } from "./fidelity/architectures";
import { resultsFile } from "./fidelity/files";
import { judge, type Truth, type Verdict } from "./fidelity/judge";
import { priorLines, stabilityLine, verdictTable } from "./fidelity/report";
import { ruleOfStudies, rules } from "./fidelity/rules";
import { complete } from "./fidelity/runs";
import { loadSet } from "./fidelity/sets";
import { stoppingFigures } from "./fidelity/stopping";
import { openStore, type RunStore, temporaryStore } from "./fidelity/store";
import { type Variant, variants } from "./fidelity/variants";
import { readYardstick, stabilityOf, truthOf } from "./fidelity/yardstick";

export interface FidelityOptions {
  /** Sets by name or folder of IDX files, comma separated; all those with a yardstick where absent. */
  data?: string;
  /** Ids of variants, comma separated, or "all"; the default recipe where absent. */
  recipes?: string;
  /** Runs a network, from different seeds; 2 where absent. */
  seeds?: string;
  /** Present: runs anew even what is kept. */
  fresh?: string;
  /** Present: judges what is kept and runs nothing. */
  kept?: string;
  /** Present: a smoke run of four networks and 20 steps, of which nothing is kept. */
  quick?: string;
}

/** The variant that is the default recipe. */
const DEFAULT = "standard";

export async function run(options: FidelityOptions = {}): Promise<object> {
  const known = ["builtin", "fashion-mnist"].filter((set) => existsSync(resultsFile("yardstick", set)));
  const sets = options.data?.split(",") ?? known;
  const results: Record<string, object> = {};
  for (const set of sets) results[set] = await runSet(set, options);
  return { bench: "fidelity", sets: results };
}

async function runSet(set: string, options: FidelityOptions): Promise<object> {
  const quick = options.quick !== undefined;
  const yardstick = readYardstick(set);
  if (!yardstick) throw new Error(`${set} has no yardstick yet: npm run bench -- yardstick --set ${set}`);
  const dataset = loadSet(set);
  if (dataset.hash !== yardstick.hash) throw new Error(`The yardstick of ${set} is of other images: make it anew.`);

  const chosen = chosenVariants(options.recipes ?? DEFAULT).map((variant) => (quick ? shortened(variant) : variant));
  const store = quick ? temporaryStore() : openStore(set, dataset.hash);
  if (options.kept === undefined) {
    await complete(set, dataset, store, {
      variants: chosen,
      architectures: quick ? yardstickSeeds.slice(0, 4) : yardstickSeeds,
      seeds: Array.from({ length: Number(options.seeds ?? 2) }, (_, i) => i + 1),
      fresh: options.fresh !== undefined,
    });
  }

  const truth = truthOf(yardstick);
  const stability = stabilityOf(yardstick);
  console.log(`\n${set}: ${stabilityLine(stability)}\n${priorLines(truth)}`);
  const main: (Verdict & { recipe: string })[] = [];
  for (const variant of chosen) {
    const verdicts = verdictsOf(variant, store, truth);
    if (verdicts.length > 0) console.log(`\n${variant.id}\n${verdictTable(verdicts)}`);
    const own = verdicts.find(({ rule }) => rule === ruleOfStudies(variant.recipe));
    if (own) main.push({ recipe: variant.id, ...own });
  }
  const [first, ...others] = main;
  const stopping = chosen[0] && stoppingFigures(store.runsOf(chosen[0]), truth);
  return { ...first, yardstick: stability, stopping, ...(others.length > 0 && { others }) };
}

function verdictsOf(variant: Variant, store: RunStore, truth: Truth): Verdict[] {
  const runs = store.runsOf(variant).filter(({ architecture }) => truth.has(architecture));
  return runs.length < 3 ? [] : rules.map((rule) => judge(rule, runs, truth));
}

function chosenVariants(names: string): readonly Variant[] {
  if (names === "all") return variants;
  return names.split(",").map((id) => {
    const found = variants.find((variant) => variant.id === id);
    if (!found) throw new Error(`No recipe "${id}". There are: ${variants.map(({ id: known }) => known).join(", ")}`);
    return found;
  });
}

function shortened(variant: Variant): Variant {
  return { ...variant, recipe: { ...variant.recipe, steps: 20 } };
}
