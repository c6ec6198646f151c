import { describe, expect, expectTypeOf, test } from "vitest";
import { type Checkpoint, measuredAgain, type Study, type Trial } from "../../../src/core";
import { exportStudy, FileError, parseStudyFile } from "../../../src/storage/files";
import type { checkpointSchema, StudyFile } from "../../../src/storage/schema/study";
import { mutate, placesIn, written, wrongType } from "./mutations";
import { failedTrial, sampleStudy, sampleTrial } from "./samples";

const repeat: Trial = { ...sampleTrial(0), number: 2, repeats: 0 };
const study = sampleStudy([sampleTrial(0), failedTrial(1, "The loss is not a number."), repeat]);
const file = exportStudy(study, "2026-11-22T12:00:00.000Z");

function refusal(value: unknown): string {
  try {
    parseStudyFile(JSON.stringify(value));
  } catch (error) {
    expect(error).toBeInstanceOf(FileError);
    return (error as FileError).message;
  }
  return "accepted";
}

test("a study comes back as it was", () => {
  expect(parseStudyFile(JSON.stringify(file))).toEqual(study);
});

test("the schemas know every field of core's types", () => {
  expectTypeOf<keyof StudyFile["study"]>().toEqualTypeOf<keyof Study>();
  expectTypeOf<keyof StudyFile["study"]["settings"]>().toEqualTypeOf<keyof Study["settings"]>();
  expectTypeOf<keyof StudyFile["study"]["trials"][number]>().toEqualTypeOf<keyof Trial>();
  expectTypeOf<keyof typeof checkpointSchema.shape>().toEqualTypeOf<keyof Checkpoint>();
});

test("a trial's key is derived anew", () => {
  const stale = mutate(file, ["study", "trials", 0, "key"], () => "written by another version");
  expect(parseStudyFile(JSON.stringify(stale))).toEqual(study);
});

describe("a trial that was measured again", () => {
  const [first, failed] = study.trials;
  if (!first?.latency || !failed) throw new Error("The sample's first trial was measured.");
  // Twice the target: under this latency the reward would be half of what was told.
  const latency = { ...first.latency, medianMs: 40, takenAt: "2026-11-22T11:00:00.000Z" };
  const report = { report: latency, retries: [] };
  const renewed = [...measuredAgain(study.trials, 0, report).slice(0, 1), failed];
  const again = sampleStudy([...renewed, ...measuredAgain(study.trials, 0, report).slice(1)]);
  const written = exportStudy(again, "2026-11-22T12:00:00.000Z");

  test("keeps the reward that was told, with the latency of then", () => {
    expect(again.trials[0]).toMatchObject({ reward: first.reward, latency: { medianMs: 40 } });
    expect(parseStudyFile(JSON.stringify(written))).toEqual(again);
  });

  test("must have been told the reward of its first latency", () => {
    const halved = mutate(written, ["study", "trials", 0, "reward"], () => first.reward / 2);
    expect(refusal(halved)).toContain("study.trials[0].reward: expected 0.5 for");
    const bare = mutate(written, ["study", "trials", 0, "earlierLatencies"], () => undefined);
    expect(refusal(bare)).toContain("study.trials[0].reward: expected 0.25 for");
  });

  test("names an earlier measurement that is damaged", () => {
    const damaged = mutate(written, ["study", "trials", 0, "earlierLatencies", 0, "medianMs"], () => "fast");
    expect(refusal(damaged)).toContain("study.trials[0].earlierLatencies[0].medianMs");
  });
});

describe("a study file that is refused", () => {
  const places = placesIn(file);
  const optional = new Set([
    "study.settings.budget.minutes",
    "study.settings.engine",
    "study.settings.skipHopeless",
    ...["optimizer", "schedule", "gradientClip", "averageDecay", "augmentation"].map(
      (name) => `study.settings.recipe.${name}`,
    ),
    "study.settings.proxy.channels",
    "study.settings.deploy.channels",
    "study.trials[0].retries",
    "study.trials[2].repeats",
    "study.trials[0].latency.device.fallback",
    ...["validationLoss", "probability"].map((name) => `study.trials[0].accuracy.${name}`),
    ...["droppedSamples", "ended", "sustained", "reference", "reference.betweenMs", "compileMs"].map(
      (name) => `study.trials[0].latency.${name}`,
    ),
    "study.trials[1].failure", // then it is the missing accuracy that is named
  ]);

  test("has many places", () => expect(places.length).toBeGreaterThan(80));

  test.each(places.map((path) => [written(path), path] as const))(
    "names %s where it has the wrong type",
    (name, path) => {
      expect(refusal(mutate(file, path, wrongType))).toContain(name);
    },
  );

  const fields = places.filter((path) => typeof path.at(-1) === "string" && !optional.has(written(path)));
  test.each(fields.map((path) => [written(path), path] as const))("names %s where it is missing", (name, path) => {
    expect(refusal(mutate(file, path, () => undefined))).toContain(name);
  });

  test.each([
    [[1, "number"], 5, "study.trials[1].number: expected 1, found 5: trials stand in order"],
    [[2, "repeats"], 2, "study.trials[2].repeats: expected the number of an earlier trial, found 2"],
    [[1, "failure"], undefined, "study.trials[1].accuracy: missing, and there is no failure to say why"],
    [[0, "decisions"], [1], "study.trials[0].decisions: The browser space takes 30 decisions, not 1."],
    [[0, "reward"], 1, "study.trials[0].reward: expected 0.5 for this accuracy, latency and objective, found 1"],
  ] as const)("contradicts itself: trials %j = %j", (path, value, message) => {
    expect(refusal(mutate(file, ["study", "trials", ...path], () => value))).toBe(message);
  });
});
