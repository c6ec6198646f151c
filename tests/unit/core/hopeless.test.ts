import { describe, expect, test } from "vitest";
import {
  type AccuracyReport,
  type Architecture,
  createSearch,
  defaultSettings,
  firstCheckpoint,
  type LatencyReport,
  StoppedHalfway,
  type StudySettings,
  type Trial,
} from "../../../src/core";
import { accuracyReport, latencyReport, memoryJournal } from "./fakes";

/** What a made-up network shows: its latency, its loss halfway, its accuracy where it is trained to the end. */
interface Made {
  latencyMs: number;
  halfwayLoss: number;
  accuracy: number;
}

/** Searches over made-up networks, by trial number. */
async function searchOver(made: (trial: number) => Made, change: Partial<StudySettings>) {
  const settings: StudySettings = { ...defaultSettings, controller: "random", budget: { trials: 12 }, ...change };
  const trainedToEnd: number[] = [];
  const trials: Trial[] = [];
  await createSearch({
    settings: { ...settings, lookahead: 1 },
    trials: [],
    checkpoint: firstCheckpoint(settings),
    trainer: {
      concurrency: 1,
      async train(architecture, trial, halfwayLimit = Number.POSITIVE_INFINITY) {
        const { accuracy, halfwayLoss } = made(trial);
        if (halfwayLoss > halfwayLimit) throw new StoppedHalfway(halfwayLoss);
        trainedToEnd.push(trial);
        return { report: accuracyOf(architecture, accuracy, halfwayLoss), retries: [] };
      },
    },
    profiler: {
      profile: async (architecture, trial) => ({ report: latencyOf(architecture, made(trial)), retries: [] }),
    },
    journal: memoryJournal(),
    clock: () => 0,
    onTrial: (trial) => trials.push(trial),
  }).run();
  return { trials, trainedToEnd };
}

const accuracyOf = (architecture: Architecture, accuracy: number, halfwayLoss: number): AccuracyReport => ({
  ...accuracyReport(architecture),
  accuracy,
  halfwayLoss,
});
const latencyOf = (architecture: Architecture, { latencyMs }: Made): LatencyReport => ({
  ...latencyReport(architecture),
  medianMs: latencyMs,
});

const hard = { targetMs: 20, alpha: 0, beta: -1 };
const soft = { targetMs: 20, alpha: -0.07, beta: -0.07 };
const numbers = (trials: readonly Trial[]) => trials.map(({ number }) => number);

describe("a network beyond a hard target", () => {
  /** Ever slower, all equally accurate; halfway each a little better than the last, so that none is ended there. */
  const ever = (trial: number): Made => ({ latencyMs: 10 + 5 * trial, halfwayLoss: 2 - trial / 100, accuracy: 0.5 });

  test("is not trained where it would lose with all images right, and counts with the mean accuracy", async () => {
    const { trials, trainedToEnd } = await searchOver(ever, { objective: hard });
    // The incumbent earns 0.5. With an accuracy of 1 a network at 40 ms earns as much, one beyond it less.
    const beyond = numbers(trials.filter(({ latency }) => (latency?.medianMs as number) > 40));
    expect(beyond).toEqual([7, 8, 9, 10, 11]);
    expect(numbers(trials.filter(({ skipped }) => skipped?.reason === "beyond-target"))).toEqual(beyond);
    expect(trainedToEnd).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const last = trials[11] as Trial;
    expect(last.skipped?.assumedAccuracy).toBeCloseTo(0.5, 12);
    expect(last.reward).toBeCloseTo((0.5 * 20) / 65, 12);
  });

  test.each([
    ["a soft objective", { objective: soft }],
    ["the paper's way", { objective: hard, skipHopeless: false }],
  ])("is trained under %s", async (_, change) => {
    expect((await searchOver(ever, change)).trainedToEnd).toHaveLength(12);
  });
});

describe("a network that learns worse", () => {
  /** Accuracy falls by 0.1 with every 0.2 of loss halfway. */
  const onLine = (latencyMs: number, halfwayLoss: number): Made => ({
    latencyMs,
    halfwayLoss,
    accuracy: 1 - halfwayLoss / 2,
  });
  const made: Made[] = [
    ...[0.6, 0.8, 1].map((loss) => onLine(10, loss)),
    onLine(10, 1.2), // three at 10 ms are better
    onLine(9, 1.8), // faster than all that is known
    onLine(12, 0.9), // only two are better
    onLine(12, 1.1),
    ...Array.from({ length: 5 }, () => onLine(12, 0.5)),
  ];

  test("than three that are no slower is ended halfway; the faster ones never are", async () => {
    const { trials, trainedToEnd } = await searchOver((trial) => made[trial] as Made, { objective: soft });
    expect(numbers(trials.filter(({ skipped }) => skipped))).toEqual([3, 6]);
    expect(trainedToEnd).toEqual([0, 1, 2, 4, 5, 7, 8, 9, 10, 11]);
    // All known networks lie on one line.
    expect(trials[3]?.skipped).toMatchObject({ reason: "learns-worse", halfwayLoss: 1.2 });
    expect(trials[3]?.skipped?.assumedAccuracy).toBeCloseTo(0.4, 12);
    expect(trials[6]?.skipped?.assumedAccuracy).toBeCloseTo(0.45, 12);
    expect(trials[3]?.reward).toBeCloseTo(0.4 * (10 / 20) ** -0.07, 12);
    expect(trials[3]?.accuracy).toBeUndefined();
  });

  test("is trained to the end in the paper's way", async () => {
    const change = { objective: soft, skipHopeless: false };
    expect((await searchOver((trial) => made[trial] as Made, change)).trainedToEnd).toHaveLength(12);
  });
});
