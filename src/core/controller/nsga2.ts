import { createRandom, type RandomState, restoreRandom } from "../math/random";
import type { Measured } from "../objective/objective";
import type { Controller, ControllerOptions, ControllerState, Evidence } from "./controller";
import { crowdingDistances, nondominatedFronts } from "./dominance";
import { drawOther, drawUniform } from "./population";
import { checkReward, checkVector, copyDecisions, damaged } from "./validity";

export interface Nsga2Settings {
  /** Trials that survive; so many are drawn at random at the start. */
  population: number;
  /** Share of children that mix two parents; the others are copies of one. */
  crossover: number;
  /** Mean number of decisions that mutation changes in a child. */
  mutations: number;
}

const nsga2Settings: Nsga2Settings = { population: 40, crossover: 0.9, mutations: 1 };

interface Member {
  decisions: readonly number[];
  reward: number;
  measured?: Measured;
}

interface Nsga2State extends ControllerState {
  random: RandomState;
  asked: number;
  /** From the best to the worst. */
  population: readonly Member[];
}

/**
 * NSGA-II (Deb et al. 2002, IEEE Transactions on Evolutionary Computation 6(2)) over accuracy and latency: parents win
 * binary tournaments by the rank of their front, then by their distance to their neighbours in it; children mix their
 * decisions evenly and mutate. As trials are told one by one, each joins the population at once and the worst leaves
 * (the steady state of Durillo et al. 2009). It seeks the whole front: the objective's target does not steer it.
 *
 * Trials without accuracy, failures above all, come last, by reward. The rates are NSGA-II's usual ones (0.9, one mutation
 * a child); the population is 40 and not its usual 100, since a search has hundreds of trials.
 */
export function createNsga2(options: ControllerOptions, settings = nsga2Settings): Controller {
  const { decisions, seed } = options;
  const saved = options.state && readState(options.state);
  const random = saved ? restoreRandom(saved.random) : createRandom(seed);
  const rate = settings.mutations / decisions.filter(({ choices }) => choices.length > 1).length;
  let population: readonly Member[] = saved?.population ?? [];
  let asked = saved?.asked ?? 0;

  /** The population is in order: the smaller index wins. */
  function drawParent(): readonly number[] {
    const at = Math.min(random.integer(population.length), random.integer(population.length));
    return (population[at] as Member).decisions;
  }

  function breed(): number[] {
    const first = drawParent();
    const second = random.uniform() < settings.crossover ? drawParent() : first;
    return decisions.map((decision, i) => {
      const inherited = (random.uniform() < 0.5 ? first : second)[i] as number;
      return random.uniform() < rate ? drawOther(inherited, decision, random) : inherited;
    });
  }

  return {
    ask() {
      const starting = asked < settings.population || population.length === 0;
      asked++;
      return starting ? drawUniform(decisions, random) : breed();
    },
    tell(vector, reward, evidence) {
      checkVector(vector, decisions);
      checkReward(reward);
      const measured = measuredOf(evidence);
      population = ranked([...population, { decisions: [...vector], reward, measured }]).slice(0, settings.population);
    },
    save: (): Nsga2State => ({
      name: "nsga2",
      decisions: copyDecisions(decisions),
      random: random.state(),
      asked,
      population: [...population],
    }),
  };
}

/** From the best to the worst: by front, then the lonelier first; what was not measured comes last, by reward. */
function ranked(members: readonly Member[]): Member[] {
  const measured = members.flatMap((member) => (member.measured ? [{ ...member, ...member.measured }] : []));
  const inOrder = nondominatedFronts(measured).flatMap((front) => {
    const distances = crowdingDistances(front);
    return front
      .map((member, i) => ({ member, distance: distances[i] as number }))
      .sort((a, b) => (a.distance === b.distance ? 0 : b.distance - a.distance))
      .map(({ member: { decisions, reward, measured } }) => ({ decisions, reward, measured }));
  });
  const rest = members.filter((member) => !member.measured).sort((a, b) => b.reward - a.reward);
  return [...inOrder, ...rest];
}

function measuredOf(evidence: Evidence | undefined): Measured | undefined {
  if (evidence?.accuracy === undefined) return undefined;
  return { accuracy: evidence.accuracy, latencyMs: evidence.latencyMs };
}

/** @throws RangeError where the state is not one that `save` wrote. */
function readState(state: ControllerState): Nsga2State {
  const saved = state as Nsga2State;
  if (!saved.random || !saved.population || saved.asked === undefined) throw damaged();
  return saved;
}
