import type { Decision } from "../space/space";
import type { ControllerName, ControllerState } from "./controller";

/** Plain copies of the decisions, for a saved state. */
export function copyDecisions(decisions: readonly Decision[]): Decision[] {
  return decisions.map(({ name, choices }) => ({ name, choices: [...choices] }));
}

/** @throws RangeError where a decision leaves nothing to choose. */
export function checkDecisions(decisions: readonly Decision[]): void {
  if (decisions.length === 0) throw new RangeError("A controller needs at least one decision.");
  for (const { name, choices } of decisions) {
    if (choices.length === 0) throw new RangeError(`Decision "${name}" has no choices.`);
  }
}

/** @throws RangeError where a saved state is another controller's, or was made for other decisions. */
export function checkState(state: ControllerState, name: ControllerName, decisions: readonly Decision[]): void {
  if (state.name !== name) {
    throw new RangeError(`The saved state is of the controller "${state.name}", not "${name}": go on with that one.`);
  }
  if (JSON.stringify(state.decisions) !== JSON.stringify(copyDecisions(decisions))) {
    throw new RangeError("The saved state was made for other decisions than this space's: start the search anew.");
  }
}

/** @throws RangeError unless the vector holds one choice's index per decision. */
export function checkVector(vector: readonly number[], decisions: readonly Decision[]): void {
  if (vector.length !== decisions.length) {
    throw new RangeError(`A vector must hold ${decisions.length} decisions, not ${vector.length}.`);
  }
  decisions.forEach(({ name, choices }, i) => {
    const choice = vector[i];
    if (choice === undefined || choices[choice] === undefined) {
      throw new RangeError(`Decision "${name}" must be a whole number from 0 to ${choices.length - 1}, not ${choice}.`);
    }
  });
}

/** @throws RangeError for NaN and infinities. */
export function checkReward(reward: number): void {
  if (!Number.isFinite(reward)) throw new RangeError(`A reward must be a finite number, not ${reward}.`);
}

/** What a controller throws where its saved state lacks something. */
export function damaged(): RangeError {
  return new RangeError("The saved state of the controller is damaged: start the search anew.");
}
