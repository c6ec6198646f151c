import { createRandom, type RandomState, restoreRandom } from "../math/random";
import type { Objective } from "../objective/objective";
import { createAcquisition } from "./acquisition";
import type { Controller, ControllerOptions, ControllerState } from "./controller";
import { createModels, type Told } from "./models";
import { drawUniform } from "./population";
import { proposeBest } from "./proposals";
import { checkReward, checkVector, copyDecisions, damaged } from "./validity";

export interface GuidedSettings {
  /** Vectors drawn at random before the models are trusted. */
  start: number;
  /** Of the later vectors this share is drawn at random, so that no part of the space is ruled out by a wrong model. */
  randomShare: number;
}

const guidedSettings: GuidedSettings = { start: 24, randomShare: 1 / 16 };

interface GuidedState extends ControllerState {
  random: RandomState;
  /** The newest: every trial is weighed by it. */
  objective: Objective | null;
  told: readonly Told[];
  pending: readonly (readonly number[])[];
}

/**
 * Bayesian optimisation over the decisions, ours; nearest to BANANAS (arXiv 1910.11858) with a Gaussian process for its
 * ensemble. Accuracy and the logarithm of latency have a model each, so that an objective that changes weighs all trials
 * anew at once. The next vector is that of largest expected improvement of the reward (Jones et al. 1998) over the best
 * trial freed from its noise, among descendants of the best trials and random vectors; what waits for its reward counts as
 * if its mean had come true. Failures lower the odds of their neighbours. Where no evidence is told the reward itself is
 * modelled. Of vectors told twice the first counts: within a study a repeat has the same measurement.
 *
 * Settings were tried once on 12 synthetic landscapes of other seeds than docs/search.md's: a start of 24 and 16 or more
 * finalists were better than 12 and 10; without random vectors the rewards were alike and the sampled entropy half as large.
 */
export function createGuided(options: ControllerOptions, settings = guidedSettings): Controller {
  const { decisions, seed } = options;
  const saved = options.state && readState(options.state);
  const random = saved ? restoreRandom(saved.random) : createRandom(seed);
  const told: Told[] = [...(saved?.told ?? [])];
  const pending: (readonly number[])[] = [...(saved?.pending ?? [])];
  const known = new Set([...told.map((one) => keyOf(one.decisions)), ...pending.map(keyOf)]);
  let objective: Objective | undefined = saved?.objective ?? undefined;
  const models = createModels(decisions.length);

  function propose(): number[] {
    const fresh = (vector: readonly number[]) => !known.has(keyOf(vector));
    if (known.size >= settings.start && random.uniform() >= settings.randomShare) {
      const predictor = models.predict(told, pending);
      const best = predictor && proposeBest(decisions, createAcquisition(predictor, objective), fresh, random);
      if (best) return best;
    }
    return drawFresh(fresh);
  }

  /** A known vector after so many tries: hardly anything else is left. */
  function drawFresh(fresh: (vector: readonly number[]) => boolean): number[] {
    let vector = drawUniform(decisions, random);
    for (let tries = 0; tries < 100 && !fresh(vector); tries++) vector = drawUniform(decisions, random);
    return vector;
  }

  return {
    ask() {
      const vector = propose();
      known.add(keyOf(vector));
      pending.push([...vector]);
      return vector;
    },
    tell(vector, reward, evidence) {
      checkVector(vector, decisions);
      checkReward(reward);
      const key = keyOf(vector);
      const at = pending.findIndex((one) => keyOf(one) === key);
      if (at >= 0) pending.splice(at, 1);
      if (evidence) objective = evidence.objective;
      if (at < 0 && known.has(key)) return; // a repeat: its measurement is known
      known.add(key);
      const measured = evidence && { accuracy: evidence.accuracy, latencyMs: evidence.latencyMs };
      told.push({ decisions: [...vector], reward, measured });
    },
    save: (): GuidedState => ({
      name: "guided",
      decisions: copyDecisions(decisions),
      random: random.state(),
      objective: objective ?? null,
      told: [...told],
      pending: [...pending],
    }),
  };
}

function keyOf(vector: readonly number[]): string {
  return vector.join(" ");
}

/** @throws RangeError where the state is not one that `save` wrote. */
function readState(state: ControllerState): GuidedState {
  const saved = state as GuidedState;
  if (!saved.random || !saved.told || !saved.pending) throw damaged();
  return saved;
}
