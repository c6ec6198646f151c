import type { Objective } from "../objective/objective";
import type { Decision } from "../space/space";

/** What proposes decision vectors and learns from their rewards. Deterministic for a seed. */
export interface Controller {
  /** A vector with one choice's index per decision. Several may be asked before the first is told. */
  ask(): number[];
  /**
   * The reward of a vector. Vectors may come back in another order than they were asked for, more than once, or without
   * having been asked for: then they are learnt from as if asked for now.
   *
   * @param evidence what the reward was made of; absent where a measurement is missing, as after a failure
   * @throws RangeError for a vector outside the decisions, or a reward that is not finite.
   */
  tell(decisions: readonly number[], reward: number, evidence?: Evidence): void;
  /** Everything needed to go on from here, vectors that wait for their reward included. */
  save(): ControllerState;
}

/** What a reward was made of, for controllers that weigh accuracy and latency themselves. */
export interface Evidence {
  /** Absent where the network was timed but not trained: its reward then counts an assumed accuracy. */
  accuracy?: number;
  latencyMs: number;
  objective: Objective;
}

/** Plain data that `structuredClone` copies: numbers, strings, arrays, typed arrays. */
export interface ControllerState {
  name: ControllerName;
  [field: string]: unknown;
}

export type ControllerName = "ppo" | "reinforce" | "evolution" | "nsga2" | "guided" | "random";

export interface ControllerOptions {
  decisions: readonly Decision[];
  seed: number;
  /** A saved state to go on from; its name must be the controller's. */
  state?: ControllerState;
}
