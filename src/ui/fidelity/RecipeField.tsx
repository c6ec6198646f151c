import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { chosenRecipe, recipeName, type StudySettings } from "../../core";
import styles from "../panels/controls.module.css";
import { namesOf } from "../state/choices";
import { recipeTitles, recipeWords } from "../state/recipe";

interface RecipeFieldProps {
  settings: StudySettings;
  disabled: boolean;
  onChange: (settings: StudySettings) => void;
}

/** The recipes by name, each with what its ranking is worth; Custom where the numbers are one's own. */
export function RecipeField({ settings, disabled, onChange }: RecipeFieldProps) {
  const [own, setOwn] = useState(false);
  const known = recipeName(settings);
  const choice = own || !known ? "custom" : known;
  const choices = namesOf(recipeTitles);

  function choose(value: string) {
    const chosen = choices.find((each) => each === value) ?? "custom";
    setOwn(chosen === "custom");
    if (chosen !== "custom") onChange({ ...settings, ...chosenRecipe(chosen, settings.proxy) });
  }

  return (
    <>
      <SegmentedControl
        aria-label="Recipe"
        className={styles.kinds}
        fullWidth
        size="md"
        data={choices.map((value) => ({ value, label: recipeTitles[value] }))}
        value={choice}
        disabled={disabled}
        onChange={choose}
      />
      <p className="small dim">{recipeWords(choice, settings)}</p>
    </>
  );
}
