import { exponents, type Objective, sideLimits } from "../../core";
import type { ComparedSide, StudySummary } from "../../workers/protocol";
import { milliseconds } from "../format";
import type { Titles } from "./choices";
import { isSound, sameObjective } from "./objective";

export type { ComparedSide };

/** Comparisons that are worth a look, by name. */
export type PresetName = "constraints" | "objectives" | "targets";

export const presetTitles: Titles<PresetName> = {
  constraints: "Hard against soft (Figure 6)",
  objectives: "Single against multi-objective",
  targets: "Two targets: T and 2 T",
};

const LONGEST_LABEL = 24;

/** @param targetMs T of all sides; of the first where they differ in it, ms */
export function presetSides(name: PresetName, targetMs: number): readonly ComparedSide[] {
  const hard = { targetMs, ...exponents.hard };
  const soft = { targetMs, ...exponents.soft };
  switch (name) {
    case "constraints":
      return [
        { label: "Hard", objective: hard },
        { label: "Soft", objective: soft },
      ];
    case "objectives":
      return [
        { label: "Single objective", objective: { targetMs, alpha: 0, beta: 0 } },
        { label: "Multi-objective", objective: soft },
      ];
    case "targets":
      return [targetMs, 2 * targetMs].map((target) => ({
        label: `T\u00a0${milliseconds(target)}`,
        objective: { ...hard, targetMs: target },
      }));
  }
}

/** The preset that the sides are; undefined where they are the person's own. */
export function presetOf(sides: readonly ComparedSide[]): PresetName | undefined {
  const target = sides[0]?.objective.targetMs ?? Number.NaN;
  const names: readonly PresetName[] = ["constraints", "objectives", "targets"];
  return names.find((name) => {
    const preset = presetSides(name, target);
    return preset.length === sides.length && preset.every((side, index) => sameSide(side, sides[index]));
  });
}

/** Sides with one more, like the last: T is another, so that there is something to compare. */
export function withAnother(sides: readonly ComparedSide[]): readonly ComparedSide[] {
  const objective: Objective = sides.at(-1)?.objective ?? { targetMs: 20, ...exponents.hard };
  return [
    ...sides,
    { label: `Side ${sides.length + 1}`, objective: { ...objective, targetMs: objective.targetMs * 2 } },
  ];
}

/** Why the sides cannot be compared; undefined where they can. */
export function sidesProblem(sides: readonly ComparedSide[]): string | undefined {
  const [fewest, most] = sideLimits;
  if (sides.length < fewest || sides.length > most) return `A comparison has ${fewest} to ${most} sides.`;
  const labels = sides.map(({ label }) => label.trim());
  if (labels.some((label) => label === "")) return "Name every side of the comparison.";
  const long = labels.find((label) => label.length > LONGEST_LABEL);
  if (long) return `"${long}": a side's name has at most ${LONGEST_LABEL} letters.`;
  if (new Set(labels).size < labels.length) return "Two sides have the same name.";
  const unsound = sides.find(({ objective }) => !isSound(objective));
  if (unsound) return `${unsound.label}: a number of its objective is out of range.`;
  const twins = sides.find(({ objective }, at) =>
    sides.slice(0, at).some((other) => sameObjective(other.objective, objective)),
  );
  return twins && `${twins.label} has the same objective as another side: there is nothing to compare.`;
}

function sameSide(a: ComparedSide, b: ComparedSide | undefined): boolean {
  return b !== undefined && a.label === b.label && sameObjective(a.objective, b.objective);
}

/** What all sides of a comparison are called together; a study outside one has its own name. */
export function comparisonName({ name, comparison }: Pick<StudySummary, "name" | "comparison">): string {
  const ending = `: ${comparison?.label}`;
  return comparison && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}
