import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AccuracyReport,
  beginFinals,
  chooseFinalists,
  createFinals,
  createRandom,
  defaultFinals,
  defaultSettings,
  deriveSeed,
  EvaluationError,
  exponents,
  type Finals,
  type FinalsStageOptions,
  finalistSeeds,
  finalsAreDone,
  finalsProgress,
  limits,
  type Objective,
  type Study,
  spaces,
  type Trial,
} from "../../../src/core";
import { sampleStudy, sampleTrial } from "../storage/samples";
import { accuracyReport, deferred, latencyReport } from "./fakes";

const objective: Objective = { targetMs: 20, ...exponents.soft };

/** A trial of another network with these figures. */
function trialOf(number: number, accuracy: number, medianMs: number, change: Partial<Trial> = {}): Trial {
  const trial = sampleTrial(number);
  const { accuracy: known, latency } = trial;
  if (!known || !latency) throw new Error("The sample has both.");
  const correct = Math.round(accuracy * 500);
  return {
    ...trial,
    accuracy: { ...known, correct, accuracy: correct / 500 },
    latency: { ...latency, medianMs, intervalMs: [medianMs * 0.99, medianMs * 1.01] },
    ...change,
  };
}

/** A front of seven, and what is dominated or cannot take part. */
const trials: Trial[] = [
  trialOf(0, 0.2, 5),
  trialOf(1, 0.3, 8),
  trialOf(2, 0.4, 12),
  trialOf(3, 0.35, 13),
  trialOf(4, 0.5, 18),
  trialOf(5, 0.6, 25),
  trialOf(6, 0.62, 40),
  trialOf(7, 0.7, 90),
  trialOf(8, 0.9, 4, { failure: { stage: "timing", code: "error", message: "x" } }),
  trialOf(9, 0.95, 3, { accuracy: undefined, skipped: { reason: "beyond-target", assumedAccuracy: 0.4 } }),
  trialOf(10, 0.6, 25, { repeats: 5 }),
];
const study: Study = { ...sampleStudy(trials), settings: { ...sampleStudy().settings, objective } };
const settings = { ...defaultFinals(study.settings), finalists: 4 };

describe("who takes part", () => {
  test("the front by brute force, best first, at most as many as asked for", () => {
    const arbitrary = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 6 }), (figures, most) => {
        const all = figures.map(([correct, ms], number) => trialOf(number, correct / 20, ms));
        const value = ({ accuracy, latency }: Trial) => ({
          accuracy: accuracy?.accuracy ?? 0,
          ms: latency?.medianMs ?? 0,
        });
        const front = all.filter((trial) => {
          const [a, ms] = [value(trial).accuracy, value(trial).ms];
          return all.every((other) => {
            const o = value(other);
            const better = o.accuracy >= a && o.ms <= ms && (o.accuracy > a || o.ms < ms);
            const equalAndEarlier = o.accuracy === a && o.ms === ms && other.number < trial.number;
            return !better && !equalAndEarlier;
          });
        });
        const reward = (trial: Trial) => value(trial).accuracy * (value(trial).ms / objective.targetMs) ** -0.07;
        const best = front.map(reward).sort((a, b) => b - a);
        const chosen = chooseFinalists(all, objective, most);
        expect(chosen.every((trial) => front.includes(trial))).toBe(true);
        expect(chosen).toHaveLength(Math.min(most, front.length));
        for (const [index, trial] of chosen.entries()) expect(reward(trial)).toBeCloseTo(best[index] ?? Number.NaN, 12);
      }),
      { numRuns: 60 },
    );
  });

  test("failures, skipped networks and repeats do not", () => {
    const numbers = chooseFinalists(trials, objective, 20).map(({ number }) => number);
    expect([...numbers].sort((a, b) => a - b)).toEqual([0, 1, 2, 4, 5, 6, 7]);
  });

  test("a default stage is longer, on all held-out images, and within the limits", () => {
    const { recipe } = study.settings;
    expect(defaultFinals(study.settings)).toMatchObject({
      finalists: 5,
      seeds: 3,
      recipe: { steps: 4 * recipe.steps, timeLimitSeconds: 4 * recipe.timeLimitSeconds, validationImages: 100_000 },
    });
    const long = { ...recipe, steps: 19_000, timeLimitSeconds: 80_000 };
    const { recipe: longest } = defaultFinals({ recipe: long });
    expect(longest.steps).toBe(limits.steps[1]);
    expect(longest.timeLimitSeconds).toBe(limits.timeLimitSeconds[1]);
  });

  test("seeds differ between networks and trainings, and from those of the search", () => {
    const seeds = Array.from({ length: 50 }, (_, trial) => finalistSeeds(7, trial, 10)).flat();
    const searched = Array.from({ length: 50 }, (_, trial) => deriveSeed(7, "trial", trial));
    expect(new Set([...seeds, ...searched]).size).toBe(550);
    expect(finalistSeeds(7, 3, 2)).toEqual(finalistSeeds(7, 3, 5).slice(0, 2));
  });
});

/** Reports that depend on network, seed and recipe alone; one network diverges with one of its seeds. */
const diverges = { trial: 4, seed: finalistSeeds(study.settings.seed, 4, 3)[1] };

function evaluators(concurrency: number, shuffle: number) {
  const random = createRandom(shuffle);
  const pieces: string[] = [];
  const wait = async () => {
    for (let turns = random.integer(6); turns >= 0; turns--) await new Promise((resolve) => setImmediate(resolve));
  };
  const ports: Pick<FinalsStageOptions, "trainer" | "profiler"> = {
    trainer: {
      concurrency,
      async train(architecture, trial, { recipe, seed, repetition }) {
        pieces.push(`${trial}/${repetition}`);
        await wait();
        if (trial === diverges.trial && seed === diverges.seed) {
          throw new EvaluationError({ stage: "training", code: "diverged", message: "The loss was not a number." });
        }
        const base: AccuracyReport = accuracyReport(architecture);
        const correct = (base.correct + seed) % 500;
        const report = { ...base, seed, steps: recipe.steps, correct, accuracy: correct / 500 };
        return { report, retries: seed % 5 === 0 ? ["A worker ended."] : [] };
      },
    },
    profiler: {
      async profile(architecture, trial) {
        pieces.push(`${trial}/time`);
        await wait();
        return { report: latencyReport(architecture), retries: [] };
      },
    },
  };
  return { ...ports, pieces };
}

/** A stage over a journal in memory that ends the stage after so many pieces, as a closed tab does. */
async function runStage(finals: Finals, killAfter: number, concurrency = 1, shuffle = 0) {
  const records: Finals[] = [];
  const { trainer, profiler, pieces } = evaluators(concurrency, shuffle);
  const stage = createFinals({
    study,
    finals,
    trainer,
    profiler,
    journal: {
      async record(next) {
        if (records.length < killAfter) records.push(structuredClone(next));
        if (records.length >= killAfter) stage.cancel();
      },
    },
    onFinals() {},
  });
  const ending = killAfter === 0 ? "cancelled" : await stage.run();
  return { ending, records, pieces, last: records.at(-1) ?? finals };
}

const begun = () => beginFinals(study, settings, objective);

/** What must not depend on when a stage was killed: trainings of a failed finalist may or may not have been in time. */
const settled = ({ finalists }: Finals) =>
  finalists.map(({ failure, accuracies, latency, ...rest }) =>
    failure ? { ...rest, failure } : { ...rest, accuracies, latency },
  );

describe("the stage", () => {
  test("trains every finalist with every seed by the longer recipe, times it, and meets a failure", async () => {
    const { ending, last } = await runStage(begun(), Number.POSITIVE_INFINITY);
    expect(ending).toBe("done");
    expect(finalsAreDone(last)).toBe(true);
    expect(last.finalists.map(({ trial }) => trial)).toEqual(begun().finalists.map(({ trial }) => trial));
    for (const { trial, accuracies, latency, failure } of last.finalists) {
      expect(latency).toBeDefined();
      if (trial === diverges.trial) {
        expect(failure).toMatchObject({ code: "diverged" });
        continue;
      }
      expect(accuracies.map(({ seed }) => seed)).toEqual(finalistSeeds(study.settings.seed, trial, 3));
      expect(accuracies.every(({ steps }) => steps === settings.recipe.steps)).toBe(true);
    }
    expect(last.finalists.filter(({ failure }) => failure)).toHaveLength(1);
  });

  test("killed after any piece and resumed, with any number of trainers: the same result", async () => {
    const whole = await runStage(begun(), Number.POSITIVE_INFINITY);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer(),
        async (kills, concurrency, shuffle) => {
          let finals = begun();
          for (const kill of kills) finals = (await runStage(structuredClone(finals), kill, concurrency, shuffle)).last;
          const done = await runStage(structuredClone(finals), Number.POSITIVE_INFINITY, concurrency, shuffle);
          expect(settled(done.last)).toEqual(settled(whole.last));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a resumed stage does nothing twice", async () => {
    const whole = await runStage(begun(), Number.POSITIVE_INFINITY);
    for (let kill = 1; kill < whole.records.length; kill++) {
      const first = await runStage(begun(), kill);
      const rest = await runStage(first.last, Number.POSITIVE_INFINITY);
      const kept = first.last.finalists.flatMap(({ trial, accuracies, latency }) => [
        ...accuracies.map((_, index) => `${trial}/${index + 1}`),
        ...(latency ? [`${trial}/time`] : []),
      ]);
      expect(rest.pieces.filter((piece) => kept.includes(piece))).toEqual([]);
    }
  });

  test("nothing begins before what is done is on disk", async () => {
    const gate = deferred<void>();
    const { trainer, profiler, pieces } = evaluators(1, 1);
    const stage = createFinals({
      study,
      finals: begun(),
      trainer,
      profiler,
      journal: { record: () => gate.promise },
      onFinals() {},
    });
    const running = stage.run();
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(pieces).toHaveLength(2); // one training, one timing
    stage.pause();
    gate.resolve();
    expect(await running).toBe("paused");
    expect(pieces).toHaveLength(2);
    expect(await stage.run()).toBe("done");
  });

  test("an error that is not the network's ends the stage", async () => {
    const { profiler } = evaluators(1, 1);
    const train = () => Promise.reject(new Error("No trainer starts."));
    const stage = createFinals({
      study,
      finals: begun(),
      trainer: { concurrency: 2, train },
      profiler,
      journal: { record: async () => {} },
      onFinals() {},
    });
    await expect(stage.run()).rejects.toThrow("No trainer starts.");
  });

  test("a later stage with the same recipe keeps what is known of a network that is in both", async () => {
    const { last } = await runStage(begun(), Number.POSITIVE_INFINITY);
    const known = { ...study, finals: last };
    const more = beginFinals(known, { ...settings, finalists: 5, seeds: 5 }, objective);
    expect(finalsProgress(more)).toMatchObject({ trainings: { done: finalsProgress(last).trainings.done } });
    expect(finalsAreDone(more)).toBe(false);
    const fewer = beginFinals(known, { ...settings, seeds: 2 }, objective);
    for (const { accuracies, failure } of fewer.finalists) if (!failure) expect(accuracies).toHaveLength(2);
    const other = beginFinals(known, { ...settings, recipe: defaultSettings.recipe }, objective);
    expect(finalsProgress(other)).toMatchObject({ trainings: { done: 0 }, timings: { done: 0 } });
  });
});

test("finalists decode in their space", () => {
  for (const { trial } of begun().finalists) {
    expect(() => spaces[study.settings.space].decode(trials[trial]?.decisions ?? [])).not.toThrow();
  }
});
