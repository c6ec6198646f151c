import type { Controller, ControllerName, ControllerOptions } from "./controller";
import { createPpo } from "./ppo";
import { createRandomController } from "./random";
import { checkDecisions, checkState } from "./validity";

const controllers: Record<ControllerName, (options: ControllerOptions) => Controller> = {
  ppo: (options) => createPpo(options),
  random: createRandomController,
};

/**
 * A controller by name: `ppo` is the paper's, `random` the baseline.
 *
 * @throws RangeError where a decision has no choices, or where a saved state is another controller's or was made for
 * other decisions.
 */
export function createController(name: ControllerName, options: ControllerOptions): Controller {
  checkDecisions(options.decisions);
  if (options.state) checkState(options.state, name, options.decisions);
  return controllers[name](options);
}
