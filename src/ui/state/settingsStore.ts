import { createJSONStorage, persist, type StateStorage } from "zustand/middleware";
import { createStore, type StoreApi } from "zustand/vanilla";
import {
  type ControllerName,
  defaultSettings,
  type Platform,
  type SpaceName,
  type StudySettings,
  spaces,
} from "../../core";
import { fieldNames, fieldOf, fieldProblem } from "./fields";

export const spaceNames = Object.keys(spaces) as SpaceName[];
export const controllerNames: readonly ControllerName[] = ["ppo", "random"];
export const platformNames: readonly Platform[] = ["tfjs-webgl", "tfjs-wasm"];

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
  const named: StudySettings = {
    ...defaultSettings,
    space: oneOf(spaceNames, source.space, defaultSettings.space),
    controller: oneOf(controllerNames, source.controller, defaultSettings.controller),
    platform: oneOf(platformNames, source.platform, defaultSettings.platform),
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
  const sections = ["objective", "budget", "recipe", "proxy", "deploy"].map((name) => [name, record(source[name])]);
  return { ...source, ...Object.fromEntries(sections) };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown, otherwise: Name): Name {
  return names.find((name) => name === value) ?? otherwise;
}
