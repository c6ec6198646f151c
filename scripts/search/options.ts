import {
  absoluteForm,
  type ControllerName,
  chosenRecipe,
  defaultSettings,
  type EngineName,
  exponents,
  limits,
  type Objective,
  type Optimizer,
  type Platform,
  type Recipe,
  type RecipeName,
  recipes,
  type Schedule,
  type SpaceName,
  type StudySettings,
  spaces,
} from "../../src/core";
import { type Difficulty, difficulties } from "../../src/data";
import { readCommandLine, readNumber, UsageError } from "../support/cli.mjs";
import { help } from "./help";

/** What the command line asks for. */
export interface SearchOptions {
  settings: StudySettings;
  /** Files and folders with IDX files; none for the built-in set. */
  data: readonly string[];
  /** Of the built-in set. */
  difficulty?: Difficulty;
  out: string;
  gpu: boolean;
}

const controllers: readonly ControllerName[] = ["guided", "ppo", "reinforce", "evolution", "nsga2", "random"];
const platforms: readonly Platform[] = ["tfjs-webgl", "tfjs-webgpu", "tfjs-wasm"];
const engines: readonly EngineName[] = ["simd", "tfjs-webgl", "tfjs-wasm"];
const optimizers: readonly Optimizer[] = ["sgd", "rmsprop"];
const schedules: readonly Schedule[] = ["cosine", "one-cycle"];
const recipeNames = Object.keys(recipes) as RecipeName[];
const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const options = {
  data: { ...text, multiple: true },
  difficulty: text,
  out: { ...text, short: "o" },
  target: text,
  hard: flag,
  soft: flag,
  absolute: flag,
  alpha: text,
  beta: text,
  trials: text,
  minutes: text,
  seed: text,
  space: text,
  controller: text,
  platform: text,
  engine: text,
  recipe: text,
  steps: text,
  batch: text,
  optimizer: text,
  schedule: text,
  "learning-rate": text,
  clip: text,
  average: text,
  flip: flag,
  shift: text,
  cutout: text,
  images: text,
  "time-limit": text,
  "proxy-size": text,
  "proxy-width": text,
  "deploy-size": text,
  "deploy-width": text,
  lookahead: text,
  "train-all": flag,
  gpu: flag,
} as const;

type Values = Partial<Record<keyof typeof options, string | boolean | string[]>>;

/** @throws UsageError that names the option at fault. */
export function readSearchOptions(): SearchOptions {
  const values: Values = readCommandLine(options, help).values;
  const data = (values.data as string[] | undefined) ?? [];
  const difficulty = nameOf(values, "difficulty", difficulties);
  if (difficulty && data.length > 0) throw new UsageError("--difficulty is for the built-in images, not for --data.");
  return {
    settings: settingsFrom(values),
    data,
    difficulty,
    out: (values.out as string | undefined) ?? "best.json",
    gpu: values.gpu === true,
  };
}

function settingsFrom(values: Values): StudySettings {
  const { proxy, deploy, ...defaults } = defaultSettings;
  const { real, whole } = numbersIn(values);
  const named = chosenRecipe(nameOf(values, "recipe", recipeNames) ?? "standard", proxy);
  const minutes = real("minutes", "minutes");
  const trials = whole("trials", "trials") ?? (minutes === undefined ? defaults.budget.trials : limits.trials[1]);
  return {
    space: nameOf(values, "space", Object.keys(spaces) as SpaceName[]) ?? defaults.space,
    controller: nameOf(values, "controller", controllers) ?? defaults.controller,
    engine: nameOf(values, "engine", engines) ?? defaults.engine,
    platform: nameOf(values, "platform", platforms) ?? defaults.platform,
    seed: whole("seed", "seed") ?? defaults.seed,
    objective: objectiveFrom(values),
    budget: minutes === undefined ? { trials } : { trials, minutes },
    recipe: recipeFrom(values, named.recipe),
    proxy: {
      ...named.proxy,
      inputSize: whole("proxy-size", "proxyInputSize") ?? named.proxy.inputSize,
      widthMultiplier: real("proxy-width", "widthMultiplier") ?? proxy.widthMultiplier,
    },
    deploy: {
      ...deploy,
      inputSize: whole("deploy-size", "deployInputSize") ?? deploy.inputSize,
      widthMultiplier: real("deploy-width", "widthMultiplier") ?? deploy.widthMultiplier,
    },
    lookahead: whole("lookahead", "lookahead") ?? defaults.lookahead,
    skipHopeless: named.skipHopeless && values["train-all"] !== true,
  };
}

/** The named recipe with the numbers that were given beside it. */
function recipeFrom(values: Values, recipe: Recipe): Recipe {
  const { augmentation } = recipe;
  const { real, whole } = numbersIn(values);
  return {
    ...recipe,
    steps: whole("steps", "steps") ?? recipe.steps,
    batchSize: whole("batch", "batchSize") ?? recipe.batchSize,
    optimizer: nameOf(values, "optimizer", optimizers) ?? recipe.optimizer,
    schedule: nameOf(values, "schedule", schedules) ?? recipe.schedule,
    learningRate: real("learning-rate", "learningRate") ?? recipe.learningRate,
    gradientClip: real("clip", "gradientClip") ?? recipe.gradientClip,
    averageDecay: real("average", "averageDecay") ?? recipe.averageDecay,
    augmentation: {
      flip: values.flip === true || augmentation.flip,
      shift: whole("shift", "shift") ?? augmentation.shift,
      cutout: whole("cutout", "cutout") ?? augmentation.cutout,
    },
    validationImages: whole("images", "validationImages") ?? recipe.validationImages,
    timeLimitSeconds: real("time-limit", "timeLimitSeconds") ?? recipe.timeLimitSeconds,
  };
}

function objectiveFrom(values: Values): Objective {
  const targetMs = numberOf(values, "target", "targetMs", false) ?? defaultSettings.objective.targetMs;
  const absolute = values.absolute === true;
  const custom = values.alpha !== undefined || (values.beta !== undefined && !absolute);
  if (Number(values.hard === true) + Number(values.soft === true) + Number(absolute) + Number(custom) > 1) {
    throw new UsageError("choose one of --hard, --soft, --absolute, or --alpha with --beta.");
  }
  const alpha = numberOf(values, "alpha", "alpha", false);
  const beta = numberOf(values, "beta", "beta", false);
  if (absolute) return { targetMs, ...absoluteForm, beta: beta ?? absoluteForm.beta };
  if (!custom) return { targetMs, ...(values.soft ? exponents.soft : exponents.hard) };
  if (alpha === undefined || beta === undefined) throw new UsageError("--alpha and --beta go together.");
  return { targetMs, alpha, beta };
}

/** Readers of the numbers on the command line, any or whole ones. */
function numbersIn(values: Values) {
  return {
    real: (name: keyof Values, limit: keyof typeof limits) => numberOf(values, name, limit, false),
    whole: (name: keyof Values, limit: keyof typeof limits) => numberOf(values, name, limit, true),
  };
}

function numberOf(values: Values, name: keyof Values, limit: keyof typeof limits, whole: boolean): number | undefined {
  const value = values[name];
  return typeof value === "string" ? readNumber(name, value, limits[limit], { whole }) : undefined;
}

function nameOf<Name extends string>(values: Values, option: keyof Values, names: readonly Name[]): Name | undefined {
  const value = values[option];
  if (value === undefined) return undefined;
  const found = names.find((name) => name === value);
  if (!found) throw new UsageError(`--${option} is one of ${names.join(", ")}; not "${value}".`);
  return found;
}
