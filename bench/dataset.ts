import { createBuiltinDataset, difficulties } from "../src/data";
import { createEngine } from "../src/trainer";
import { type AblationRow, ablate } from "./dataset/ablation";
import { writeSamples } from "./dataset/samples";
import { linearAccuracy } from "./support/softmax";
import { longRecipe } from "./yardstick";

interface Options {
  difficulty?: string;
  /** A look only: 800 steps, two seeds. */
  quick?: string;
  seeds?: string;
  steps?: string;
  /** Writes a PNG of samples of all difficulties here, and nothing else. */
  samples?: string;
}

/**
 * What the built-in images ask of a network: held-out accuracy of a linear classifier on pixels, and of a network of the
 * default space with and without some of its parts (Table 6 of the MnasNet paper in miniature). Also the time to draw them.
 *
 * @param options `--difficulty easy|medium|hard`, `--quick`, `--seeds N` (default 3), `--steps N` (default 2000), or
 *   `--samples FILE` for docs/data-samples.png
 */
export async function run(options: Options = {}): Promise<object> {
  if (options.samples) {
    writeSamples(options.samples);
    return { bench: "dataset", samples: options.samples };
  }
  const difficulty = difficulties.find((name) => name === (options.difficulty ?? "medium"));
  if (!difficulty) throw new Error(`--difficulty is one of ${difficulties.join(", ")}.`);
  const seeds = Number(options.seeds ?? (options.quick ? 2 : 3));
  const steps = Number(options.steps ?? (options.quick ? 800 : 2000));
  const start = performance.now();
  const dataset = createBuiltinDataset({ difficulty });
  const drawingSeconds = Number(((performance.now() - start) / 1000).toFixed(2));
  const linear = linearAccuracy(dataset.train, dataset.validation, { classes: 10, epochs: 5, learningRate: 3e-4 });
  console.log(`linear on pixels: ${(100 * linear).toFixed(1)} %`);
  const engine = await createEngine("simd");
  try {
    const ablation = await ablate(engine, dataset, { ...longRecipe, steps }, seeds, console.log);
    printAblation(ablation);
    const { hash } = dataset;
    return { bench: "dataset", difficulty, hash, drawingSeconds, linearAccuracy: linear, steps, seeds, ablation };
  } finally {
    engine.dispose();
  }
}

function printAblation(rows: readonly AblationRow[]): void {
  const points = (share: number) => (100 * share).toFixed(1).padStart(6);
  for (const { variant, mean, difference, standardError } of rows) {
    console.log(`${variant.padEnd(28)} ${points(mean)} %  ${points(difference)} ± ${points(standardError).trim()}`);
  }
}
