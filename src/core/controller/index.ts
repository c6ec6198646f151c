import type { Controller, ControllerName, ControllerOptions } from "./controller";
import { createEvolution } from "./evolution";
import { createGuided } from "./guided";
import { createNsga2 } from "./nsga2";
import { createPpo } from "./ppo";
import { createRandomController } from "./random";
import { createReinforce } from "./reinforce";
import { checkDecisions, checkState } from "./validity";

const controllers: Record<ControllerName, (options: ControllerOptions) => Controller> = {
  guided: (options) => createGuided(options),
  ppo: (options) => createPpo(options),
  reinforce: (options) => createReinforce(options),
  evolution: (options) => createEvolution(options),
  nsga2: (options) => createNsga2(options),
  random: createRandomController,
};

/**
 * A controller by name: `ppo` is the paper's, `random` the baseline. What each finds in how many trials: docs/search.md.
 *
 * @throws RangeError where a decision has no choices, or where a saved state is another controller's or was made for
 * other decisions.
 */
export function createController(name: ControllerName, options: ControllerOptions): Controller {
  checkDecisions(options.decisions);
  if (options.state) checkState(options.state, name, options.decisions);
  return controllers[name](options);
}
