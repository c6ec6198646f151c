import { power } from "../math/elementary";

/** Target and exponents of the paper's objective, Equations 2 and 3; or of TuNAS's, where `form` says so. */
export interface Objective {
  /** Target latency T, ms. */
  targetMs: number;
  /** Exponent where latency is within T; "absolute" has none. */
  alpha: number;
  /** Exponent where latency is beyond T; for "absolute" the weight of the distance from T. */
  beta: number;
  /** Absent for the paper's. */
  form?: "absolute";
}

/** What was measured of one architecture. */
export interface Measured {
  /** Share of held-out images classified correctly, 0 to 1. */
  accuracy: number;
  latencyMs: number;
}

export type ObjectiveKind = "hard" | "soft" | "absolute" | "custom";

/** Exponents of Figure 3: the hard constraint, and the soft one that trades 5 % accuracy for twice the latency. */
export const exponents = {
  hard: { alpha: 0, beta: -1 },
  soft: { alpha: -0.07, beta: -0.07 },
} as const;

/** TuNAS's absolute-value reward with its default weight (google-research, tunas/search_space_utils.py). */
export const absoluteForm = { alpha: 0, beta: -0.1, form: "absolute" } as const;

export function objectiveKind({ alpha, beta, form }: Objective): ObjectiveKind {
  if (form === "absolute") return "absolute";
  if (alpha === exponents.hard.alpha && beta === exponents.hard.beta) return "hard";
  if (alpha === exponents.soft.alpha && beta === exponents.soft.beta) return "soft";
  return "custom";
}

/**
 * Reward of Equation 2: ACC x (LAT / T)^w, where w is alpha within the target and beta beyond it (Equation 3). In absolute
 * form ACC + beta x |LAT / T - 1|: best at T whatever T is, which equal exponents cannot do (TuNAS, Bender et al. 2020).
 */
export function reward({ accuracy, latencyMs }: Measured, { targetMs, alpha, beta, form }: Objective): number {
  if (form === "absolute") return accuracy + beta * Math.abs(latencyMs / targetMs - 1);
  const exponent = latencyMs <= targetMs ? alpha : beta;
  return accuracy * power(latencyMs / targetMs, exponent);
}

/** With equal exponents T multiplies every reward by the same factor, so it cannot change a ranking. */
export function targetIsInert({ alpha, beta, form }: Objective): boolean {
  return form === undefined && alpha === beta;
}
