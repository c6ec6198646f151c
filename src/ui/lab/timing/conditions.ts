import { useState } from "react";
import type { Platform } from "../../../core";
import { namesOf, platformTitles } from "../../state/choices";
import { readKept, record, writeKept } from "../frame/kept";

/** What a person has set of an experiment; what is absent is as the experiment would have it. */
export interface Conditions {
  platform?: Platform;
  /** px. */
  inputSize?: number;
  /** Whether a network is to be timed, by the key of its subject. */
  choices: Readonly<Record<string, boolean>>;
}

/**
 * The conditions of an experiment, kept over a reload, so that a run that was interrupted goes on as it was.
 * @param sizes that the experiment offers, px
 */
export function useConditions(experiment: string, sizes: readonly number[]) {
  const place = `mnasium-lab-${experiment}`;
  const [conditions, setConditions] = useState(() => restoreConditions(readKept(place), sizes));
  function change(part: Partial<Conditions>): void {
    const changed = { ...conditions, ...part };
    setConditions(changed);
    writeKept(place, changed);
  }
  return [conditions, change] as const;
}

/** What is foreign or not offered any more is left out. */
export function restoreConditions(kept: Readonly<Record<string, unknown>>, sizes: readonly number[]): Conditions {
  const { platform, inputSize, choices } = kept;
  return {
    platform: namesOf(platformTitles).find((name) => name === platform),
    inputSize: sizes.find((size) => size === inputSize),
    choices: Object.fromEntries(
      Object.entries(record(choices)).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"),
    ),
  };
}
