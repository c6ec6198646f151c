import { createJSONStorage, persist, type StateStorage } from "zustand/middleware";
import { createStore, type StoreApi } from "zustand/vanilla";
import { defaultSettings, type Objective, type StudySettings } from "../../core";
import type { ComparedSide } from "../../workers/protocol";
import {
  controllerTitles,
  engineTitles,
  namesOf,
  optimizerTitles,
  platformTitles,
  scheduleTitles,
  spaceTitles,
  type Titles,
} from "./choices";
import { fieldNames, fieldOf, fieldProblem } from "./fields";
import { withFinals } from "./finals";
import { presetSides, sidesProblem } from "./sides";

/** What the person has set for the next study; localStorage keeps it. */
export interface SettingsState {
  settings: StudySettings;
  /** Start compares the sides, which share everything in the settings but the objective. */
  comparing: boolean;
  sides: readonly ComparedSide[];
}

export type SettingsStore = StoreApi<SettingsState>;

const KEY = "mnasium-settings";

/** @param storageName under which localStorage keeps the settings; tests give their own. */
export function createSettingsStore(storageName = KEY): SettingsStore {
  return createStore<SettingsState>()(
    persist((): SettingsState => restoreState(undefined), {
      name: storageName,
      storage: createJSONStorage(() => forgivingStorage),
      merge: restoreState,
    }),
  );
}

/** localStorage, but where it is full or refused the settings hold for this visit only, and nothing throws. */
const forgivingStorage: StateStorage = {
  getItem: (name) => attempt(() => localStorage.getItem(name)),
  setItem: (name, value) => attempt(() => localStorage.setItem(name, value)),
  removeItem: (name) => attempt(() => localStorage.removeItem(name)),
};

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** What an earlier visit kept, each part by itself. */
function restoreState(kept: unknown): SettingsState {
  const { settings, comparing, sides } = record(kept);
  const restored = restoreSettings(settings);
  return { settings: restored, comparing: comparing === true, sides: restoreSides(sides, restored.objective.targetMs) };
}

/** Settings from an earlier visit: whatever is missing, foreign or out of range falls back to its default. */
export function restoreSettings(kept: unknown): StudySettings {
  const source = complete(kept);
  const { recipe } = defaultSettings;
  const { flip } = source.recipe.augmentation;
  const named: StudySettings = {
    ...defaultSettings,
    space: oneOf(spaceTitles, source.space, defaultSettings.space),
    controller: oneOf(controllerTitles, source.controller, defaultSettings.controller),
    engine: oneOf(engineTitles, source.engine, defaultSettings.engine),
    platform: oneOf(platformTitles, source.platform, defaultSettings.platform),
    objective: ofForm(source.objective, defaultSettings.objective),
    recipe: {
      ...recipe,
      optimizer: oneOf(optimizerTitles, source.recipe.optimizer, recipe.optimizer),
      schedule: oneOf(scheduleTitles, source.recipe.schedule, recipe.schedule),
      augmentation: { ...recipe.augmentation, flip: typeof flip === "boolean" ? flip : recipe.augmentation.flip },
    },
  };
  const restored = fieldNames.reduce(
    (settings, name) =>
      fieldProblem(name, source) ? settings : fieldOf(name).set(settings, fieldOf(name).get(source)),
    named,
  );
  return source.finals ? withFinals(restored, true) : restored;
}

/** An objective in the form that was kept; its numbers are checked as every other field is. */
function ofForm({ form }: Partial<Objective>, objective: Objective): Objective {
  return form === "absolute" ? { ...objective, form } : objective;
}

/** The sides of an earlier visit; those of the paper where one is not sound. */
function restoreSides(kept: unknown, targetMs: number): readonly ComparedSide[] {
  const sides = (Array.isArray(kept) ? kept : []).map((side): ComparedSide => {
    const { label, objective } = record(side);
    const { targetMs, alpha, beta, form } = record(objective);
    const numbers = { targetMs: Number(targetMs), alpha: Number(alpha), beta: Number(beta) };
    return { label: String(label), objective: ofForm({ form: form === "absolute" ? form : undefined }, numbers) };
  });
  return sidesProblem(sides) ? presetSides("constraints", targetMs) : sides;
}

/** Any value given the sections of settings, so that fields can be looked up in it; nothing of it is checked yet. */
function complete(value: unknown): StudySettings {
  const source = record(value);
  const sections = ["objective", "budget", "proxy", "deploy"].map((name) => [name, record(source[name])]);
  const recipe = record(source.recipe);
  const augmentation = record(recipe.augmentation);
  return { ...source, ...Object.fromEntries(sections), recipe: { ...recipe, augmentation } };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function oneOf<Name extends string>(titles: Titles<Name>, value: unknown, otherwise: Name): Name {
  return namesOf(titles).find((name) => name === value) ?? otherwise;
}
