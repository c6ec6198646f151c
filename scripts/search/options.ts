import {
  type ControllerName,
  defaultSettings,
  exponents,
  limits,
  type Objective,
  type Platform,
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
const platforms: readonly Platform[] = ["tfjs-webgl", "tfjs-wasm"];
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
  steps: text,
  batch: text,
  "learning-rate": text,
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
  const { recipe, proxy, deploy, ...defaults } = defaultSettings;
  const real = (name: keyof Values, limit: keyof typeof limits) => numberOf(values, name, limit, false);
  const whole = (name: keyof Values, limit: keyof typeof limits) => numberOf(values, name, limit, true);
  const minutes = real("minutes", "minutes");
  const trials = whole("trials", "trials") ?? (minutes === undefined ? defaults.budget.trials : limits.trials[1]);
  return {
    space: nameOf(values, "space", Object.keys(spaces) as SpaceName[]) ?? defaults.space,
    controller: nameOf(values, "controller", controllers) ?? defaults.controller,
    platform: nameOf(values, "platform", platforms) ?? defaults.platform,
    seed: whole("seed", "seed") ?? defaults.seed,
    objective: objectiveFrom(values),
    budget: minutes === undefined ? { trials } : { trials, minutes },
    recipe: {
      ...recipe,
      steps: whole("steps", "steps") ?? recipe.steps,
      batchSize: whole("batch", "batchSize") ?? recipe.batchSize,
      learningRate: real("learning-rate", "learningRate") ?? recipe.learningRate,
      validationImages: whole("images", "validationImages") ?? recipe.validationImages,
      timeLimitSeconds: real("time-limit", "timeLimitSeconds") ?? recipe.timeLimitSeconds,
    },
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
