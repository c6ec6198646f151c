import { createRandom, type RandomState, restoreRandom } from "../math/random";
import type { Controller, ControllerOptions, ControllerState } from "./controller";
import { checkReward, checkVector, copyDecisions } from "./validity";

interface SavedState extends ControllerState {
  random: RandomState;
}

/** Uniform sampling: learns nothing, and is hard to beat on a small budget (facts: NASNet, Li & Talwalkar). */
export function createRandomController({ decisions, seed, state }: ControllerOptions): Controller {
  const random = state ? restoreRandom((state as SavedState).random) : createRandom(seed);
  return {
    ask: () => decisions.map(({ choices }) => random.integer(choices.length)),
    tell(vector, reward) {
      checkVector(vector, decisions);
      checkReward(reward);
    },
    save: (): SavedState => ({ name: "random", decisions: copyDecisions(decisions), random: random.state() }),
  };
}
