import { describe, expect, test } from "vitest";
import { chosenRecipe, defaultSettings, fidelity, type RecipeName, recipeName, recipes } from "../../../src/core";

const names = Object.keys(recipes) as RecipeName[];
const { proxy } = defaultSettings;

describe("a recipe by name", () => {
  test.each(names)("%s is known again, and one number makes it one's own", (name) => {
    const chosen = chosenRecipe(name, proxy);
    expect(recipeName(chosen)).toBe(name);
    expect(recipeName({ ...chosen, recipe: { ...chosen.recipe, steps: chosen.recipe.steps + 1 } })).toBeUndefined();
    const augmentation = { ...chosen.recipe.augmentation, flip: !chosen.recipe.augmentation.flip };
    expect(recipeName({ ...chosen, recipe: { ...chosen.recipe, augmentation } })).toBeUndefined();
  });

  test("holds for images of its own size", () => {
    const larger = { ...proxy, inputSize: proxy.inputSize + 4 };
    expect(recipeName({ ...defaultSettings, proxy: larger })).toBeUndefined();
    expect(chosenRecipe("standard", larger).proxy).toEqual(proxy);
    expect(chosenRecipe("exact", { ...proxy, widthMultiplier: 0.7 }).proxy.widthMultiplier).toBe(0.7);
  });

  test("Exact trains every network to its end: with hopeless ones ended early it is not Exact", () => {
    expect(chosenRecipe("exact", proxy).skipHopeless).toBe(false);
    expect(recipeName({ ...chosenRecipe("exact", proxy), skipHopeless: true })).toBeUndefined();
    expect(recipeName({ ...chosenRecipe("standard", proxy), skipHopeless: false })).toBe("standard");
  });

  test("the default has one", () => {
    expect(recipeName(defaultSettings)).toBe("standard");
  });
});

test("the figures on a recipe are those of the recipe as it is", () => {
  for (const name of names) {
    for (const { steps, kendall, spearman, coreSeconds } of Object.values(fidelity[name])) {
      expect(steps, `${name} has changed since its fidelity was measured: npm run bench -- fidelity`).toBe(
        recipes[name].steps,
      );
      for (const correlation of [kendall, spearman]) expect(Math.abs(correlation)).toBeLessThanOrEqual(1);
      expect(coreSeconds).toBeGreaterThan(0);
    }
  }
});
