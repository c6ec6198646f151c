import type { Page } from "playwright-core";
import { type Network, networkParameters } from "../../src/core";
import type { ProfileLine } from "../../src/trainer/simd/profile";
import { type ReferenceName, referenceNetwork, referenceRecipe, stepMultiplyAdds } from "../support/reference-networks";
import { askPage, closeEngines } from "./browser";
import type { PageEngine } from "./learner";
import type { NativeTrainer } from "./native";
import { type Contender, round, summarise, takeTurns } from "./turns";

export interface EngineResult {
  msPerStep: number;
  imagesPerSecond: number;
  /** Quartiles of the single steps, ms. */
  quartilesMs: [low: number, high: number];
  /** Steps that were timed. */
  steps: number;
}

/** What was found out about one network; a ratio is there where both its engines are. */
export interface NetworkResult {
  parameters: number;
  /** Multiply-adds of a step, 10^9. */
  stepGmacs: number;
  engines: Partial<Record<PageEngine | "pytorch", EngineResult>> & {
    "tfjs-best"?: EngineResult & { backend: string };
  };
  /** Best matrix product of the SIMD kernels, taken in the same turns, 10^9 multiply-adds a second. */
  gemmPeakGmacs?: number;
  /** Multiply-adds per second of a whole SIMD step, over that peak. */
  fractionOfPeak?: number;
  speedupVsStockWebgl?: number;
  speedupVsStockCpu?: number;
  speedupVsBestTfjs?: number;
  speedupVsPytorch?: number;
  profile?: readonly ProfileLine[];
}

interface Means {
  page: Page;
  native?: NativeTrainer;
  engines: readonly PageEngine[];
  profile: boolean;
}

/** Steps before the first timed one, steps a turn, and turns: few for the slow. */
const plans: Record<PageEngine | "pytorch", { warmUp: number; steps: number; turns: number }> = {
  simd: { warmUp: 30, steps: 10, turns: 8 },
  "tfjs-wasm": { warmUp: 2, steps: 1, turns: 8 },
  "tfjs-webgl": { warmUp: 1, steps: 1, turns: 3 },
  "tfjs-webgl-stock": { warmUp: 1, steps: 1, turns: 3 },
  "tfjs-cpu-stock": { warmUp: 1, steps: 1, turns: 2 },
  pytorch: { warmUp: 5, steps: 5, turns: 8 },
};

/** Relative difference of the first losses within which engines count as training the same network. */
const LOSS_TOLERANCE = 1e-3;

/** @throws Error where an engine does not begin with the same loss as the others: it would train another network. */
export async function measureNetwork(name: ReferenceName, means: Means): Promise<NetworkResult> {
  const { page, engines, native } = means;
  const network = referenceNetwork(name);
  await warmUp(name, network, means);

  const contenders: Contender[] = engines.map((engine) => ({
    name: engine,
    turns: plans[engine].turns,
    take: async () => (await askPage(page, engine, "train", { steps: plans[engine].steps })).milliseconds,
  }));
  if (engines.includes("simd")) {
    contenders.push({
      name: "gemmPeak",
      turns: plans.simd.turns,
      take: async () => [(await askPage(page, "simd", "gemmPeak", undefined)) ?? Number.NaN],
    });
  }
  if (native) {
    const { turns, steps } = plans.pytorch;
    contenders.push({ name: "pytorch", turns, take: () => native.train(steps) });
  }
  const taken = await takeTurns(contenders);
  const profile =
    means.profile && engines.includes("simd") ? await askPage(page, "simd", "profile", undefined) : undefined;
  await closeEngines(page, engines);
  return { ...evaluate(network, taken), ...(profile && { profile }) };
}

/** Opens every engine, compares their first losses, and lets compilers and caches settle. */
async function warmUp(name: ReferenceName, network: Network, { page, engines, native }: Means): Promise<void> {
  const firstLosses = new Map<string, number>();
  for (const engine of engines) {
    console.log(`${name}: warming up ${engine}`);
    await askPage(page, engine, "open", { engine, network: name });
    const { losses } = await askPage(page, engine, "train", { steps: plans[engine].warmUp });
    firstLosses.set(engine, losses[0] ?? Number.NaN);
  }
  if (native) {
    console.log(`${name}: warming up pytorch`);
    firstLosses.set("pytorch", await native.open(network));
    await native.train(plans.pytorch.warmUp);
  }
  const [first = 0] = firstLosses.values();
  const alike = [...firstLosses.values()].every((loss) => Math.abs(loss - first) <= LOSS_TOLERANCE * first);
  const list = [...firstLosses].map(([engine, loss]) => `${engine} ${loss.toFixed(6)}`).join(", ");
  if (!alike) throw new Error(`The engines do not begin with the same loss, so not with the same network: ${list}.`);
  console.log(`${name}: first losses agree: ${list}`);
}

function evaluate(network: Network, taken: ReadonlyMap<string, readonly number[]>): NetworkResult {
  const { batchSize } = referenceRecipe;
  const engines: NetworkResult["engines"] = {};
  for (const engine of Object.keys(plans) as (PageEngine | "pytorch")[]) {
    const times = taken.get(engine);
    if (!times?.length) continue;
    const { median, quartiles } = summarise(times);
    const [low, high] = quartiles;
    engines[engine] = {
      msPerStep: round(median),
      imagesPerSecond: round((1000 * batchSize) / median),
      quartilesMs: [round(low), round(high)],
      steps: times.length,
    };
  }
  const [wasm, webgl] = [engines["tfjs-wasm"], engines["tfjs-webgl"]];
  const webglWins = webgl !== undefined && !(wasm && wasm.msPerStep <= webgl.msPerStep);
  if (webglWins) engines["tfjs-best"] = { ...webgl, backend: "webgl" };
  else if (wasm) engines["tfjs-best"] = { ...wasm, backend: "wasm" };

  const stepGmacs = stepMultiplyAdds(network, batchSize) / 1e9;
  const result: NetworkResult = { parameters: networkParameters(network), stepGmacs: round(stepGmacs), engines };
  const { simd } = engines;
  if (!simd) return result;
  const peak = summarise(taken.get("gemmPeak") ?? []).median;
  const over = (other: EngineResult | undefined) => other && round(other.msPerStep / simd.msPerStep);
  return {
    ...result,
    gemmPeakGmacs: round(peak),
    fractionOfPeak: round(stepGmacs / (simd.msPerStep / 1000) / peak),
    speedupVsStockWebgl: over(engines["tfjs-webgl-stock"]),
    speedupVsStockCpu: over(engines["tfjs-cpu-stock"]),
    speedupVsBestTfjs: over(engines["tfjs-best"]),
    speedupVsPytorch: over(engines.pytorch),
  };
}
