import { createRandom, type RandomState, restoreRandom } from "../math/random";
import { type AdamState, copyAdam, createAdam, descend } from "./adam";
import { advantagesOf } from "./advantage";
import type { Controller, ControllerOptions, ControllerState } from "./controller";
import { countWeights, createParameters } from "./parameters";
import { backpropagate, forward, logProbabilitiesOf, type Policy, type Sample, sample } from "./policy";
import { surrogate } from "./surrogate";
import { checkReward, checkVector, copyDecisions, damaged } from "./validity";

export interface PpoSettings {
  /** A ratio's reach from 1 within which a sample still moves the policy. */
  clip: number;
  /** Weight of the mean entropy per decision, nats, times the root of the number of decisions. */
  entropyWeight: number;
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
 * The LSTM has one layer as NASNet's (arXiv 1707.07012, appendix), whose controller MnasNet keeps, and its initial range;
 * the clip is the PPO paper's. The rest is ours, for hundreds of trials where NASNet had 20,000 (learning rate 3.5e-4,
 * 100 units, 20 vectors an update): batches of 10 and a high learning rate learn earlier; 32 units are ENAS's class
 * default, and make an update cheap; and without an entropy weight far above NASNet's 1e-5 the policy proposes nothing but
 * repeats after some 400 trials of a small space. That weight is over the root of the number of decisions, since the share
 * of a reward's spread that one decision explains falls so: 0.2 suits 8 decisions, and is too much for 35. Figures:
 * docs/search.md.
 */
const ppoSettings: PpoSettings = {
  units: 32,
  batch: 10,
  passes: 3,
  learningRate: 0.015,
  clip: 0.2,
  entropyWeight: 0.6,
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
  const weighing = { clip: settings.clip, entropyWeight: settings.entropyWeight / Math.sqrt(choices.length) };
  const size = countWeights(choices, settings.units);
  const saved = options.state && readState(options.state, size);
  const random = saved ? restoreRandom(saved.random) : createRandom(seed);
  const policy: Policy = { choices, units: settings.units, parameters: createParameters(choices, settings.units) };
  const weights = policy.parameters.flat;
  if (saved) weights.set(saved.weights);
  else randomise(weights);
  const adam: AdamState = saved ? copyAdam(saved) : createAdam(size);
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
      const { logitGradients } = surrogate(present.logProbabilities, batch, weighing);
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
      ...copyAdam(adam),
      baseline,
      pending: [...pending],
      told: [...told],
    }),
  };
}

/** @throws RangeError where the state is not one that `save` wrote for these decisions. */
function readState(state: ControllerState, size: number): PpoState {
  const saved = state as PpoState;
  const arrays = [saved.weights, saved.firstMoment, saved.secondMoment];
  const whole = arrays.every((array) => array?.length === size) && saved.random && saved.pending && saved.told;
  if (!whole) throw damaged();
  return saved;
}
