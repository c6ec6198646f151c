import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { defaultSettings, limits, type Recipe, type StudySettings } from "../../../src/core";
import { fieldNames, fieldOf, fieldProblem, settingsProblems } from "../../../src/ui/state/fields";
import { createSettingsStore, restoreSettings } from "../../../src/ui/state/settingsStore";

test("the default settings can start", () => expect(settingsProblems(defaultSettings)).toEqual({}));

test.each(fieldNames)("%s: both limits stand, beyond them a message names both", (name) => {
  const { limits, set } = fieldOf(name);
  for (const value of limits) expect(fieldProblem(name, set(defaultSettings, value))).toBeUndefined();
  for (const value of [limits[0] - 1, limits[1] + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
    const message = fieldProblem(name, set(defaultSettings, value));
    expect(message).toContain(String(limits[0]));
    expect(message).toContain(String(limits[1]));
  }
});

test("every limit of the shared table that the page offers is checked by a field", () => {
  const offered = new Set<readonly [number, number]>(fieldNames.map((name) => fieldOf(name).limits));
  const left = Object.entries(limits).filter(([, limit]) => !offered.has(limit));
  // The finalists have a panel of their own.
  const elsewhere = ["finalSeeds", "finalists"];
  const never = ["labelSmoothing", "lookahead", "momentum", "weightDecay"];
  expect(left.map(([name]) => name).sort()).toEqual([...elsewhere, ...never]);
});

test("whole numbers must be whole, minutes may be empty", () => {
  const { set } = fieldOf("trials");
  expect(fieldProblem("trials", set(defaultSettings, 12.5))).toMatch(/whole number/);
  expect(fieldProblem("minutes", fieldOf("minutes").set(defaultSettings, undefined))).toBeUndefined();
  expect(fieldProblem("trials", set(defaultSettings, undefined))).toBeDefined();
});

test("sound settings come back from storage as they were", () => {
  const recipe: Recipe = {
    ...defaultSettings.recipe,
    optimizer: "rmsprop",
    schedule: "one-cycle",
    gradientClip: 5,
    averageDecay: 0.99,
    augmentation: { flip: true, shift: 4, cutout: 8 },
  };
  const kept: StudySettings = {
    ...defaultSettings,
    controller: "random",
    engine: "tfjs-webgl",
    seed: 9,
    budget: { trials: 7, minutes: 2.5 },
    recipe,
  };
  expect(restoreSettings(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test("settings of a visit before engines could be chosen get the default engine and recipe", () => {
  const { engine: _, recipe, ...older } = defaultSettings;
  const { steps, batchSize, learningRate, validationImages, timeLimitSeconds } = recipe;
  const kept = { ...older, recipe: { steps: steps + 1, batchSize, learningRate, validationImages, timeLimitSeconds } };
  expect(restoreSettings(kept)).toEqual({ ...defaultSettings, recipe: { ...recipe, steps: steps + 1 } });
});

test("a broken field falls back, its neighbours stay", () => {
  const recipe = { steps: 99, optimizer: "adam", augmentation: { flip: "yes", shift: 2.5, cutout: 8 } };
  const kept = {
    ...defaultSettings,
    space: "nowhere",
    engine: "cuda",
    seed: "7",
    budget: { trials: 1e9 },
    recipe,
  };
  const restored = restoreSettings(kept);
  expect(restored.space).toBe(defaultSettings.space);
  expect(restored.engine).toBe(defaultSettings.engine);
  expect(restored.seed).toBe(defaultSettings.seed);
  expect(restored.budget.trials).toBe(defaultSettings.budget.trials);
  const augmentation = { ...defaultSettings.recipe.augmentation, cutout: 8 };
  expect(restored.recipe).toEqual({ ...defaultSettings.recipe, steps: 99, augmentation });
});

test("whatever storage holds, a study could start with what comes back", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, part) => {
      for (const kept of [value, { ...defaultSettings, budget: value, recipe: part, objective: part, proxy: value }]) {
        const restored = restoreSettings(kept);
        expect(settingsProblems(restored)).toEqual({});
        expect(Object.keys(restored).sort()).toEqual(Object.keys(defaultSettings).sort());
      }
    }),
  );
});

describe("a browser that keeps nothing", () => {
  afterEach(() => vi.unstubAllGlobals());

  const refuse = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };

  test.each([
    ["is full", { getItem: () => null, setItem: refuse, removeItem: () => {} }],
    ["refuses everything", { getItem: refuse, setItem: refuse, removeItem: refuse }],
    ["is not there", undefined],
  ])("a change holds for the visit where storage %s", (_, storage) => {
    vi.stubGlobal("localStorage", storage);
    const store = createSettingsStore();
    const settings = { ...defaultSettings, seed: 9 };
    store.setState({ settings });
    expect(store.getState().settings).toEqual(settings);
  });
});
