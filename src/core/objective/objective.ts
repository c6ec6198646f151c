import { power } from "../math/elementary";

/** Target and exponents of the paper's objective, Equations 2 and 3. */
export interface Objective {
  /** Target latency T, ms. */
  targetMs: number;
  /** Exponent where latency is within T. */
  alpha: number;
  /** Exponent where latency is beyond T. */
  beta: number;
}

/** What was measured of one architecture. */
export interface Measured {
  /** Share of held-out images classified correctly, 0 to 1. */
  accuracy: number;
  latencyMs: number;
}

export type ObjectiveKind = "hard" | "soft" | "custom";

/** Exponents of Figure 3: the hard constraint, and the soft one that trades 5 % accuracy for twice the latency. */
export const exponents = {
  hard: { alpha: 0, beta: -1 },
  soft: { alpha: -0.07, beta: -0.07 },
} as const;

export function objectiveKind({ alpha, beta }: Objective): ObjectiveKind {
  if (alpha === exponents.hard.alpha && beta === exponents.hard.beta) return "hard";
  if (alpha === exponents.soft.alpha && beta === exponents.soft.beta) return "soft";
  return "custom";
}

/** Reward of Equation 2: ACC x (LAT / T)^w, where w is alpha within the target and beta beyond it (Equation 3). */
export function reward({ accuracy, latencyMs }: Measured, { targetMs, alpha, beta }: Objective): number {
  const exponent = latencyMs <= targetMs ? alpha : beta;
  return accuracy * power(latencyMs / targetMs, exponent);
}

/** With equal exponents T multiplies every reward by the same factor, so it cannot change a ranking. */
export function targetIsInert({ alpha, beta }: Objective): boolean {
  return alpha === beta;
}
