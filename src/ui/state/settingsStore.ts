import { createJSONStorage, persist, type StateStorage } from "zustand/middleware";
import { createStore, type StoreApi } from "zustand/vanilla";
import { defaultSettings, type StudySettings } from "../../core";
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

/** What the person has set for the next study; the only thing of the page that localStorage keeps. */
export interface SettingsState {
  settings: StudySettings;
}

export type SettingsStore = StoreApi<SettingsState>;

const KEY = "mnasium-settings";

/** @param storageName under which localStorage keeps the settings; tests give their own. */
export function createSettingsStore(storageName = KEY): SettingsStore {
  return createStore<SettingsState>()(
    persist(() => ({ settings: defaultSettings }), {
      name: storageName,
      storage: createJSONStorage(() => forgivingStorage),
      merge: (kept) => ({ settings: restoreSettings((kept as { settings?: unknown } | undefined)?.settings) }),
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
    recipe: {
      ...recipe,
      optimizer: oneOf(optimizerTitles, source.recipe.optimizer, recipe.optimizer),
      schedule: oneOf(scheduleTitles, source.recipe.schedule, recipe.schedule),
      augmentation: { ...recipe.augmentation, flip: typeof flip === "boolean" ? flip : recipe.augmentation.flip },
    },
  };
  return fieldNames.reduce(
    (settings, name) =>
      fieldProblem(name, source) ? settings : fieldOf(name).set(settings, fieldOf(name).get(source)),
    named,
  );
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
