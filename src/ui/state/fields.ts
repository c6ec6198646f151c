import { limits, type StudySettings } from "../../core";

/** A number that a person can set: where it lives in the settings, how it reads, and what it may be. */
export interface Field {
  label: string;
  unit?: string;
  /** What an empty field means. */
  hint?: string;
  /** What the number does, where its label does not say it. */
  help?: string;
  limits: readonly [low: number, high: number];
  whole?: boolean;
  /** May be left empty. */
  optional?: boolean;
  get(settings: StudySettings): number | undefined;
  set(settings: StudySettings, value: number | undefined): StudySettings;
}

type Place = Pick<Field, "get" | "set">;

const objective = (key: "targetMs" | "alpha" | "beta"): Place => ({
  get: (settings) => settings.objective[key],
  set: (settings, value) => ({ ...settings, objective: { ...settings.objective, [key]: value } }),
});
const budget = (key: keyof StudySettings["budget"]): Place => ({
  get: (settings) => settings.budget[key],
  set: (settings, value) => ({ ...settings, budget: { ...settings.budget, [key]: value } }),
});
const recipe = (key: Exclude<keyof StudySettings["recipe"], "optimizer" | "schedule" | "augmentation">): Place => ({
  get: (settings) => settings.recipe[key],
  set: (settings, value) => ({ ...settings, recipe: { ...settings.recipe, [key]: value } }),
});
const augmentation = (key: "shift" | "cutout"): Place => ({
  get: (settings) => settings.recipe.augmentation[key],
  set({ recipe, ...settings }, value) {
    return { ...settings, recipe: { ...recipe, augmentation: { ...recipe.augmentation, [key]: value } } };
  },
});
const scale = (which: "proxy" | "deploy", key: "inputSize" | "widthMultiplier"): Place => ({
  get: (settings) => settings[which][key],
  set: (settings, value) => ({ ...settings, [which]: { ...settings[which], [key]: value } }),
});

/** Every number on the page, in the order in which it is shown and checked. */
const fields = {
  targetMs: { label: "Target latency T", unit: "ms", limits: limits.targetMs, ...objective("targetMs") },
  alpha: { label: "alpha, within T", limits: limits.alpha, ...objective("alpha") },
  beta: { label: "beta, beyond T", limits: limits.beta, ...objective("beta") },
  trials: { label: "Trials", limits: limits.trials, whole: true, ...budget("trials") },
  minutes: {
    label: "Minutes",
    hint: "no limit",
    limits: limits.minutes,
    optional: true,
    ...budget("minutes"),
  },
  steps: { label: "Training steps", limits: limits.steps, whole: true, ...recipe("steps") },
  batchSize: { label: "Batch", unit: "images", limits: limits.batchSize, whole: true, ...recipe("batchSize") },
  learningRate: { label: "Learning rate", limits: limits.learningRate, ...recipe("learningRate") },
  validationImages: {
    label: "Held-out images",
    limits: limits.validationImages,
    whole: true,
    ...recipe("validationImages"),
  },
  timeLimitSeconds: { label: "Time limit", unit: "s", limits: limits.timeLimitSeconds, ...recipe("timeLimitSeconds") },
  gradientClip: {
    label: "Gradient clipping",
    help: "Largest norm of the whole gradient; 0 for none.",
    limits: limits.gradientClip,
    ...recipe("gradientClip"),
  },
  averageDecay: {
    label: "Weight averaging",
    help: "Decay of the average that is validated, such as 0.99; 0 for none.",
    limits: limits.averageDecay,
    ...recipe("averageDecay"),
  },
  shift: {
    label: "Shift images",
    unit: "px",
    help: "At most so far along each side; 0 for not at all.",
    limits: limits.shift,
    whole: true,
    ...augmentation("shift"),
  },
  cutout: {
    label: "Cut-out",
    unit: "px",
    help: "Side of a square that is blanked out in each image; 0 for none.",
    limits: limits.cutout,
    whole: true,
    ...augmentation("cutout"),
  },
  proxyInputSize: {
    label: "Training input",
    unit: "px",
    limits: limits.proxyInputSize,
    whole: true,
    ...scale("proxy", "inputSize"),
  },
  proxyWidth: {
    label: "Training width",
    unit: "×",
    limits: limits.widthMultiplier,
    ...scale("proxy", "widthMultiplier"),
  },
  deployInputSize: {
    label: "Timed input",
    unit: "px",
    limits: limits.deployInputSize,
    whole: true,
    ...scale("deploy", "inputSize"),
  },
  deployWidth: {
    label: "Timed width",
    unit: "×",
    limits: limits.widthMultiplier,
    ...scale("deploy", "widthMultiplier"),
  },
  seed: {
    label: "Seed",
    limits: limits.seed,
    whole: true,
    get: (settings) => settings.seed,
    set: (settings, value) => ({ ...settings, seed: value ?? Number.NaN }),
  },
} satisfies Record<string, Field>;

export type FieldName = keyof typeof fields;

export const fieldNames = Object.keys(fields) as FieldName[];

export function fieldOf(name: FieldName): Field {
  return fields[name];
}

/** What is wrong with a number, and what it may be; undefined where nothing is. */
export function fieldProblem(name: FieldName, settings: StudySettings): string | undefined {
  const { limits, whole, optional, get } = fieldOf(name);
  const value = get(settings);
  if (value === undefined && optional) return undefined;
  const [low, high] = limits;
  const kind = whole ? "a whole number" : "a number";
  const sound =
    Number.isFinite(value) &&
    value !== undefined &&
    value >= low &&
    value <= high &&
    (!whole || Number.isInteger(value));
  return sound ? undefined : `Type ${kind} from ${low} to ${high}.`;
}

/** The first problem, with the name of its field; undefined where a study can start. */
export function firstProblem(settings: StudySettings): string | undefined {
  const name = fieldNames.find((each) => fieldProblem(each, settings));
  return name && `${fieldOf(name).label}: ${fieldProblem(name, settings)}`;
}

/** Problems by field; empty where a study can start. */
export function settingsProblems(settings: StudySettings): Partial<Record<FieldName, string>> {
  const problems: Partial<Record<FieldName, string>> = {};
  for (const name of fieldNames) {
    const problem = fieldProblem(name, settings);
    if (problem) problems[name] = problem;
  }
  return problems;
}
