import type { Decision, Measured, Objective } from "../../src/core";
import { exponents } from "../../src/core";

/** Something to search that answers at once. */
export interface Landscape {
  decisions: readonly Decision[];
  targetMs: number;
  /** Slower and less accurate than what counts for the hypervolume. */
  reference: Measured;
  /** What one training and one timing give, always the same for a vector; undefined for a failure. */
  measure(vector: readonly number[]): Measured | undefined;
  /** What the same network is worth without that luck. */
  truth(vector: readonly number[]): Measured;
}

/** A landscape, or a family of them, one a seed. */
export interface Table {
  name: string;
  landscape(seed: number): Landscape;
}

export const objectiveNames = ["soft", "hard"] as const;
export type ObjectiveName = (typeof objectiveNames)[number];

export function objectiveOf(name: ObjectiveName, { targetMs }: Landscape): Objective {
  return { targetMs, ...exponents[name] };
}
