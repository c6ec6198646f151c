import { limits, type Objective } from "../../core";

/** What is wrong with a number of the objective; undefined where nothing is. */
export function objectiveProblem(name: keyof Objective, value: number): string | undefined {
  const [low, high] = limits[name];
  return value >= low && value <= high ? undefined : `From ${low} to ${high}.`;
}

/** All three numbers are in range; while someone types they may not be. */
export function isSound({ targetMs, alpha, beta }: Objective): boolean {
  return (
    !objectiveProblem("targetMs", targetMs) && !objectiveProblem("alpha", alpha) && !objectiveProblem("beta", beta)
  );
}
