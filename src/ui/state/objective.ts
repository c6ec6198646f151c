import {
  absoluteForm,
  exponents,
  limits,
  type Objective,
  type ObjectiveKind,
  objectiveKind,
  targetIsInert,
} from "../../core";
import { milliseconds } from "../format";

/** The numbers of an objective that a person can set. */
export type ObjectiveNumber = "targetMs" | "alpha" | "beta";

/** What is wrong with a number of the objective; undefined where nothing is. */
export function objectiveProblem(name: ObjectiveNumber, value: number): string | undefined {
  const [low, high] = limits[name];
  return value >= low && value <= high ? undefined : `From ${low} to ${high}.`;
}

/** All three numbers are in range; while someone types they may not be. */
export function isSound({ targetMs, alpha, beta }: Objective): boolean {
  return (
    !objectiveProblem("targetMs", targetMs) && !objectiveProblem("alpha", alpha) && !objectiveProblem("beta", beta)
  );
}

/** The same reward for every measurement. */
export function sameObjective(a: Objective, b: Objective): boolean {
  return a.form === b.form && a.targetMs === b.targetMs && a.alpha === b.alpha && a.beta === b.beta;
}

/** An objective of the kind with the target and, for "custom", the exponents of another. */
export function asKind(kind: ObjectiveKind, { targetMs, alpha, beta }: Objective): Objective {
  if (kind === "absolute") return { targetMs, ...absoluteForm };
  return { targetMs, ...(kind === "custom" ? { alpha, beta } : exponents[kind]) };
}

/** Latency does not count at all. */
export function ignoresLatency({ alpha, beta }: Objective): boolean {
  return alpha === 0 && beta === 0;
}

/** What an objective rewards, in a few words: "hard, T 20.0 ms", "soft". T is left out where it changes nothing. */
export function objectiveWords(objective: Objective): string {
  const { targetMs, alpha, beta } = objective;
  if (ignoresLatency(objective)) return "accuracy only";
  const names: Record<ObjectiveKind, string> = {
    hard: "hard",
    soft: "soft",
    absolute: `absolute, beta ${signed(beta)}`,
    custom: `alpha ${signed(alpha)}, beta ${signed(beta)}`,
  };
  const name = names[objectiveKind(objective)];
  return targetIsInert(objective) ? name : `${name}, T\u00a0${milliseconds(targetMs)}`;
}

/** An exponent or weight with a true minus sign: "−0.07", "0". */
export function signed(value: number): string {
  return `${value < 0 ? "−" : ""}${Number(Math.abs(value).toFixed(3))}`;
}
