import { exp, log } from "../math/elementary";
import { createRandom, type RandomState, restoreRandom } from "../math/random";
import { type AdamState, copyAdam, createAdam, descend } from "./adam";
import { advantagesOf } from "./advantage";
import type { Controller, ControllerOptions, ControllerState } from "./controller";
import { checkReward, checkVector, copyDecisions, damaged } from "./validity";

export interface ReinforceSettings {
  /** Vectors told before an update. */
  batch: number;
  learningRate: number;
  /** Weight of each decision's entropy beside advantages of root mean square 1, times the root of the number of decisions. */
  entropyWeight: number;
  /** Share of the moving average that the mean of a batch leaves standing. */
  baselineDecay: number;
}

const reinforceSettings: ReinforceSettings = {
  batch: 10,
  learningRate: 0.1,
  entropyWeight: 0.4,
  baselineDecay: 0.6,
};

/** Probabilities below this have no logarithm worth computing. */
const LEAST = 1e-12;

interface Told {
  decisions: readonly number[];
  reward: number;
}

interface ReinforceState extends ControllerState, AdamState {
  random: RandomState;
  logits: Float32Array;
  baseline: number | null;
  told: readonly Told[];
}

/**
 * REINFORCE (Williams 1992) over independent softmaxes, one a decision, as in TuNAS (arXiv 2008.06120): no recurrent
 * network, so that a decision learns from every reward at once. Adam steps along advantages over a moving average, scaled
 * to root mean square 1. TuNAS's learning rate of 3e-4 is meant for millions of steps; 0.1 with batches of 10 learns
 * within hundreds of trials (facts, computed on NAS-Bench-Macro); TuNAS has no entropy term, without one it samples one vector
 * of a small space after 400 trials. A decay of 0.6 a batch of 10 is TuNAS's 0.95 a trial.
 */
export function createReinforce(options: ControllerOptions, settings = reinforceSettings): Controller {
  const { decisions, seed } = options;
  const size = decisions.reduce((sum, { choices }) => sum + choices.length, 0);
  const saved = options.state && readState(options.state, size);
  const random = saved ? restoreRandom(saved.random) : createRandom(seed);
  const logits = saved ? Float64Array.from(saved.logits) : new Float64Array(size);
  const adam: AdamState = saved ? copyAdam(saved) : createAdam(size);
  const entropyWeight = settings.entropyWeight / Math.sqrt(decisions.length);
  let told: Told[] = [...(saved?.told ?? [])];
  let baseline = saved?.baseline ?? null;

  /** Calls back with each decision's place among the logits and its probabilities. */
  function eachDecision(visit: (index: number, first: number, probabilities: Float64Array) => void): void {
    let first = 0;
    decisions.forEach(({ choices }, index) => {
      visit(index, first, softmax(logits.subarray(first, first + choices.length)));
      first += choices.length;
    });
  }

  function update(): void {
    const rewards = told.map(({ reward }) => reward);
    const advantages = advantagesOf(rewards, baseline, settings.baselineDecay);
    baseline = advantages.baseline;
    const gradients = new Float64Array(size);
    eachDecision((index, first, probabilities) => {
      told.forEach(({ decisions: vector }, n) => {
        const weight = (advantages.values[n] as number) / told.length;
        probabilities.forEach((probability, choice) => {
          const slope = (vector[index] === choice ? 1 : 0) - probability;
          gradients[first + choice] = (gradients[first + choice] as number) - weight * slope;
        });
      });
      const logs = probabilities.map((probability) => log(Math.max(probability, LEAST)));
      const entropy = -logs.reduce((sum, value, choice) => sum + value * (probabilities[choice] as number), 0);
      probabilities.forEach((probability, choice) => {
        // Entropy falls with a logit by p (log p + H).
        const fall = probability * ((logs[choice] as number) + entropy);
        gradients[first + choice] = (gradients[first + choice] as number) + entropyWeight * fall;
      });
    });
    descend(logits, gradients, adam, settings.learningRate);
    told = [];
  }

  return {
    ask() {
      const vector: number[] = [];
      eachDecision((_, __, probabilities) => vector.push(random.categorical(probabilities)));
      return vector;
    },
    tell(vector, reward) {
      checkVector(vector, decisions);
      checkReward(reward);
      told.push({ decisions: [...vector], reward });
      if (told.length === settings.batch) update();
    },
    save: (): ReinforceState => ({
      name: "reinforce",
      decisions: copyDecisions(decisions),
      random: random.state(),
      logits: Float32Array.from(logits),
      ...copyAdam(adam),
      baseline,
      told: [...told],
    }),
  };
}

function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b));
  const values = logits.map((logit) => exp(logit - largest));
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}

/** @throws RangeError where the state is not one that `save` wrote for these decisions. */
function readState(state: ControllerState, size: number): ReinforceState {
  const saved = state as ReinforceState;
  const whole = [saved.logits, saved.firstMoment, saved.secondMoment].every((array) => array?.length === size);
  if (!whole || !saved.random || !saved.told) throw damaged();
  return saved;
}
