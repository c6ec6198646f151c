import { useState } from "react";
import { readKept, writeKept } from "../frame/kept";

/** A number that a person sets of an experiment. */
export interface NumberSpec {
  label: string;
  unit?: string;
  help?: string;
  limits: readonly [low: number, high: number];
  whole?: boolean;
}

/**
 * Numbers of an experiment, kept over a reload; what the person has not set, or set out of range, is as the experiment
 * would have it.
 */
export function useNumbers<Name extends string>(
  experiment: string,
  specs: Readonly<Record<Name, NumberSpec>>,
  start: Readonly<Record<Name, number>>,
) {
  const place = `mnasium-lab-${experiment}`;
  const names = Object.keys(specs) as Name[];
  const [set, setSet] = useState(() => restoreNumbers(readKept(place), specs));
  const values: Record<Name, number> = { ...start };
  for (const name of names) values[name] = set[name] ?? start[name];
  const problems = names.flatMap((name) => numberProblem(values[name], specs[name]) ?? []);

  return {
    values,
    sound: problems.length === 0,
    change(name: Name, value: number | undefined): void {
      const changed = { ...set, [name]: value ?? Number.NaN };
      setSet(changed);
      writeKept(place, changed);
    },
  };
}

/** What is missing, foreign or out of range is left out. */
export function restoreNumbers<Name extends string>(
  kept: Readonly<Record<string, unknown>>,
  specs: Readonly<Record<Name, NumberSpec>>,
): Partial<Record<Name, number>> {
  const restored: Partial<Record<Name, number>> = {};
  for (const name of Object.keys(specs) as Name[]) {
    const value = kept[name];
    if (typeof value === "number" && !numberProblem(value, specs[name])) restored[name] = value;
  }
  return restored;
}

/** What is wrong with a number, and what it may be. */
export function numberProblem(value: number, { limits: [low, high], whole }: NumberSpec): string | undefined {
  const sound = value >= low && value <= high && (!whole || Number.isInteger(value));
  return sound ? undefined : `Type ${whole ? "a whole number" : "a number"} from ${low} to ${high}.`;
}
