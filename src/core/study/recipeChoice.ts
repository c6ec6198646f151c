import type { Scale } from "../architecture/architecture";
import { type RecipeName, recipes, trainingSizes } from "./recipes";
import { sameRecipe } from "./sameRecipe";
import type { StudySettings } from "./settings";

/** What of a study's settings is chosen with the name of a recipe. */
type Chosen = Pick<StudySettings, "recipe" | "skipHopeless" | "proxy">;

/**
 * The settings that a name stands for; of the proxy scale it sets the size of the images. Exact is the paper's way
 * throughout: it trains every network to its end.
 */
export function chosenRecipe(name: RecipeName, proxy: Scale): Chosen {
  return {
    recipe: recipes[name],
    skipHopeless: name !== "exact",
    proxy: { ...proxy, inputSize: trainingSizes[name] },
  };
}

/** The name that settings go by; undefined where the numbers are one's own, or an Exact ends networks early. */
export function recipeName({ recipe, skipHopeless, proxy }: Chosen): RecipeName | undefined {
  const names = Object.keys(recipes) as RecipeName[];
  return names.find(
    (name) =>
      sameRecipe(recipes[name], recipe) &&
      trainingSizes[name] === proxy.inputSize &&
      !(name === "exact" && skipHopeless),
  );
}
