import { expect, test } from "vitest";
import { yardstickDecisions } from "../../../bench/fidelity/architectures";
import { createMeasurer } from "../../../bench/fidelity/measure";
import { variants } from "../../../bench/fidelity/variants";
import { deriveSeed, instantiate, spaces } from "../../../src/core";
import { createEngine } from "../../../src/trainer";
import { noiseImages } from "./support/noiseImages";

const [standard] = variants;
if (!standard) throw new Error("There are variants.");
const recipe = { ...standard.recipe, steps: 8, batchSize: 8, validationImages: 48, averageDecay: 0.9 };

test.each([true, false])("the bench trains as the engine does (common seed: %s)", async (commonSeed) => {
  const scale = { inputSize: 16, widthMultiplier: 0.5 };
  const measure = await createMeasurer(noiseImages);
  const run = await measure({ id: "x", recipe, proxy: scale, commonSeed }, 7, 2);
  const engine = await createEngine("simd");
  const report = await engine.train({
    network: instantiate(spaces["factorized-browser"].decode(yardstickDecisions(7)), {
      ...scale,
      classes: 4,
      channels: 1,
    }),
    dataset: noiseImages,
    recipe,
    seed: commonSeed ? deriveSeed(2, "fidelity") : deriveSeed(2, "fidelity", 7),
    onStep: async () => {},
  });
  engine.dispose();
  expect(run.scores).toHaveLength(1);
  const [score] = run.scores;
  expect(score?.correct).toBeCloseTo(report.accuracy, 5);
  expect(score?.loss).toBeCloseTo(report.validationLoss ?? Number.NaN, 4);
  expect(score?.probability).toBeCloseTo(report.probability ?? Number.NaN, 5);
  expect(run.losses.slice(-2).reduce((sum, loss) => sum + loss, 0) / 2).toBeCloseTo(report.trainingLoss, 4);
  expect(run.quarters.map(({ images }) => images)).toEqual([48, 48, 48, 48]);
});
