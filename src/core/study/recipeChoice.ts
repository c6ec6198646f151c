import { type RecipeName, recipes } from "./recipes";
import { sameRecipe } from "./sameRecipe";
import type { StudySettings } from "./settings";

/** What of a study's settings is chosen with the name of a recipe. */
type Chosen = Pick<StudySettings, "recipe" | "skipHopeless">;

/** The settings that a name stands for. Exact is the paper's way throughout: it trains every network to its end. */
export function chosenRecipe(name: RecipeName): Chosen {
  return { recipe: recipes[name], skipHopeless: name !== "exact" };
}

/** The name that settings go by; undefined where the numbers are one's own, or an Exact ends networks early. */
export function recipeName({ recipe, skipHopeless }: Chosen): RecipeName | undefined {
  const names = Object.keys(recipes) as RecipeName[];
  return names.find((name) => sameRecipe(recipes[name], recipe) && !(name === "exact" && skipHopeless));
}
