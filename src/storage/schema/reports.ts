import * as z from "zod/mini";
import type {
  AccuracyReport,
  DataReference,
  Device,
  Evaluation,
  LatencyReport,
  Objective,
  Platform,
  ReferenceDrift,
  Skipped,
  TrialFailure,
} from "../../core";
import { latencyRule, limits } from "../../core";
import { anyReal, choice, flag, group, hexHash, list, literal, moment, real, since, text, whole } from "./fields";

export const platformSchema = choice<Platform>("Runtime that is timed", {
  "tfjs-webgl": "TensorFlow.js on WebGL",
  "tfjs-webgpu": "TensorFlow.js on WebGPU",
  "tfjs-wasm": "TensorFlow.js on WebAssembly",
});

export const objectiveSchema = group(
  {
    targetMs: real("Target latency T, ms", limits.targetMs),
    alpha: real("Exponent of latency / T where latency is within T", limits.alpha),
    beta: real(
      "Exponent of latency / T where latency is beyond T; weight of the distance in absolute form",
      limits.beta,
    ),
    form: z.optional(literal("absolute", "Absolute form: reward = accuracy + beta x |latency / T - 1|")),
  },
  "Objective of the search: reward = accuracy x (latency / T)^w, w = alpha within T and beta beyond it",
) satisfies z.ZodMiniType<Objective>;

export const accuracySchema = group(
  {
    accuracy: real("correct / images", [0, 1]),
    correct: whole("Held-out images that were classified correctly"),
    images: whole("Held-out images on which accuracy was counted", [1, Number.MAX_SAFE_INTEGER]),
    steps: whole("Training steps (batches)"),
    trainingLoss: anyReal("Mean training loss over the last quarter of the steps, nats"),
    halfwayLoss: z.optional(anyReal("Mean training loss over the last eighth of the first half of the steps, nats")),
    validationLoss: z.optional(anyReal("Mean cross-entropy on the held-out images, nats")),
    probability: z.optional(real("Mean softmax probability of the right class on the held-out images", [0, 1])),
    seed: whole("Seed of weights, order of images and dropout"),
    engine: text("Training engine: simd is Mnasium's own, tfjs is TensorFlow.js"),
    backend: text("What the engine computed on: wasm or webgl"),
    seconds: real("Duration of training and validation, s"),
  },
  "How accuracy was obtained",
) satisfies z.ZodMiniType<AccuracyReport>;

const deviceSchema = group(
  {
    platform: platformSchema,
    platformVersion: text("Version of the runtime"),
    gpu: text('What the driver calls the GPU; "CPU" where no GPU takes part'),
    software: flag("The GPU is a program on the CPU: its speed says nothing about GPUs"),
    thread: choice<Device["thread"]>("Where the runtime lived", {
      worker: "its own thread",
      page: "the page's thread",
    }),
    crossOriginIsolated: flag("The page was cross-origin isolated, so that its clock is finer"),
    userAgent: text("What the browser calls itself"),
    fallback: z.optional(text("Why this is not the first choice of runtime")),
  },
  "What latency was measured on",
) satisfies z.ZodMiniType<Device>;

const referenceSchema = group(
  {
    beforeMs: real("Lower quartile before the measurement, ms"),
    betweenMs: z.optional(real("Lower quartile between the single inferences and the bursts, ms")),
    afterMs: real("Lower quartile after it, ms"),
    quietMs: real("What it took on this device when quiet: the lower quartile of those so far, ms"),
    waitedMs: real("Time waited for the machine to become quiet, ms"),
  },
  "A fixed small network timed before and after on the same runtime",
) satisfies z.ZodMiniType<ReferenceDrift>;

function intervalSchema(about: string) {
  return z
    .tuple([real("Lower end, ms"), real("Upper end, ms")], "a list of two numbers, the ends of the interval")
    .check(z.describe(about));
}

const latencyFields = group(
  {
    medianMs: real("Median of the single inferences, ms"),
    intervalMs: intervalSchema("95 % confidence interval of the median, ms"),
    p90Ms: real("90th percentile of the single inferences, ms"),
    samplesMs: list(
      real("One inference, dispatch to readable output, ms"),
      "Inferences in the order they were taken, ms",
    ),
    droppedSamples: since(whole("Samples that do not count: the tab was hidden, or the machine was not quiet"), 0),
    ended: z.optional(
      choice<LatencyReport["ended"]>("Why sampling ended; derived from the interval where absent", {
        precise: "the interval was within 3 % of the median",
        "time-up": "the time was up before",
      }),
    ),
    sustained: z.optional(
      group(
        { medianMs: real("Median, ms"), intervalMs: intervalSchema("95 % confidence interval, ms") },
        "One more inference where several are queued before any is read, ms",
      ),
    ),
    reference: z.optional(referenceSchema),
    firstRunMs: real("First run, shader compilation included, ms"),
    compileMs: z.optional(real("The part of it that went to compiling and linking alone, ms")),
    timerStepMs: real("Smallest step of the clock, ms"),
    device: deviceSchema,
    takenAt: moment("When sampling began, ISO 8601"),
  },
  "How latency was obtained: batch 1 at deploy scale",
);

/** Reports of before do not say why sampling ended, but their interval does. */
export const latencySchema = z.pipe(
  latencyFields,
  z.transform(({ ended, ...report }: z.output<typeof latencyFields>): LatencyReport => {
    const { medianMs, intervalMs } = report;
    const reach = Math.max(intervalMs[1] - medianMs, medianMs - intervalMs[0]);
    return { ...report, ended: ended ?? (reach <= latencyRule.precision * medianMs ? "precise" : "time-up") };
  }),
) satisfies z.ZodMiniType<LatencyReport>;

export const earlierLatenciesSchema = z.optional(
  list(latencySchema, "Earlier measurements of the same network, oldest first", [0, 1000]),
);

export const failureSchema = group(
  {
    stage: choice<TrialFailure["stage"]>("What failed", { training: "the short training", timing: "the timing" }),
    code: choice<TrialFailure["code"]>("Why", {
      diverged: "the loss was no longer a number",
      "time-limit": "it took longer than the recipe allows",
      "worker-died": "its thread ended twice",
      "out-of-memory": "the device had no memory left",
      error: "see the message",
    }),
    message: text("The reason in words", 10_000),
  },
  "Why a measurement is missing",
) satisfies z.ZodMiniType<TrialFailure>;

const skippedSchema = group(
  {
    reason: choice<Skipped["reason"]>("Why", {
      "beyond-target": "so far beyond a hard target that it would lose with all images right: not trained",
      "learns-worse": "halfway through, several networks that are no slower had learnt better: not trained on",
    }),
    assumedAccuracy: real("The accuracy that its reward counts it with", [0, 1]),
    halfwayLoss: z.optional(
      anyReal("Mean training loss just before half of the steps, where training was begun, nats"),
    ),
  },
  "Why a network that was timed was not trained to the end",
) satisfies z.ZodMiniType<Skipped>;

export const evaluationFields = {
  accuracy: z.optional(accuracySchema),
  latency: z.optional(latencySchema),
  failure: z.optional(failureSchema),
  skipped: z.optional(skippedSchema),
  retries: z.optional(list(text("Reason", 10_000), "Attempts that were lost before this result, with the reason")),
};

export const evaluationSchema = group(
  evaluationFields,
  "What was found out about one candidate",
) satisfies z.ZodMiniType<Evaluation>;

export function channelsSchema(about: string): z.ZodMiniType<number> {
  return z.literal([1, 3], "1 or 3").check(z.describe(about));
}

export const dataSchema = group(
  {
    name: text("Name of the data set"),
    hash: hexHash("SHA-256 of pixels and labels"),
    classes: whole("Classes", [2, 1000]),
    channels: channelsSchema("Channels of an image"),
    trainImages: whole("Images for training"),
    validationImages: whole("Held-out images"),
  },
  "Data set that candidates were trained on",
) satisfies z.ZodMiniType<DataReference>;
