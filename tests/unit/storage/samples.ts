import {
  architectureKey,
  type Checkpoint,
  createRandom,
  defaultSettings,
  reward,
  type SpaceName,
  type Study,
  spaces,
  type Trial,
} from "../../../src/core";
import type { Dataset } from "../../../src/data/dataset";

/** A vector of a space, drawn with a seed. */
function sampleDecisions(space: SpaceName, seed: number): number[] {
  const random = createRandom(seed);
  return spaces[space].decisions.map(({ choices }) => random.integer(choices.length));
}

/** A trial with both reports, as a search would have written it. */
export function sampleTrial(number: number, decisions = sampleDecisions("factorized-browser", number)): Trial {
  const space = Object.values(spaces).find((one) => one.decisions.length === decisions.length);
  if (!space) throw new Error(`No space has ${decisions.length} decisions.`);
  const objective = { targetMs: 20, alpha: 0, beta: -1 };
  const correct = 250 + number;
  const medianMs = 12.5 + number;
  return {
    number,
    decisions,
    key: architectureKey(space.decode(decisions)),
    accuracy: {
      accuracy: correct / 500,
      correct,
      images: 500,
      steps: 40,
      trainingLoss: 1.25,
      validationLoss: 1.375,
      probability: 0.4375,
      seed: 3735928559,
      engine: "tfjs",
      backend: "wasm",
      seconds: 7.5,
    },
    latency: {
      medianMs,
      intervalMs: [medianMs - 0.5, medianMs + 0.75],
      p90Ms: medianMs + 2,
      samplesMs: [medianMs - 1, medianMs, medianMs + 3],
      droppedSamples: 2,
      ended: "time-up",
      sustained: { medianMs: 8, intervalMs: [7.75, 8.5] },
      reference: { beforeMs: 3, betweenMs: 3.125, afterMs: 3.25, quietMs: 2.75, waitedMs: 120 },
      firstRunMs: 480.2,
      compileMs: 320.5,
      timerStepMs: 0.1,
      device: {
        platform: "tfjs-webgl",
        platformVersion: "4.22.0",
        gpu: "ANGLE (Test, Adapter, OpenGL ES 3.2)",
        software: false,
        thread: "page",
        crossOriginIsolated: true,
        userAgent: "Test/1.0",
        fallback: "This browser has no WebGL in workers.",
      },
      takenAt: "2026-11-22T10:00:00.000Z",
    },
    retries: ["The worker ended."],
    objective,
    reward: reward({ accuracy: correct / 500, latencyMs: medianMs }, objective),
  };
}

/** A trial whose training diverged. */
export function failedTrial(number: number, message: string): Trial {
  const { accuracy: _, latency: __, ...trial } = sampleTrial(number);
  return { ...trial, failure: { stage: "training", code: "diverged", message }, reward: 0 };
}

export function sampleStudy(trials: readonly Trial[] = [], id = "study-1"): Study {
  return {
    id,
    name: "Shapes at 20 ms",
    createdAt: "2026-11-22T09:00:00.000Z",
    settings: { ...defaultSettings, budget: { trials: 40, minutes: 30 } },
    data: {
      name: "Textured shapes",
      hash: "0123456789abcdef".repeat(4),
      classes: 10,
      channels: 3,
      trainImages: 4000,
      validationImages: 1000,
    },
    trials,
    status: "open",
    elapsedSeconds: 0,
  };
}

export function sampleCheckpoint(elapsedSeconds = 0, bytes = 64): Checkpoint {
  return {
    controller: {
      name: "ppo",
      weights: { kernel: new Float64Array(bytes / 8).fill(0.5), steps: 3 },
      random: [1, 2, 3, 4],
    },
    pending: [sampleDecisions("factorized-browser", 90), sampleDecisions("factorized-browser", 91)],
    evaluated: { [sampleTrial(4).key]: { accuracy: sampleTrial(4).accuracy, retries: ["The worker ended."] } },
    objective: { targetMs: 20, alpha: 0, beta: -1 },
    elapsedSeconds,
  };
}

export function sampleDataset(hash = sampleStudy().data.hash): Dataset {
  const images = (count: number) => ({
    pixels: Uint8Array.from({ length: count * 4 * 4 * 3 }, (_, i) => (i * 7) % 256),
    labels: Uint16Array.from({ length: count }, (_, i) => i % 10),
    count,
  });
  return {
    name: "Textured shapes",
    hash,
    height: 4,
    width: 4,
    channels: 3,
    classes: 10,
    classNames: ["disc", "ring", "bar", "cross", "star", "wave", "grid", "dots", "cone", "leaf"],
    train: images(20),
    validation: images(10),
  };
}
