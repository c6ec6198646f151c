import { SegmentedControl } from "@mantine/core";
import type { Difficulty } from "../../data";
import { namesOf, type Titles } from "../state/choices";

const titles: Titles<Difficulty> = { easy: "Easy", medium: "Medium", hard: "Hard" };

/** What each asks of a network, in a sentence. */
const meanings: Readonly<Record<Difficulty, string>> = {
  easy: "Clear shapes, little turned, with little around them: even small networks get most of them right.",
  medium:
    "From clear and upright to turned about, in haze and half covered: every network soon gets some right, good ones most.",
  hard: "Few clear ones; thick haze, noise, clutter and cover: every network needs long training.",
};

interface DifficultyFieldProps {
  value: Difficulty;
  disabled: boolean;
  onChange(difficulty: Difficulty): void;
}

/** How hard the built-in images are. */
export function DifficultyField({ value, disabled, onChange }: DifficultyFieldProps) {
  return (
    <>
      <SegmentedControl
        aria-label="Difficulty of the built-in images"
        fullWidth
        size="md"
        data={namesOf(titles).map((name) => ({ value: name, label: titles[name] }))}
        value={value}
        disabled={disabled}
        onChange={onChange}
      />
      <p className="small dim">{meanings[value]}</p>
    </>
  );
}
