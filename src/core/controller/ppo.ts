import { createRandom, type RandomState, restoreRandom } from "../math/random";
import { type AdamState, createAdam, descend } from "./adam";
import { advantagesOf } from "./advantage";
import type { Controller, ControllerOptions, ControllerState } from "./controller";
import { countWeights, createParameters } from "./parameters";
import { backpropagate, forward, logProbabilitiesOf, type Policy, type Sample, sample } from "./policy";
import { type SurrogateSettings, surrogate } from "./surrogate";
import { checkReward, checkVector, copyDecisions } from "./validity";

export interface PpoSettings extends SurrogateSettings {
  /** Size of the LSTM's state and of the embeddings. */
  units: number;
  /** Vectors told before an update. */
  batch: number;
  /** Steps of Adam on one batch. */
  passes: number;
  learningRate: number;
  /** Share of the moving average that the mean of a batch leaves standing. */
  baselineDecay: number;
  /** Weights start uniform within +- this. */
  initialRange: number;
}

/**
 * Units, batch and initial range are NASNet's (arXiv 1707.07012, appendix), whose controller MnasNet keeps; clip is the
 * PPO paper's. NASNet's learning rate of 3.5e-4 is meant for 20,000 trials: ten times that learns within hundreds.
 * Passes, entropy weight and baseline decay are ours, chosen by measurement:
 *
 * - NAS-Bench-Macro, mean gap to the best reward in points after 50 / 100 / 200 / 400 evaluations (`npm run bench --
 *   controller`, 40 seeds): 0.75 / 0.19 / 0.14 / 0.15, random search 0.76 / 0.56 / 0.39 / 0.26. With 24 seeds (standard
 *   errors 0.09 / 0.04 / 0.02 / 0.02) learning rate 7e-3, 10 passes, entropy weight 0.01 or another decay change none
 *   of these by more than two standard errors.
 * - A made-up noisy reward over 30 decisions with pairwise terms, best found after 200 and 400, 6 seeds: 0.832 and 0.860;
 *   decay 0.5: 0.829 and 0.844; learning rate 7e-3 with decay 0.5: 0.817 and 0.827; random 0.725 and 0.729.
 */
const ppoSettings: PpoSettings = {
  units: 100,
  batch: 20,
  passes: 5,
  learningRate: 3.5e-3,
  clip: 0.2,
  entropyWeight: 1e-3,
  baselineDecay: 0.2,
  initialRange: 0.1,
};

interface Told extends Sample {
  reward: number;
}

interface PpoState extends ControllerState, AdamState {
  random: RandomState;
  weights: Float32Array;
  baseline: number | null;
  pending: readonly Sample[];
  told: readonly Told[];
}

/**
 * The paper's controller (section 4.2): a recurrent policy that learns by PPO from batches of rewards.
 *
 * A vector that is told is matched with the earliest one asked for and not yet told, and keeps the probabilities it had
 * when it was drawn, even if the policy has learnt since. One that was never asked for, or is told again, is learnt from
 * as if it had been drawn from the present policy.
 */
export function createPpo(options: ControllerOptions, settings = ppoSettings): Controller {
  const { decisions, seed } = options;
  const choices = decisions.map((decision) => decision.choices.length);
  const size = countWeights(choices, settings.units);
  const saved = options.state && readState(options.state, size);
  const random = saved ? restoreRandom(saved.random) : createRandom(seed);
  const policy: Policy = { choices, units: settings.units, parameters: createParameters(choices, settings.units) };
  const weights = policy.parameters.flat;
  if (saved) weights.set(saved.weights);
  else randomise(weights);
  const adam: AdamState = saved ? copyOf(saved) : createAdam(size);
  const pending: Sample[] = [...(saved?.pending ?? [])];
  let told: Told[] = [...(saved?.told ?? [])];
  let baseline = saved?.baseline ?? null;

  function randomise(target: Float64Array): void {
    for (let i = 0; i < target.length; i++) {
      target[i] = Math.fround((2 * random.uniform() - 1) * settings.initialRange);
    }
  }

  function takePending(vector: readonly number[]): Sample | undefined {
    const at = pending.findIndex((one) => one.decisions.every((choice, i) => choice === vector[i]));
    return at < 0 ? undefined : pending.splice(at, 1)[0];
  }

  function update(): void {
    const rewards = told.map(({ reward }) => reward);
    const advantages = advantagesOf(rewards, baseline, settings.baselineDecay);
    baseline = advantages.baseline;
    const batch = told.map((one, n) => ({ ...one, advantage: advantages.values[n] as number }));
    const vectors = batch.map((one) => one.decisions);
    for (let pass = 0; pass < settings.passes; pass++) {
      const present = forward(policy, vectors);
      const { logitGradients } = surrogate(present.logProbabilities, batch, settings);
      descend(weights, backpropagate(policy, present, logitGradients).flat, adam, settings.learningRate);
    }
    told = [];
  }

  return {
    ask() {
      const drawn = sample(policy, random);
      pending.push(drawn);
      return [...drawn.decisions];
    },
    tell(vector, reward) {
      checkVector(vector, decisions);
      checkReward(reward);
      const one = takePending(vector) ?? {
        decisions: [...vector],
        logProbabilities: logProbabilitiesOf(policy, vector),
      };
      told.push({ ...one, reward });
      if (told.length === settings.batch) update();
    },
    save: (): PpoState => ({
      name: "ppo",
      decisions: copyDecisions(decisions),
      random: random.state(),
      weights: Float32Array.from(weights),
      ...copyOf(adam),
      baseline,
      pending: [...pending],
      told: [...told],
    }),
  };
}

function copyOf({ firstMoment, secondMoment, firstDecay, secondDecay }: AdamState): AdamState {
  return { firstMoment: firstMoment.slice(), secondMoment: secondMoment.slice(), firstDecay, secondDecay };
}

/** @throws RangeError where the state is not one that `save` wrote for these decisions. */
function readState(state: ControllerState, size: number): PpoState {
  const saved = state as PpoState;
  const arrays = [saved.weights, saved.firstMoment, saved.secondMoment];
  const whole = arrays.every((array) => array?.length === size) && saved.random && saved.pending && saved.told;
  if (!whole) throw new RangeError("The saved state of the controller is damaged: start the search anew.");
  return saved;
}
