import { describe, expect, test } from "vitest";
import {
  type Checkpoint,
  type ControllerName,
  createSearch,
  defaultSettings,
  EvaluationError,
  exponents,
  firstCheckpoint,
  measuredAgain,
  replayStudy,
  rewardOf,
  type SpaceName,
  type Study,
  type StudySettings,
  type Trial,
  toldEvaluation,
} from "../../../src/core";
import { exportStudy, parseStudyFile } from "../../../src/storage/files";
import { sampleStudy } from "../storage/samples";
import { fakeEvaluators, memoryJournal } from "./fakes";

const controllers = Object.keys({
  ppo: 0,
  reinforce: 0,
  evolution: 0,
  nsga2: 0,
  guided: 0,
  random: 0,
} satisfies Record<ControllerName, 0>) as ControllerName[];

/** Evolution and NSGA-II learn from the 51st trial on: before, their population is random. */
const countOf = (controller: ControllerName) => (controller === "evolution" || controller === "nsga2" ? 70 : 40);

/** Some networks diverge. */
function evaluators(shuffle: number) {
  const { trainer, profiler } = fakeEvaluators({ concurrency: 3, shuffle });
  return {
    profiler,
    trainer: {
      ...trainer,
      async train(architecture: Parameters<typeof trainer.train>[0], trial: number) {
        const trained = await trainer.train(architecture, trial);
        if (trained.report.correct % 11 === 3) {
          throw new EvaluationError({ stage: "training", code: "diverged", message: "The loss was not a number." });
        }
        return trained;
      },
    },
  };
}

/**
 * A study as a person makes one: the objective is moved on the way, the search is paused and goes on in another tab, and a
 * network is measured again while others are pending.
 */
async function search(controller: ControllerName, space: SpaceName = defaultSettings.space): Promise<Study> {
  const count = countOf(controller);
  const settings: StudySettings = {
    ...defaultSettings,
    space,
    controller,
    seed: 12,
    objective: { targetMs: 15, ...exponents.hard },
    budget: { trials: count },
  };
  const journal = memoryJournal();
  let trials: Trial[] = [];
  let checkpoint: Checkpoint = firstCheckpoint(settings);
  for (const end of [count / 2, count]) {
    const run = createSearch({
      settings,
      trials,
      checkpoint,
      ...evaluators(end),
      journal,
      clock: () => 0,
      onTrial(trial) {
        trials = [...trials, trial];
        if (trial.number === 14) run.setObjective({ targetMs: 30, ...exponents.soft });
        const timed = trials.find(({ latency }) => latency);
        if (trial.number === 25 && timed?.latency) {
          const slower = { ...timed.latency, medianMs: timed.latency.medianMs * 1.2 };
          const amended = measuredAgain(trials, timed.number, { report: slower, retries: [] });
          trials = trials.map((one) => amended.find(({ number }) => number === one.number) ?? one);
          for (const one of amended) run.amend(one);
        }
        if (trials.length === end && end < count) run.pause();
      },
    });
    await run.run();
    checkpoint = structuredClone(run.checkpoint());
  }
  return { ...sampleStudy(trials), settings };
}

const searched = new Map<ControllerName, Promise<Study>>();

/** Each controller searches once for all tests. */
function searchedStudy(controller: ControllerName): Promise<Study> {
  const study = searched.get(controller) ?? search(controller);
  searched.set(controller, study);
  return study;
}

const reread = (study: Study) => parseStudyFile(JSON.stringify(exportStudy(study, "2026-11-22T12:00:00.000Z")));

describe.each(controllers)("%s", (controller) => {
  test("a study file replays to the same decisions", async () => {
    const study = await searchedStudy(controller);
    expect(study.trials.length).toBeGreaterThanOrEqual(countOf(controller));
    expect(study.trials.some(({ failure }) => failure)).toBe(true);
    expect(study.trials.some(({ earlierLatencies }) => earlierLatencies)).toBe(true);
    expect(replayStudy(reread(study))).toEqual({ same: study.trials.length });
  });
});

test.each(["flat-browser", "cells-browser"] as const)(
  "a study file of %s replays to the same decisions",
  async (space) => {
    const study = await search("guided", space);
    expect(new Set(study.trials.map(({ key }) => key)).size).toBeGreaterThan(30);
    expect(replayStudy(reread(study))).toEqual({ same: study.trials.length });
  },
);

test("among what replays are networks that were not worth their training", async () => {
  expect((await searchedStudy("random")).trials.some(({ skipped }) => skipped)).toBe(true);
});

describe("a tampered file", () => {
  test("a decision that was changed is found, with its place", async () => {
    const study = await searchedStudy("random");
    const trials = study.trials.map((trial) =>
      trial.number === 7
        ? { ...trial, decisions: [((trial.decisions[0] ?? 0) + 1) % 3, ...trial.decisions.slice(1)] }
        : trial,
    );
    expect(replayStudy(reread({ ...study, trials }))).toMatchObject({
      same: 7,
      difference: { trial: 7, what: "decisions" },
    });
  });

  test("a reward that does not follow from its measurements is found", async () => {
    const study = await searchedStudy("random");
    const trials = study.trials.map((trial) =>
      trial.number === 9 ? { ...trial, reward: trial.reward * (1 + 1e-12) + 1e-15 } : trial,
    );
    expect(replayStudy(reread({ ...study, trials }))).toMatchObject({
      same: 9,
      difference: { trial: 9, what: "reward" },
    });
  });

  test.each(controllers.filter((name) => name !== "random"))(
    "%s: an accuracy that was raised, with its reward, leads to other decisions",
    async (controller) => {
      const study = await searchedStudy(controller);
      const trials = study.trials.map((trial) => {
        if (trial.number >= 20 || !trial.accuracy) return trial;
        const correct = 500 - trial.accuracy.correct;
        const accuracy = { ...trial.accuracy, correct, accuracy: correct / 500 };
        const changed = { ...trial, accuracy };
        return { ...changed, reward: rewardOf({ ...changed, ...toldEvaluation(changed) }, trial.objective) };
      });
      const { difference } = replayStudy(reread({ ...study, trials }));
      expect(difference).toMatchObject({ what: "decisions" });
    },
  );

  test("another seed is found at once", async () => {
    const study = await searchedStudy("ppo");
    const settings = { ...study.settings, seed: 13 };
    expect(replayStudy({ ...study, settings })).toMatchObject({ same: 0, difference: { trial: 0 } });
  });

  test("a repeat that is said to be a new network, and trials after the budget", async () => {
    const study = await searchedStudy("random");
    const [first] = study.trials;
    if (!first) throw new Error("There are trials.");
    const renamed = study.trials.map((trial) => (trial.number === 5 ? { ...trial, repeats: 0 } : trial));
    expect(replayStudy({ ...study, trials: renamed })).toMatchObject({ same: 5, difference: { what: "repeats" } });
    const longer = [...study.trials, { ...first, number: study.trials.length }];
    const { difference } = replayStudy({ ...study, trials: longer });
    expect(difference).toMatchObject({ trial: study.trials.length, what: "decisions" });
    expect(difference?.expected).toBeUndefined();
  });
});
