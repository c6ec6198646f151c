import { createRandom, type RandomState, restoreRandom } from "../math/random";
import type { Controller, ControllerOptions, ControllerState } from "./controller";
import { drawUniform, mutateOne } from "./population";
import { checkReward, checkVector, copyDecisions, damaged } from "./validity";

export interface EvolutionSettings {
  /** Trials alive at once; so many are drawn at random at the start. */
  population: number;
  /** Trials that compete to be the parent of the next. */
  sample: number;
}

/** Between the paper's (100, 25) and what hundreds of trials allow. */
const evolutionSettings: EvolutionSettings = { population: 50, sample: 10 };

interface Member {
  decisions: readonly number[];
  reward: number;
}

interface EvolutionState extends ControllerState {
  random: RandomState;
  asked: number;
  /** From the oldest to the youngest. */
  population: readonly Member[];
}

/**
 * Regularized evolution (Real et al., arXiv 1802.01548, Algorithm 1): of a sample drawn with replacement the best is
 * copied with one decision changed, and whenever one is told the oldest dies, however good it is: so luck in one noisy
 * measurement does not live for ever. Asynchronous as in the paper's appendix: whoever is told by now may be a parent.
 */
export function createEvolution(options: ControllerOptions, settings = evolutionSettings): Controller {
  const { decisions, seed } = options;
  const saved = options.state && readState(options.state);
  const random = saved ? restoreRandom(saved.random) : createRandom(seed);
  const population: Member[] = [...(saved?.population ?? [])];
  let asked = saved?.asked ?? 0;

  function drawParent(): Member {
    const draw = () => population[random.integer(population.length)] as Member;
    let best = draw();
    for (let i = 1; i < settings.sample; i++) {
      const other = draw();
      if (other.reward > best.reward) best = other;
    }
    return best;
  }

  return {
    ask() {
      const starting = asked < settings.population || population.length === 0;
      asked++;
      return starting ? drawUniform(decisions, random) : mutateOne(drawParent().decisions, decisions, random);
    },
    tell(vector, reward) {
      checkVector(vector, decisions);
      checkReward(reward);
      population.push({ decisions: [...vector], reward });
      if (population.length > settings.population) population.shift();
    },
    save: (): EvolutionState => ({
      name: "evolution",
      decisions: copyDecisions(decisions),
      random: random.state(),
      asked,
      population: [...population],
    }),
  };
}

/** @throws RangeError where the state is not one that `save` wrote. */
function readState(state: ControllerState): EvolutionState {
  const saved = state as EvolutionState;
  if (!saved.random || !saved.population || saved.asked === undefined) throw damaged();
  return saved;
}
