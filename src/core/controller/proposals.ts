import type { Random } from "../math/random";
import type { Decision } from "../space/space";
import type { Acquisition } from "./acquisition";
import { drawUniform, mutateOne } from "./population";

interface Candidate {
  vector: readonly number[];
  matches: Uint8Array;
  score: number;
}

/** Measured vectors that candidates descend from. */
const PARENTS = 10;
/** Generations of candidates, each from the best of the former ones. */
const ROUNDS = 6;
const CHILDREN = 25;
/** Candidates whose improvement is computed in full. */
const FINALISTS = 16;

/** The fresh vector of largest expected improvement that a small evolution finds; undefined where it finds none. */
export function proposeBest(
  decisions: readonly Decision[],
  { predictor, smoothRewards, screen, improvement }: Acquisition,
  fresh: (vector: readonly number[]) => boolean,
  random: Random,
): number[] | undefined {
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  const byReward = smoothRewards
    .map((_, i) => i)
    .sort((a, b) => (smoothRewards[b] as number) - (smoothRewards[a] as number));
  let parents: Candidate[] = byReward.slice(0, PARENTS).map((i) => {
    const vector = predictor.measured[i]?.decisions as readonly number[];
    return { vector, matches: predictor.matches.of(vector), score: smoothRewards[i] as number };
  });

  function consider(vector: readonly number[], parent?: Candidate): void {
    const key = vector.join(" ");
    if (seen.has(key) || !fresh(vector)) return;
    seen.add(key);
    const matches = parent
      ? predictor.matches.near(vector, parent.vector, parent.matches)
      : predictor.matches.of(vector);
    candidates.push({ vector, matches, score: screen(matches) });
  }

  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < CHILDREN; i++) {
      const parent = parents[Math.min(random.integer(parents.length), random.integer(parents.length))] as Candidate;
      let child = mutateOne(parent.vector, decisions, random);
      while (random.uniform() < 0.4) child = mutateOne(child, decisions, random);
      consider(child, parent);
    }
    if (round === 0) for (let i = 0; i < CHILDREN; i++) consider(drawUniform(decisions, random));
    candidates.sort((a, b) => b.score - a.score);
    if (candidates.length > 0) parents = candidates.slice(0, PARENTS);
  }

  let best: Candidate | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates.slice(0, FINALISTS)) {
    const value = improvement(candidate.vector, candidate.matches);
    if (value > most) [best, most] = [candidate, value];
  }
  return best && [...best.vector];
}
