import fc from "fast-check";
import { expect, test } from "vitest";
import { countMultiplyAdds, countParameters, spaces } from "../../../src/core";
import { trialsCsv } from "../../../src/storage/files";
import { failedTrial, sampleStudy, sampleTrial } from "./samples";

/** A reader of RFC 4180, character by character. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted && character === '"' && text[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "," || character === "\r")) {
      rows.at(-1)?.push(cell);
      cell = "";
      if (character === "\r") {
        rows.push([]);
        i++;
      }
    } else cell += character;
  }
  rows.pop();
  return rows;
}

function asRecords(text: string): Record<string, string>[] {
  const [header = [], ...rows] = readCsv(text);
  return rows.map((row) => {
    expect(row).toHaveLength(header.length);
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""]));
  });
}

test("one row a trial, with decisions as named columns and counts at deploy scale", () => {
  const trial = sampleTrial(3);
  const study = sampleStudy([sampleTrial(0), trial]);
  const { decisions, decode } = spaces["factorized-browser"];
  const rows = asRecords(trialsCsv(study));
  expect(rows).toHaveLength(2);
  for (const [index, { name, choices }] of decisions.entries()) {
    expect(rows[1]?.[name]).toBe(String(choices[trial.decisions[index] ?? -1]));
  }
  expect(rows[1]).toMatchObject({
    trial: "3",
    accuracy: "0.506",
    correct: "253",
    images: "500",
    "training loss": "1.25",
    "validation loss": "1.375",
    probability: "0.4375",
    "training engine": "tfjs",
    "training backend": "wasm",
    "latency median ms": "15.5",
    "latency 95% low ms": "15",
    "latency 95% high ms": "16.25",
    "latency p90 ms": "17.5",
    parameters: String(countParameters(decode(trial.decisions), study.settings.deploy)),
    "multiply-adds": String(countMultiplyAdds(decode(trial.decisions), study.settings.deploy)),
    reward: "0.506",
    beta: "-1",
    repeats: "",
    failure: "",
    gpu: "ANGLE (Test, Adapter, OpenGL ES 3.2)",
  });
});

test("a latency has its circumstances, and how often it was measured", () => {
  const trial = sampleTrial(0);
  const earlierLatencies = [sampleTrial(1), sampleTrial(2)].flatMap(({ latency }) => latency ?? []);
  const rows = asRecords(trialsCsv(sampleStudy([trial, { ...sampleTrial(1), earlierLatencies }, failedTrial(2, "x")])));
  expect(rows[0]).toMatchObject({
    "sustained median ms": "8",
    "sustained 95% low ms": "7.75",
    "sustained 95% high ms": "8.5",
    "reference before ms": "3",
    "reference after ms": "3.25",
    "reference quiet ms": "2.75",
    "compile ms": "320.5",
    "dropped samples": "2",
    "sampling ended": "time-up",
    measurements: "1",
  });
  expect(rows[1]).toMatchObject({ measurements: "3" });
  expect(rows[2]).toMatchObject({ measurements: "0", "sustained median ms": "", "reference after ms": "" });
});

test("a failed trial has its reason, and nothing where nothing was measured", () => {
  const [row] = asRecords(trialsCsv(sampleStudy([failedTrial(0, 'It said "no",\nthen ended.')])));
  expect(row).toMatchObject({
    accuracy: "",
    "latency median ms": "",
    reward: "0",
    "failed at": "training",
    failure: "diverged",
    "failure message": 'It said "no",\nthen ended.',
  });
});

test("any text survives, but none is a formula", () => {
  const alphabet = fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", "'", "A", "1", "é", "|");
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 12 }), (message) => {
      const [row] = asRecords(trialsCsv(sampleStudy([failedTrial(0, message)])));
      const cell = row?.["failure message"] ?? "";
      expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      expect([message, `'${message}`]).toContain(cell);
    }),
  );
});

test("a study without trials is a line of names", () => {
  expect(readCsv(trialsCsv(sampleStudy()))).toHaveLength(1);
});
