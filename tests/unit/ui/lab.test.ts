import { describe, expect, test } from "vitest";
import { type LatencyReport, presets } from "../../../src/core";
import { presetCandidates, sizeProblems } from "../../../src/ui/lab/networks";
import { timingsCsv, timingsMarkdown } from "../../../src/ui/lab/tables";
import { parseRoute } from "../../../src/ui/route";
import type { Timing } from "../../../src/workers/protocol";

const latency: LatencyReport = {
  medianMs: 12.345,
  intervalMs: [12.1, 12.7],
  p90Ms: 14,
  samplesMs: [12.1, 12.2, 12.3, 12.345, 12.5, 12.6, 14],
  droppedSamples: 0,
  ended: "precise",
  sustained: { medianMs: 6.5, intervalMs: [6.4, 6.6] },
  firstRunMs: 1400,
  timerStepMs: 0.005,
  device: {
    platform: "tfjs-webgl",
    platformVersion: "4.22.0",
    gpu: "GPU | 7",
    software: false,
    thread: "worker",
    crossOriginIsolated: true,
    userAgent: 'Test "1", 2026',
  },
  takenAt: "2026-11-22T10:00:00.000Z",
};

const timing: Timing = {
  id: "1",
  network: "MnasNet-A1",
  architecture: presets["mnasnet-a1"],
  scale: { inputSize: 224, widthMultiplier: 1, classes: 1000 },
  latency,
  retries: ["The GPU context was lost."],
};

test("as Markdown, numbers have units and a bar in a name does not split its cell", () => {
  const [head = "", rule = "", row = "", ...rest] = timingsMarkdown([timing]).split("\n");
  const cells = (line: string) => line.split(/(?<!\\)\|/).slice(1, -1);
  expect([head, rule, row].map((line) => cells(line).length)).toEqual([10, 10, 10]);
  expect(cells(rule).every((cell) => cell.trim() === "---")).toBe(true);
  expect(row).toContain("| MnasNet-A1 | 224 px, 1× | tfjs-webgl 4.22.0, GPU \\| 7 | 12.3 ms (12.1–12.7 ms) |");
  // The paper's own figures: 3.9 M parameters, 312 M multiply-adds.
  expect(row).toContain("| 3.89 M | 312 M |");
  expect(row).toContain("The GPU context was lost.");
  expect(rest).toEqual([""]);
});

test("as CSV, nothing is rounded and names are quoted where they must be", () => {
  const [head = "", row = "", ...rest] = timingsCsv([{ ...timing, network: '=HYPERLINK("x")' }]).split("\r\n");
  expect(head.split(",").slice(0, 3)).toEqual(["network", "input px", "width multiplier"]);
  expect(row).toContain(
    `"'=HYPERLINK(""x"")",224,1,1000,tfjs-webgl,4.22.0,GPU | 7,false,12.345,12.1,12.7,6.5,6.4,6.6,14`,
  );
  expect(rest).toEqual([""]);
});

test("what was not measured is left empty", () => {
  const { sustained: _, ...without } = latency;
  const unsustained = { ...timing, latency: without };
  expect(timingsMarkdown([unsustained])).toContain("| – |");
  expect(timingsCsv([unsustained])).toContain("12.345,12.1,12.7,,,,14");
});

describe("what can be timed", () => {
  test("every preset", () => {
    expect(presetCandidates.map(({ architecture }) => architecture)).toEqual(Object.values(presets));
  });

  test("at sizes within the limits", () => {
    expect(sizeProblems({ inputSize: 224, widthMultiplier: 0.35 })).toEqual({});
    expect(sizeProblems({ inputSize: 1000, widthMultiplier: 0 })).toEqual({
      inputSize: "Type a whole number from 16 to 320.",
      widthMultiplier: "Type a number from 0.1 to 4.",
    });
    expect(Object.keys(sizeProblems({ inputSize: 96.5, widthMultiplier: Number.NaN }))).toEqual([
      "inputSize",
      "widthMultiplier",
    ]);
  });
});

test.each([
  ["#/", { place: "search" }],
  ["", { place: "search" }],
  ["#/nowhere", { place: "search" }],
  ["#/lab", { place: "lab" }],
  ["#/lab/time", { place: "lab", experiment: "time" }],
  ["#/lab/figure-5", { place: "lab", experiment: "figure-5" }],
  ["#/lab/nothing", { place: "lab" }],
  ["#/studies", { place: "studies" }],
  ["#/studies/a%2Fb", { place: "study", id: "a/b" }],
])("%s leads to its place", (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});
