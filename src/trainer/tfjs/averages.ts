import { add, clone, dispose, mul } from "@tensorflow/tfjs-core";
import type { Recipe } from "../../core";
import { averageDecayAt } from "../optimizer";
import { replace, type Tensors } from "./tensors";

/** Exponential moving averages of weights, batch norm's moving statistics among them. */
export interface Averages {
  readonly values: Tensors;
  /** After step `step` (from 0), within `tidy`. */
  follow(weights: Tensors, step: number): void;
  dispose(): void;
}

/** Averages that start at these weights. */
export function createAverages(weights: Tensors, recipe: Recipe): Averages {
  const values: Tensors = new Map();
  for (const [name, weight] of weights) replace(values, name, clone(weight)); // shares the numbers
  return {
    values,
    follow(current, step) {
      const decay = averageDecayAt(step, recipe);
      for (const [name, weight] of current) {
        const before = values.get(name);
        if (before) replace(values, name, add(mul(before, decay), mul(weight, 1 - decay)));
      }
    },
    dispose: () => dispose([...values.values()]),
  };
}
