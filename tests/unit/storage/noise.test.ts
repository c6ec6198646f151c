import { expect, test } from "vitest";
import { gatherNoise, type Study } from "../../../src/core";
import { exportStudy, parseStudyFile } from "../../../src/storage/studyFile";
import { trialsCsv } from "../../../src/storage/trialsCsv";
import { sampleStudy, sampleTrial } from "./samples";

const trials = [0, 1, 2].map((number) => sampleTrial(number));
const noise = gatherNoise(
  [0, 0, 2].flatMap((trial, index) => {
    const report = trials[trial]?.accuracy;
    return report ? [{ trial, report: { ...report, correct: 300, accuracy: 0.6, seed: index } }] : [];
  }),
);
const study: Study = { ...sampleStudy(trials), noise };
const text = (changed: Study) => JSON.stringify(exportStudy(changed, "2026-11-22T20:00:00.000Z"));

test("the noise of a study goes into its file and comes back", () => {
  expect(parseStudyFile(text(study)).noise).toEqual(noise);
  expect(parseStudyFile(text(sampleStudy(trials))).noise).toBeUndefined();
});

test("a network without a trial, or a share that is none, is refused with its field", () => {
  const [first, ...others] = noise.networks;
  if (!first) throw new Error("The sample has networks.");
  const astray = { networks: [{ ...first, trial: 9 }, ...others] };
  expect(() => parseStudyFile(text({ ...study, noise: astray }))).toThrow(/noise\.networks\[0\]\.trial/);
  const [report] = first.accuracies;
  if (!report) throw new Error("The sample has a report.");
  const wrong = { networks: [{ ...first, accuracies: [{ ...report, correct: 5 }] }] };
  expect(() => parseStudyFile(text({ ...study, noise: wrong }))).toThrow(/accuracies\[0\]\.accuracy: expected correct/);
});

test("the table of trials has the accuracies' intervals, with the noise that was measured", () => {
  const width = (csv: string) => {
    const [header = "", row = ""] = csv.split("\r\n");
    const at = (name: string) => Number(row.split(",")[header.split(",").indexOf(name)]);
    expect(at("accuracy 95% low")).toBeLessThan(at("accuracy"));
    return at("accuracy 95% high") - at("accuracy 95% low");
  };
  // 50 and 60 per cent of one network: far noisier than the bench's.
  expect(width(trialsCsv(study))).toBeGreaterThan(width(trialsCsv(sampleStudy(trials))));
});
