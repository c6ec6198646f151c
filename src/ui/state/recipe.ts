import {
  defaultSettings,
  type Fidelity,
  type FidelitySet,
  fidelity,
  fidelitySets,
  pairsInOrder,
  type RecipeName,
  type StudySettings,
} from "../../core";
import { significant } from "../format";
import { namesOf, type Titles } from "./choices";

type RecipeChoice = RecipeName | "custom";

export const recipeTitles: Titles<RecipeChoice> = {
  quick: "Quick",
  standard: "Standard",
  exact: "Exact",
  custom: "Custom",
};

/** What each recipe is for. */
const recipeNotes: Titles<RecipeChoice> = {
  quick: "A first look: few steps.",
  standard: "The default.",
  exact: "The paper's way: a longer training of fixed length, and no network is ended early.",
  custom: "Your own numbers: how well they rank networks is not known.",
};

type Figures = Pick<Fidelity, "kendall" | "coreSeconds">;

/** How well a recipe ranks and what it costs, in a sentence or two; what was not measured is said so. */
export function fidelityWords(measured: Readonly<Partial<Record<FidelitySet, Figures>>>): string {
  const figures = Object.values(measured);
  if (figures.length === 0) return "How well it ranks networks is not measured yet.";
  const sets = namesOf(fidelitySets);
  const pairs = sets.flatMap((set) => {
    const known = measured[set];
    if (!known) return [];
    const share = pairsInOrder(known.kendall);
    return `${fraction(share)} on ${fidelitySets[set]}${share < BARELY ? " (a coin: 1 of 2)" : ""}`;
  });
  const missing = sets.filter((set) => !measured[set]).map((set) => fidelitySets[set]);
  const [first, ...others] = pairs.map((words, index) => (index === 0 ? words.replace(" on", " pairs on") : words));
  const seconds = significant(Math.max(...figures.map(({ coreSeconds }) => coreSeconds)), 2);
  const sentence = `Ranks networks as long training does in ${[first, ...others].join(", ")}; about ${seconds} s of a core each.`;
  return missing.length === 0 ? sentence : `${sentence} Not measured yet on ${missing.join(" and ")}.`;
}

/** Under this share of pairs in order a recipe is little better than a coin. */
const BARELY = 0.6;

/** The words for a choice under the settings that stand beside it. */
export function recipeWords(choice: RecipeChoice, settings: Pick<StudySettings, "space" | "proxy">): string {
  if (choice === "custom") return recipeNotes.custom;
  const words = `${recipeNotes[choice]} ${fidelityWords(fidelity[choice])}`;
  const elsewhere = Object.keys(fidelity[choice]).length > 0 && !isAsMeasured(settings);
  return elsewhere ? `${words} That holds for the default space and training width; yours is another.` : words;
}

/** The bench ranks networks of the default space at the default width; the size of the images belongs to the recipe. */
function isAsMeasured({ space, proxy }: Pick<StudySettings, "space" | "proxy">): boolean {
  return space === defaultSettings.space && proxy.widthMultiplier === defaultSettings.proxy.widthMultiplier;
}

const CLOSE = 0.01;

/** A share as the simplest fraction that is close to it: 0.876 is "7 of 8". */
export function fraction(share: number): string {
  for (let of = 2; of < 40; of++) {
    const count = Math.round(share * of);
    if (count < of && Math.abs(count / of - share) <= CLOSE) return `${count} of ${of}`;
  }
  return `${Math.round(share * 100)} of 100`;
}
