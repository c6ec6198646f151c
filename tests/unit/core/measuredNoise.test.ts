import { describe, expect, test } from "vitest";
import {
  accuracyInterval,
  accuracySpread,
  createRandom,
  estimateNoise,
  gatherNoise,
  noiseTrainings,
  type Random,
  type Study,
  seedDeviation,
  seedNoise,
  type Trial,
} from "../../../src/core";
import { failedTrial, sampleStudy, sampleTrial } from "../storage/samples";

const IMAGES = 2000;

/** A trial whose network gets this share of the images right. */
function trialWith(number: number, accuracy: number): Trial {
  const trial = sampleTrial(number);
  return { ...trial, accuracy: { ...report(accuracy), seed: number } };
}

function report(accuracy: number) {
  const { accuracy: sample } = sampleTrial(0);
  if (!sample) throw new Error("The sample has no accuracy.");
  return { ...sample, accuracy, correct: accuracy * IMAGES, images: IMAGES };
}

/** A study of networks whose true accuracies scatter by `between` around 0.8, with the recipe's own noise on top. */
function simulated(networks: number, between: number, random: Random): Study {
  const study = sampleStudy();
  const seed = seedDeviation(study.settings.recipe);
  const trials = Array.from({ length: networks }, (_, number) => {
    const truth = 0.8 + between * random.normal() + seed * random.normal();
    let correct = 0;
    for (let i = 0; i < IMAGES; i++) if (random.uniform() < truth) correct++;
    return trialWith(number, correct / IMAGES);
  });
  return { ...study, trials };
}

describe("the trainings that tell the noise", () => {
  test("are of the fastest, the middle and the slowest trained network, each from two seeds of its own", () => {
    // Latency rises with the number of a sample.
    const repeat = { ...sampleTrial(9), repeats: 0 };
    const trials = [failedTrial(0, "No."), ...[5, 3, 1, 4, 2].map((number) => sampleTrial(number)), repeat];
    const wanted = noiseTrainings(sampleStudy(trials));
    expect(wanted.map(({ trial }) => trial)).toEqual([1, 1, 3, 3, 5, 5]);
    expect(wanted.map(({ repetition }) => repetition)).toEqual([1, 2, 1, 2, 1, 2]);
    expect(new Set(wanted.map(({ seed }) => seed)).size).toBe(6);
  });

  test("are of as many networks as there are", () => {
    const of = (count: number) =>
      noiseTrainings(sampleStudy(Array.from({ length: count }, (_, number) => sampleTrial(number))));
    expect([0, 1, 2, 3].map((count) => of(count).length)).toEqual([0, 2, 4, 6]);
  });
});

describe("the noise that was measured", () => {
  test("is pooled over the networks, their own trials included", () => {
    const study = sampleStudy([trialWith(0, 0.5), trialWith(1, 0.7), trialWith(2, 0.9)]);
    const noise = gatherNoise([
      { trial: 2, report: report(0.92) },
      { trial: 0, report: report(0.5) },
      { trial: 0, report: report(0.53) },
    ]);
    // Squares around the means: 0.0006 of 0.5, 0.5, 0.53 and 0.0002 of 0.9, 0.92; 2 + 1 degrees.
    const estimate = estimateNoise({ ...study, noise });
    expect(estimate).toMatchObject({ degrees: 3, networks: 2, trainings: 5 });
    expect(estimate?.deviation).toBeCloseTo(Math.sqrt(0.0008 / 3), 10);
    expect(estimateNoise(study)).toBeUndefined();
    expect(estimateNoise({ ...study, noise: { networks: [] } })).toBeUndefined();
  });

  test("takes the place of the bench's in the intervals, which hold the truth in 95 of 100 studies", () => {
    const { recipe } = sampleStudy().settings;
    const truth = 0.8;
    const hash = seedNoise[0]?.hash;
    const scatter = 3 * seedDeviation(recipe, hash); // these images are noisier than the bench's
    const random = createRandom(2);
    const runs = 2000;
    let covered = 0;
    let withoutIt = 0;
    const train = () => report(truth + scatter * random.normal());
    for (let run = 0; run < runs; run++) {
      const trials = [0, 1, 2].map((number) => ({ ...sampleTrial(number), accuracy: train() }));
      const found = [0, 0, 1, 1, 2, 2].map((trial) => ({ trial, report: train() }));
      const estimate = estimateNoise({ trials, noise: gatherNoise(found) });
      const one = { ...train(), images: 1e9 }; // no noise of counting
      const covers = ([low, high]: readonly [number, number]) => low <= truth && truth <= high;
      if (covers(accuracyInterval(one, recipe, { hash, noise: estimate }))) covered++;
      if (covers(accuracyInterval(one, recipe, { hash }))) withoutIt++;
    }
    expect(covered / runs).toBeGreaterThan(0.93);
    expect(covered / runs).toBeLessThan(0.97);
    expect(withoutIt / runs).toBeLessThan(0.6);
  });
});

describe("the spread of a study's accuracies", () => {
  test("is taken for luck where the networks are all alike, in 95 of 100 studies", () => {
    const random = createRandom(3);
    const lucky = Array.from({ length: 300 }, () => accuracySpread(simulated(14, 0, random))?.mayBeLuck);
    const share = lucky.filter(Boolean).length / lucky.length;
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.99);
  });

  test("is not where they differ by three times the noise, and tells how much of it is real", () => {
    const random = createRandom(4);
    const { noise = 0 } = accuracySpread(simulated(14, 0, random)) ?? {};
    const spreads = Array.from({ length: 60 }, () => accuracySpread(simulated(40, 3 * noise, random)));
    expect(spreads.some((spread) => spread?.mayBeLuck)).toBe(false);
    const shares = spreads.map((spread) => spread?.real ?? 0);
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(0.9, 1); // 9 / (9 + 1)
  });

  test("needs two networks; failures and repeats are none", () => {
    const [one, two] = [trialWith(0, 0.5), trialWith(1, 0.6)];
    expect(accuracySpread(sampleStudy([one, failedTrial(1, "No."), { ...two, repeats: 0 }]))).toBeUndefined();
    expect(accuracySpread(sampleStudy([one, two]))?.deviation).toBeCloseTo(0.1 / Math.SQRT2, 10);
  });
});
