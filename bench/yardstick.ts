/**
 * Long training of a fixed list of architectures, several seeds each: a ranking by which short recipes can be judged.
 * Takes about an hour a set; the result is kept in bench/results/yardstick-SET.json, written after every run, so that it
 * can be stopped and gone on with.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { defaultSettings, deriveSeed, instantiate, type Recipe, spaces } from "../src/core";
import { createEngine } from "../src/trainer";
import { yardstickDecisions, yardstickSeeds } from "./fidelity/architectures";
import { resultsFile } from "./fidelity/files";
import { loadSet } from "./fidelity/sets";
import type { Yardstick } from "./fidelity/yardstick";

/** Of all yardsticks. */
const yardstickScale = { inputSize: 32, widthMultiplier: 0.5 };

/**
 * The rate is the best of three after 800 steps, two networks each on two sets. With the long rise of one cycle, networks that
 * learn slowly come further (decision 0018). A yardstick that is there keeps the recipe in its file.
 */
export const longRecipe: Recipe = {
  ...defaultSettings.recipe,
  schedule: "one-cycle",
  steps: 2000,
  learningRate: 0.1,
  weightDecay: 5e-4,
  labelSmoothing: 0.1,
  averageDecay: 0.99,
  augmentation: { flip: true, shift: 2, cutout: 0 },
  validationImages: 5000,
  timeLimitSeconds: 3600,
};

/**
 * @param options `--set builtin|fashion-mnist|FOLDER`, `--seeds N` (default 3), `--only A,B`, `--out FILE`; `--steps N` and
 *   `--learning-rate X` for a yardstick that is begun
 */
export async function run(options: Record<string, string> = {}): Promise<object> {
  const set = options.set ?? "fashion-mnist";
  const dataset = loadSet(set);
  const recipe: Recipe = {
    ...longRecipe,
    steps: Number(options.steps ?? longRecipe.steps),
    learningRate: Number(options["learning-rate"] ?? longRecipe.learningRate),
  };
  const file = options.out ?? resultsFile("yardstick", set);
  const yardstick: Yardstick = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { set, hash: dataset.hash, recipe, runs: [] };
  if (yardstick.hash !== dataset.hash) throw new Error(`${file} is of other images: remove it first.`);
  const wanted = options.only?.split(",").map(Number) ?? yardstickSeeds;
  const engine = await createEngine("simd");
  const { classes, channels } = dataset;
  for (let seed = 1; seed <= Number(options.seeds ?? 3); seed++) {
    for (const architecture of wanted) {
      if (yardstick.runs.some((known) => known.architecture === architecture && known.seed === seed)) continue;
      const decoded = spaces["factorized-browser"].decode(yardstickDecisions(architecture));
      const network = instantiate(decoded, { ...yardstickScale, classes, channels });
      const { accuracy, trainingLoss, seconds } = await engine.train({
        network,
        dataset,
        recipe: yardstick.recipe,
        seed: deriveSeed(seed, "yardstick", architecture),
        onStep: async () => {},
      });
      yardstick.runs.push({ architecture, seed, accuracy, trainingLoss, seconds: Math.round(seconds) });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(yardstick, null, 1)}\n`);
      console.log(
        `${set} seed ${seed} architecture ${architecture}: ${(100 * accuracy).toFixed(2)} % in ${seconds.toFixed(0)} s`,
      );
    }
  }
  return { bench: "yardstick", set, runs: yardstick.runs.length };
}
