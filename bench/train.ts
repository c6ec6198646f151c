/**
 * Time of a training step of the reference networks T1 and T2, batch 32, in one page of one headless Chromium: our SIMD
 * engine, our TensorFlow.js engine, stock TensorFlow.js and, on demand, native PyTorch, all in turns.
 */
import { cpus } from "node:os";
import { referenceNames, referenceRecipe } from "./support/reference-networks";
import { openTrainPage } from "./train/browser";
import { type PageEngine, pageEngines } from "./train/learner";
import { measureNetwork, type NetworkResult } from "./train/measure";
import { openNative } from "./train/native";
import { printNetwork } from "./train/report";
import { measureTwoWorkers } from "./train/scaling";

interface Options {
  /** Leaves out stock TensorFlow.js on the plain JavaScript backend, most of the whole time. */
  quick?: string;
  /** Also native PyTorch, one thread. */
  native?: string;
  /** Also where the SIMD engine's step spends its time. */
  profile?: string;
  /** `T1` or `T2` alone. */
  network?: string;
  /** Some engines alone, by commas; ratios to the others are then left out. */
  engines?: string;
}

/** @param options `--quick`, `--native`, `--profile`, `--network T1`, `--engines simd,tfjs-wasm` */
export async function run(options: Options = {}): Promise<object> {
  const networks = chosen("network", referenceNames, options.network);
  const engines = chosen("engines", pageEngines, options.engines).filter(
    (engine) => !(options.quick && engine === "tfjs-cpu-stock"),
  );
  const native = options.native ? await openNative() : undefined;
  try {
    const { page, close } = await openTrainPage();
    try {
      const results: Record<string, NetworkResult> = {};
      for (const name of networks) {
        const result = await measureNetwork(name, { page, native, engines, profile: Boolean(options.profile) });
        printNetwork(name, result);
        results[name] = result;
      }
      const scales = engines.includes("simd" satisfies PageEngine) && !options.network;
      return {
        bench: "train",
        batchSize: referenceRecipe.batchSize,
        cpu: cpus()[0]?.model,
        chromium: page.context().browser()?.version(),
        ...(native && { torch: native.version }),
        networks: results,
        ...(scales && (await measureTwoWorkers(page))),
      };
    } finally {
      await close();
    }
  } finally {
    native?.close();
  }
}

/** The names that an option lists, or all of them. */
function chosen<Name extends string>(
  option: string,
  names: readonly Name[],
  list: string | undefined,
): readonly Name[] {
  if (list === undefined) return names;
  return list.split(",").map((wanted) => {
    const found = names.find((name) => name === wanted);
    if (!found) throw new RangeError(`--${option} takes ${names.join(", ")}; not "${wanted}".`);
    return found;
  });
}
