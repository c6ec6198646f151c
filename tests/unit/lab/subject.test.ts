import { expect, test } from "vitest";
import { presets } from "../../../src/core";
import { imageNet } from "../../../src/ui/lab/networks";
import { createSubject, type Subject, subjectRows } from "../../../src/ui/lab/timing/subject";
import { device, timingOf } from "./timings";

function subject(key: keyof typeof presets, inputSize = 64, widthMultiplier = 1): Subject {
  const scale = { inputSize, widthMultiplier, ...imageNet };
  return createSubject({ key: `${key} ${inputSize}`, network: key, architecture: presets[key], scale });
}

const a1 = subject("mnasnet-a1");
const b1 = subject("mnasnet-b1");

/** What the rows have of each subject, ms. */
const found = (subjects: readonly Subject[], timings: Parameters<typeof subjectRows>[1], on = device) =>
  subjectRows(subjects, timings, on).map(({ timing }) => timing?.latency.medianMs);

test("a subject has its own timing, whatever it was called; one that was not timed has none", () => {
  const renamed = { ...timingOf(a1, 5), network: "my network" };
  expect(found([a1, b1], [renamed])).toEqual([5, undefined]);
});

test("another size or width is another subject", () => {
  const others = [subject("mnasnet-a1", 96), subject("mnasnet-a1", 64, 0.5)];
  expect(found(others, [timingOf(a1, 5)])).toEqual([undefined, undefined]);
  const grey = { ...a1, scale: { ...a1.scale, channels: 1 } };
  expect(found([grey], [timingOf(a1, 5)])).toEqual([undefined]);
});

test("three channels are meant where none are told", () => {
  const { channels: _, ...scale } = a1.scale;
  expect(found([a1], [{ ...timingOf(a1, 5), scale }])).toEqual([5]);
});

test("another GPU, platform or version of it is another device; another version of the browser is not", () => {
  const on = (part: Partial<typeof device>) => [timingOf(a1, 5, { device: { ...device, ...part } })];
  expect(found([a1], on({ gpu: "GPU 8" }))).toEqual([undefined]);
  expect(found([a1], on({ platform: "tfjs-wasm" }))).toEqual([undefined]);
  expect(found([a1], on({ platformVersion: "5.0.0" }))).toEqual([undefined]);
  expect(found([a1], on({ userAgent: "Test 2" }))).toEqual([5]);
});

test("the latest timing counts, in whatever order they are kept", () => {
  const [early, late] = [5, 6].map((ms, index) => timingOf(a1, ms, { takenAt: `2026-11-22T1${index}:00:00.000Z` }));
  if (!early || !late) throw new Error("Two timings were made.");
  expect(found([a1], [early, late])).toEqual([6]);
  expect(found([a1], [late, early])).toEqual([6]);
});

test("before the device is known nothing is its own", () => {
  expect(subjectRows([a1], [timingOf(a1, 5)], undefined)).toEqual([{ subject: a1, timing: undefined }]);
});
