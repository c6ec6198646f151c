import { describe, expect, test } from "vitest";
import { defaultSettings, instantiate, presets, type Recipe } from "../../../src/core";
import { createBuiltinDataset, prepare } from "../../../src/data";
import { createPreparer } from "../../../src/trainer/preparation";

const dataset = createBuiltinDataset({ train: 30, validation: 20 });
const recipe: Recipe = { ...defaultSettings.recipe, validationImages: 10 };
const networkOf = (scale: { inputSize?: number; classes?: number; channels?: 1 | 3 }) =>
  instantiate(presets["mnasnet-small"], {
    ...defaultSettings.proxy,
    ...scale,
  });
const network = networkOf({ inputSize: 24 });

describe("a preparer", () => {
  test("gives the job's data set at its network's input size", () => {
    expect(createPreparer()({ network, dataset, recipe })).toEqual(prepare(dataset, 24, 10));
  });

  test("prepares once for all jobs alike, and anew for another size, number of images or data set", () => {
    const preparer = createPreparer();
    const first = preparer({ network, dataset, recipe });
    expect(preparer({ network: networkOf({ inputSize: 24 }), dataset, recipe: { ...recipe, steps: 9 } })).toBe(first);
    expect(preparer({ network: networkOf({ inputSize: 16 }), dataset, recipe }).inputSize).toBe(16);
    expect(preparer({ network, dataset, recipe: { ...recipe, validationImages: 5 } }).validation.count).toBe(5);
    const other = createBuiltinDataset({ train: 20, validation: 20 });
    expect(preparer({ network, dataset: other, recipe }).train.count).toBe(20);
  });

  test.each([
    [{ classes: 4 }, "The network is for 4 classes and 3 channels"],
    [{ channels: 1 as const }, "The network is for 10 classes and 1 channels"],
  ])("refuses a network that is not made for the data set: %o", (scale, words) => {
    expect(() => createPreparer()({ network: networkOf(scale), dataset, recipe })).toThrow(words);
  });
});
