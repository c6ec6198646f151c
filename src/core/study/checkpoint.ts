import { createController } from "../controller";
import type { Controller, ControllerState } from "../controller/controller";
import { deriveSeed } from "../math/random";
import { spaces } from "../space";
import type { StudySettings } from "./settings";
import type { Checkpoint } from "./study";

/** The controller of a study, new or from a saved state. */
export function studyController({ controller, space, seed }: StudySettings, state?: ControllerState): Controller {
  const { decisions } = spaces[space];
  return createController(controller, { decisions, seed: deriveSeed(seed, "controller"), state });
}

/** The checkpoint of a study that has no trials yet. */
export function firstCheckpoint(settings: StudySettings): Checkpoint {
  const controller = studyController(settings).save();
  return { controller, pending: [], evaluated: {}, objective: settings.objective, elapsedSeconds: 0 };
}
