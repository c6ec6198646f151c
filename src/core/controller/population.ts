import type { Random } from "../math/random";
import type { Decision } from "../space/space";

/** A vector with every decision drawn uniformly. */
export function drawUniform(decisions: readonly Decision[], random: Random): number[] {
  return decisions.map(({ choices }) => random.integer(choices.length));
}

/** Another choice than the present one, uniformly; the same where there is no other. */
export function drawOther(present: number, { choices }: Decision, random: Random): number {
  if (choices.length === 1) return present;
  const drawn = random.integer(choices.length - 1);
  return drawn < present ? drawn : drawn + 1;
}

/** A copy of which one decision, drawn among those that leave a choice, takes another one. */
export function mutateOne(vector: readonly number[], decisions: readonly Decision[], random: Random): number[] {
  const child = [...vector];
  if (decisions.every(({ choices }) => choices.length === 1)) return child;
  let at = random.integer(decisions.length);
  while (decisions[at]?.choices.length === 1) at = random.integer(decisions.length);
  child[at] = drawOther(vector[at] as number, decisions[at] as Decision, random);
  return child;
}
