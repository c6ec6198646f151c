import {
  type ControllerName,
  defaultSettings,
  type EngineName,
  exponents,
  limits,
  type Objective,
  type Optimizer,
  type Platform,
  type Recipe,
  type Schedule,
  type SpaceName,
  type StudySettings,
  spaces,
} from "../../src/core";
import { readCommandLine, readNumber, UsageError } from "../support/cli.mjs";
import { help } from "./help";

/** What the command line asks for. */
export interface SearchOptions {
  settings: StudySettings;
  /** Files and folders with IDX files; none for the built-in set. */
  data: readonly string[];
  out: string;
  gpu: boolean;
}

const controllers: readonly ControllerName[] = ["ppo", "random"];
const platforms: readonly Platform[] = ["tfjs-webgl", "tfjs-webgpu", "tfjs-wasm"];
const engines: readonly EngineName[] = ["simd", "tfjs-webgl", "tfjs-wasm"];
const optimizers: readonly Optimizer[] = ["sgd", "rmsprop"];
const schedules: readonly Schedule[] = ["cosine", "one-cycle"];
const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const options = {
  data: { ...text, multiple: true },
  out: { ...text, short: "o" },
  target: text,
  hard: flag,
  soft: flag,
  alpha: text,
  beta: text,
  trials: text,
  minutes: text,
  seed: text,
  space: text,
  controller: text,
  platform: text,
  engine: text,
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
  gpu: flag,
} as const;

type Values = Partial<Record<keyof typeof options, string | boolean | string[]>>;

/** @throws UsageError that names the option at fault. */
export function readSearchOptions(): SearchOptions {
  const values: Values = readCommandLine(options, help).values;
  return {
    settings: settingsFrom(values),
    data: (values.data as string[] | undefined) ?? [],
    out: (values.out as string | undefined) ?? "best.json",
    gpu: values.gpu === true,
  };
}

function settingsFrom(values: Values): StudySettings {
  const { proxy, deploy, ...defaults } = defaultSettings;
  const { real, whole } = numbersIn(values);
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
    recipe: recipeFrom(values),
    proxy: {
      ...proxy,
      inputSize: whole("proxy-size", "proxyInputSize") ?? proxy.inputSize,
      widthMultiplier: real("proxy-width", "widthMultiplier") ?? proxy.widthMultiplier,
    },
    deploy: {
      ...deploy,
      inputSize: whole("deploy-size", "deployInputSize") ?? deploy.inputSize,
      widthMultiplier: real("deploy-width", "widthMultiplier") ?? deploy.widthMultiplier,
    },
    lookahead: whole("lookahead", "lookahead") ?? defaults.lookahead,
  };
}

function recipeFrom(values: Values): Recipe {
  const { recipe } = defaultSettings;
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
  const custom = values.alpha !== undefined || values.beta !== undefined;
  if (Number(values.hard === true) + Number(values.soft === true) + Number(custom) > 1) {
    throw new UsageError("choose one of --hard, --soft, or --alpha with --beta.");
  }
  if (!custom) return { targetMs, ...(values.soft ? exponents.soft : exponents.hard) };
  const alpha = numberOf(values, "alpha", "alpha", false);
  const beta = numberOf(values, "beta", "beta", false);
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
