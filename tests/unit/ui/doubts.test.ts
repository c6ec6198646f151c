import { describe, expect, test } from "vitest";
import { defaultSettings, type LatencyReport } from "../../../src/core";
import { doubts, doubtsOfAll } from "../../../src/ui/network/doubts";
import { lowBattery } from "../../../src/ui/panels/battery";
import { fakeStudy } from "../../fixtures/fakeClient";

const base = fakeStudy(1, defaultSettings).trials[0]?.latency;
if (!base) throw new Error("The fixture has a latency.");
const sound: LatencyReport = {
  ...base,
  medianMs: 10,
  intervalMs: [9.9, 10.1],
  timerStepMs: 0.1,
  droppedSamples: 0,
  ended: "precise",
  reference: { beforeMs: 3, afterMs: 3.1, quietMs: 2.9, waitedMs: 0 },
  device: { ...base.device, software: false },
};
const reference = (beforeMs: number, afterMs: number, quietMs: number) => ({
  reference: { beforeMs, afterMs, quietMs, waitedMs: 0 },
});

describe("a measurement", () => {
  test("without doubts says nothing, with a reference or without", () => {
    expect(doubts(sound)).toEqual([]);
    expect(doubts({ ...sound, reference: undefined })).toEqual([]);
  });

  test.each<[string, Partial<LatencyReport>, RegExp]>([
    ["a slower device afterwards", reference(3, 3.6, 3), /changed meanwhile: .* from 3\.00.ms to 3\.60.ms/],
    ["a faster device afterwards", reference(3.2, 2.4, 3), /changed meanwhile: .* from 2\.40.ms to 3\.20.ms/],
    [
      "a device that was slower between",
      { reference: { beforeMs: 3, betweenMs: 4, afterMs: 3, quietMs: 3, waitedMs: 0 } },
      /changed meanwhile: .* from 3\.00.ms to 4\.00.ms/,
    ],
    ["a busy device", reference(4.5, 4.5, 3), /busy or hot: .* took 4\.50.ms, when quiet 3\.00.ms/],
    ["a coarse clock", { timerStepMs: 1 }, /clock is coarse: it moves in steps of 1 ms/],
    ["a software GPU", { device: { ...base.device, software: true } }, /program on the CPU/],
    ["one dropped sample", { droppedSamples: 1 }, /^1.sample did not count: the tab was hidden/],
    ["time that was up", { ended: "time-up", intervalMs: [9.8, 10.7] }, /known to 3 %: it is known to 7\.0.%/],
  ])("with %s says so, and nothing else", (_, change, sentence) => {
    expect(doubts({ ...sound, ...change })).toEqual([expect.stringMatching(sentence)]);
  });

  test.each<[string, Partial<LatencyReport>]>([
    ["just under 10 % between before and after", reference(3, 3.29, 3)],
    ["just under 10 % above the best", reference(3.29, 3.29, 3)],
    ["20 steps of the clock", { timerStepMs: 0.5 }],
  ])("may go as far as %s", (_, change) => {
    expect(doubts({ ...sound, ...change })).toEqual([]);
  });

  test("may be doubtful in more than one way", () => {
    expect(doubts({ ...sound, ...reference(6, 9, 3), droppedSamples: 2 })).toHaveLength(3);
  });
});

test("over a study each reason is counted once", () => {
  const dropped = { ...sound, droppedSamples: 4 };
  expect(doubtsOfAll([sound, dropped, { ...dropped, ended: "time-up" }])).toEqual([
    expect.stringMatching(/^2 of 3.measurements: some samples did not count/),
    expect.stringMatching(/^1 of 3.measurements: time was up/),
  ]);
  expect(doubtsOfAll([sound])).toEqual([]);
  expect(doubtsOfAll([])).toEqual([]);
});

test.each([
  [0.15, false, /15\.0.% and not charging/],
  [0.15, true, undefined],
  [0.6, false, undefined],
])("a battery at %f, charging: %s", (level, charging, sentence) => {
  const said = lowBattery({ level, charging });
  if (sentence) expect(said).toMatch(sentence);
  else expect(said).toBeUndefined();
});
