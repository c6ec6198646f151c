import * as z from "zod/mini";
import type {
  Augmentation,
  Checkpoint,
  Comparison,
  ControllerName,
  EngineName,
  ExperimentPart,
  Finals,
  FinalsSettings,
  MeasuredNoise,
  Optimizer,
  Recipe,
  Scale,
  Schedule,
  SpaceName,
  Study,
  StudySettings,
  Trial,
} from "../../core";
import { limits, sideLimits } from "../../core";
import { anyReal, choice, flag, group, list, literal, moment, real, since, text, whole } from "./fields";
import {
  accuracySchema,
  channelsSchema,
  dataSchema,
  earlierLatenciesSchema,
  evaluationFields,
  evaluationSchema,
  failureSchema,
  latencySchema,
  objectiveSchema,
  platformSchema,
} from "./reports";

export const spaceNameSchema = choice<SpaceName>("Search space", {
  "factorized-browser": "the factorized hierarchical space over five blocks for a browser",
  "factorized-mobilenet-v2": "the same over MobileNetV2's seven blocks, as in the MnasNet paper",
  "flat-browser": "every layer of the browser's five blocks by itself",
  "cells-browser": "a normal and a reduction cell of five steps, as in the NASNet paper",
});

export const controllerNameSchema = choice<ControllerName>("What proposes architectures", {
  guided: "models of accuracy and latency, fitted to the trials so far; the largest expected improvement is next",
  ppo: "an LSTM trained by PPO, the paper's",
  reinforce: "one softmax a decision, trained by REINFORCE",
  evolution: "regularized evolution",
  nsga2: "NSGA-II over accuracy and latency",
  random: "uniform random search",
});

export const decisionsSchema = list(
  whole("Index of the choice, from 0", [0, 1000]),
  "One choice's index per decision of the space, in the space's order",
  [1, 1000],
);

export function scaleSchema(inputSize: readonly [number, number]) {
  return group(
    {
      inputSize: whole("Side of the square input image, px", inputSize),
      widthMultiplier: real("Factor on every layer's channels", limits.widthMultiplier),
      classes: whole("Classes", [2, 1000]),
      channels: z.optional(channelsSchema("Channels of the input image; 3 where absent")),
    },
    "Size at which an architecture becomes a network",
  ) satisfies z.ZodMiniType<Scale>;
}

const augmentationSchema = group(
  {
    flip: flag("Mirrors every second image left to right"),
    shift: whole("Largest shift along each side, px at proxy scale", limits.shift),
    cutout: whole("Side of a square set to the mean colour, px at proxy scale; 0 for none", limits.cutout),
  },
  "How training images are varied, drawn anew each time an image is used",
) satisfies z.ZodMiniType<Augmentation>;

const optimizerSchema = choice<Optimizer>("What turns gradients into steps", {
  sgd: "gradient descent with Nesterov momentum",
  rmsprop: "RMSProp with momentum, decay 0.9, epsilon 0.001, as in the MnasNet paper",
});

const scheduleSchema = choice<Schedule>("How the learning rate runs", {
  cosine: "linear warm-up over a tenth of the steps, then a cosine to zero",
  "one-cycle": "a cosine up from 1/25 of the peak over 3/10 of the steps, then a cosine down to 1/10,000 of it",
});

export const recipeSchema = group(
  {
    steps: whole("Training steps (batches)", limits.steps),
    batchSize: whole("Images in a batch", limits.batchSize),
    optimizer: since(optimizerSchema, "sgd"),
    schedule: since(scheduleSchema, "cosine"),
    learningRate: real("Peak of the schedule", limits.learningRate),
    momentum: real("Momentum of the optimizer", limits.momentum),
    weightDecay: real("L2 weight decay of kernels", limits.weightDecay),
    labelSmoothing: real("Label smoothing", limits.labelSmoothing),
    gradientClip: since(real("Largest norm of the whole gradient; 0 for no clipping", limits.gradientClip), 0),
    averageDecay: since(
      real("Decay of the moving average of the weights that is validated; 0 for the last weights", limits.averageDecay),
      0,
    ),
    augmentation: since(augmentationSchema, { flip: false, shift: 0, cutout: 0 }),
    validationImages: whole("Held-out images on which accuracy is counted", limits.validationImages),
    timeLimitSeconds: real("A candidate that is not done after this has failed, s", limits.timeLimitSeconds),
  },
  "How long and how a candidate is trained",
) satisfies z.ZodMiniType<Recipe>;

const engineSchema = choice<EngineName>("What trains candidates", {
  simd: "Mnasium's own WebAssembly SIMD kernels, the same bits on every device",
  "tfjs-webgl": "TensorFlow.js on WebGL",
  "tfjs-wasm": "TensorFlow.js on WebAssembly",
});

const finalsSettingsSchema = group(
  {
    finalists: whole("Most networks of the front that take part", limits.finalists),
    seeds: whole("How often each is trained, from different seeds", limits.finalSeeds),
    recipe: recipeSchema,
  },
  "How finalists are trained",
) satisfies z.ZodMiniType<FinalsSettings>;

const settingsSchema = group(
  {
    space: spaceNameSchema,
    controller: controllerNameSchema,
    engine: since(engineSchema, "tfjs-wasm"),
    platform: platformSchema,
    seed: whole("Seed of the whole study", limits.seed),
    objective: objectiveSchema,
    budget: group(
      {
        trials: whole("Trials, repeats not counted", limits.trials),
        minutes: z.optional(real("Minutes of running, pauses not counted", limits.minutes)),
      },
      "When the study ends by itself: at whichever comes first",
    ),
    recipe: recipeSchema,
    proxy: scaleSchema(limits.proxyInputSize).check(z.describe("Scale for training during the search")),
    deploy: scaleSchema(limits.deployInputSize).check(z.describe("Scale for timing and use")),
    lookahead: whole("Trials that may be under way at once", limits.lookahead),
    skipHopeless: since(
      flag("Networks are timed first; what cannot win any more is not trained, or not to the end"),
      false,
    ),
    finals: z.optional(finalsSettingsSchema),
  },
  "Everything that fixes the search",
) satisfies z.ZodMiniType<StudySettings>;

export const trialSchema = group(
  {
    number: whole("Position in the study, from 0"),
    decisions: decisionsSchema,
    key: text(
      "Names the network: equal for equal networks. Derived from the decisions, and derived anew when read",
      10_000,
    ),
    ...evaluationFields,
    earlierLatencies: earlierLatenciesSchema,
    repeats: z.optional(whole("Number of the earlier trial with the same network, whose reports stand here too")),
    objective: objectiveSchema.check(z.describe("Objective under which the controller was told")),
    reward: anyReal("Reward that the controller was told; in absolute form it may be negative"),
  },
  "One evaluated architecture",
) satisfies z.ZodMiniType<Trial>;

const comparisonSchema = group(
  {
    id: text("Names the comparison: the same for all sides", 100),
    side: whole("Which side this study is, from 0", [0, sideLimits[1] - 1]),
    sides: whole("How many sides there are", sideLimits),
    label: text("What the person calls this side"),
  },
  "The study is one side of a comparison: studies that differ in the objective alone, searched at the same time",
) satisfies z.ZodMiniType<Comparison>;

const finalistSchema = group(
  {
    trial: whole("Number of its trial"),
    accuracies: list(accuracySchema, "One a seed that is done", [0, limits.finalSeeds[1]]),
    latency: z.optional(latencySchema),
    failure: z.optional(failureSchema),
    retries: evaluationFields.retries,
  },
  "A trial of the front, trained again longer and with several seeds, and timed again",
);

const finalsSchema = group(
  {
    settings: finalsSettingsSchema,
    objective: objectiveSchema.check(z.describe("Objective under which they were chosen")),
    finalists: list(finalistSchema, "Best first by the reward of their trials", [0, limits.finalists[1]]),
  },
  "The finalists stage: the top of one noisy ranking, trained and timed again",
) satisfies z.ZodMiniType<Finals>;

const noiseSchema = group(
  {
    networks: list(
      group(
        {
          trial: whole("Number of its trial, whose own accuracy counts as one more seed"),
          accuracies: list(accuracySchema, "One a training, each from a seed of its own", [0, 100]),
        },
        "A network that was trained again",
      ),
      "The networks, by trial",
      [0, 100],
    ),
  },
  "Networks of the study, trained again by its own recipe from other seeds: how far trainings of one network lie apart",
) satisfies z.ZodMiniType<MeasuredNoise>;

const experimentSchema = group(
  {
    name: text("Names the experiment, for example table-5", 100),
    begunAt: moment("When this run of the experiment began, ISO 8601: the same for all its studies"),
    part: z.optional(text("Which of the run's studies it is; absent where all are sides of one comparison", 100)),
  },
  "The experiment of the Lab that the study belongs to",
) satisfies z.ZodMiniType<ExperimentPart>;

const studyFields = {
  id: text("Names the study on every device", 100),
  name: text("Name that a person gave"),
  createdAt: moment("When the study began, ISO 8601"),
  settings: settingsSchema,
  data: dataSchema,
  status: choice<Study["status"]>("Whether the study can go on", { open: "it can", finished: "its budget is spent" }),
  elapsedSeconds: real("Running time, pauses not counted, s"),
  finals: z.optional(finalsSchema),
  comparison: z.optional(comparisonSchema),
  noise: z.optional(noiseSchema),
  experiment: z.optional(experimentSchema),
};

const studySchema = group(
  { ...studyFields, trials: list(trialSchema, "Trials in order", [0, 100_000]) },
  "The study",
) satisfies z.ZodMiniType<Study>;

/** A study's row in the journal: its trials lie in rows of their own, and only what a list shows of them is here. */
export const studyRowSchema = group(
  {
    ...studyFields,
    trialCount: whole("Trials on disk"),
    bestReward: z.optional(anyReal("Highest reward under the study's present objective")),
  },
  "A study without its trials",
);

/** The controller's state is its own affair: only its name is looked at. */
export const checkpointSchema = group(
  {
    controller: z.looseObject({ name: controllerNameSchema }, "an object with the field name"),
    pending: list(decisionsSchema, "Vectors asked for but not yet told"),
    evaluated: z.record(z.string(), evaluationSchema, "an object of evaluations"),
    objective: objectiveSchema,
    elapsedSeconds: real("Running time, s"),
  },
  "What a study needs beside its trials to go on",
) satisfies z.ZodMiniType<Checkpoint>;

/** Version 1 of the file that holds one whole study. */
export const studyFileSchema = group(
  {
    format: literal("mnasium-study", "Says that this is a study of Mnasium"),
    version: literal(1, "Version of this format"),
    appVersion: text("Version of Mnasium that wrote the file", 100),
    exportedAt: moment("When the file was written, ISO 8601"),
    study: studySchema,
  },
  "One search by Mnasium: settings, data set and every trial in order. Times in ms unless said otherwise.",
);

/** A row as it is written: what was found beside the trials is never changed in place. */
export type StudyRow = Omit<z.infer<typeof studyRowSchema>, "finals" | "noise"> & Pick<Study, "finals" | "noise">;
export type StudyFile = z.infer<typeof studyFileSchema>;
