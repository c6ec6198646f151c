import { createRandom, type RandomState, restoreRandom } from "../math/random";
import { type AdamState, createAdam, descend } from "./adam";
import { type Advantages, advantagesOf } from "./advantage";
import type { Controller, ControllerOptions, ControllerState } from "./controller";
import { countWeights, createParameters } from "./parameters";
import { backpropagate, forward, logProbabilitiesOf, type Policy, type Sample, sample } from "./policy";
import { type SurrogateSettings, surrogate } from "./surrogate";
import { checkReward, checkVector, describe } from "./validity";

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

export const ppoSettings: PpoSettings = {
  units: 100,
  batch: 20,
  passes: 5,
  learningRate: 3.5e-3,
  clip: 0.2,
  entropyWeight: 1e-3,
  baselineDecay: 0.5,
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
    const advantages: Advantages = advantagesOf(
      told.map(({ reward }) => reward),
      baseline,
      settings.baselineDecay,
    );
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
      decisions: describe(decisions),
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
