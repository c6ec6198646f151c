import { describe, expect, test } from "vitest";
import {
  type Architecture,
  createSearch,
  defaultSettings,
  firstCheckpoint,
  type LatencyReport,
  measuredAgain,
  presets,
  rewardOf,
  type StudySettings,
  spaces,
  type Trial,
  toldEvaluation,
} from "../../../src/core";
import { accuracyReport, fakeEvaluators, latencyReport, memoryJournal } from "./fakes";

const objective = { targetMs: 20, alpha: 0, beta: -1 };
const at = (medianMs: number): LatencyReport => ({ ...latencyReport(presets["mnasnet-a1"]), medianMs });

function trial(number: number, architecture: Architecture, change: Partial<Trial> = {}): Trial {
  const measured = { accuracy: accuracyReport(architecture), latency: latencyReport(architecture) };
  return { number, decisions: [], key: "", ...measured, objective, reward: rewardOf(measured, objective), ...change };
}

describe("a trial that is measured again", () => {
  const small = presets["mnasnet-small"];
  const large = presets["mnasnet-a1"];
  const trials = [trial(0, small), trial(1, large), trial(2, small, { repeats: 0 })];

  test("changes with its repeats, and keeps every earlier report and what it was told", () => {
    const first = measuredAgain(trials, 0, { report: at(30), retries: [] });
    expect(first.map(({ number }) => number)).toEqual([0, 2]);
    const second = measuredAgain(first, 0, { report: at(50), retries: ["The context was lost."] });
    const latency = latencyReport(small);
    for (const [index, renewed] of second.entries()) {
      expect(renewed).toMatchObject({ latency: at(50), earlierLatencies: [latency, at(30)] });
      expect(renewed.reward).toBe(first[index]?.reward);
      expect(rewardOf(toldEvaluation(renewed), objective)).toBe(renewed.reward);
      expect(rewardOf(renewed, objective)).not.toBe(renewed.reward);
    }
    expect(second.map(({ retries }) => retries)).toEqual([["The context was lost."], undefined]);
  });

  test("leaves the trials that were there as they are", () => {
    const before = structuredClone(trials);
    measuredAgain(trials, 0, { report: at(30), retries: [] });
    expect(trials).toEqual(before);
  });
});

test("what repeats a network later is told its present latency", async () => {
  const settings: StudySettings = { ...defaultSettings, controller: "random", budget: { trials: 2 }, lookahead: 2 };
  const vector = spaces[settings.space].decisions.map(() => 0);
  const told: Trial[] = [];
  const search = createSearch({
    settings,
    trials: [],
    checkpoint: { ...firstCheckpoint(settings), pending: [vector, vector] },
    ...fakeEvaluators(),
    journal: memoryJournal(),
    clock: () => 0,
    onTrial(trial) {
      told.push(trial);
      if (trial.number === 0)
        for (const renewed of measuredAgain(told, 0, { report: at(400), retries: [] })) search.amend(renewed);
    },
  });
  await search.run();
  expect(told[0]?.latency).not.toEqual(at(400));
  expect(told[1]).toMatchObject({ repeats: 0, latency: at(400) });
  expect(told[1]?.reward).toBe(rewardOf({ accuracy: told[0]?.accuracy, latency: at(400) }, settings.objective));
});
