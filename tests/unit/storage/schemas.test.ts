import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020";
import fc from "fast-check";
import { expect, test } from "vitest";
import { schemaFolder, schemas } from "../../../scripts/schemas";
import { spaces } from "../../../src/core";
import { exportArchitecture, exportStudy } from "../../../src/storage/files";
import { failedTrial, sampleStudy, sampleTrial } from "./samples";

const NOW = "2026-11-22T12:00:00.000Z";

function published(name: keyof typeof schemas) {
  return readFileSync(`${schemaFolder}${name}`, "utf8");
}

function validator(name: keyof typeof schemas) {
  const isDate = (text: string) => !Number.isNaN(Date.parse(text));
  const ajv = new Ajv2020({ strict: true, allErrors: true, formats: { "date-time": isDate } });
  const validate = ajv.compile(JSON.parse(published(name)));
  return (value: unknown) => {
    validate(JSON.parse(JSON.stringify(value)));
    return validate.errors ?? [];
  };
}

test.each(Object.keys(schemas) as (keyof typeof schemas)[])(
  "public/schemas/%s is up to date: npx tsx scripts/schemas.ts",
  (name) => {
    expect(published(name)).toBe(schemas[name]);
  },
);

test("every field is described", () => {
  const bare: string[] = [];
  const walk = (schema: Record<string, unknown>, path: string) => {
    const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
    for (const [key, inner] of Object.entries(properties)) {
      if (!inner.description) bare.push(`${path}.${key}`);
      walk(inner, `${path}.${key}`);
    }
    if (schema.items) walk(schema.items as Record<string, unknown>, `${path}[]`);
    for (const kind of (schema.anyOf ?? []) as Record<string, unknown>[]) walk(kind, path);
  };
  for (const [name, text] of Object.entries(schemas)) walk(JSON.parse(text), name);
  expect(bare).toEqual([]);
});

test("every exported architecture validates against the published schema", () => {
  const errorsOf = validator("architecture-1.json");
  for (const space of ["factorized-browser", "cells-browser"] as const) {
    const study = { ...sampleStudy(), settings: { ...sampleStudy().settings, space } };
    fc.assert(
      fc.property(fc.tuple(...spaces[space].decisions.map(({ choices }) => fc.nat(choices.length - 1))), (vector) => {
        expect(errorsOf(exportArchitecture(study, sampleTrial(0, vector), NOW))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }
  expect(errorsOf(exportArchitecture(sampleStudy(), failedTrial(1, "diverged"), NOW))).toEqual([]);
});

test("every exported study validates against the published schema", () => {
  const errorsOf = validator("study-1.json");
  const earlierLatencies = [sampleTrial(0), sampleTrial(7)].flatMap(({ latency }) => latency ?? []);
  const repeat = { ...sampleTrial(0), number: 2, repeats: 0, earlierLatencies };
  const trials = [sampleTrial(0), failedTrial(1, "diverged"), repeat];
  expect(errorsOf(exportStudy(sampleStudy(trials), NOW))).toEqual([]);
  expect(errorsOf(exportStudy(sampleStudy(), NOW))).toEqual([]);
});

test("the published schema refuses what it should", () => {
  const errorsOf = validator("architecture-1.json");
  const file = exportArchitecture(sampleStudy(), sampleTrial(0), NOW);
  expect(errorsOf({ ...file, reward: "high" }).map(({ instancePath }) => instancePath)).toEqual(["/reward"]);
  expect(errorsOf({ ...file, exportedAt: "today" }).map(({ instancePath }) => instancePath)).toContain("/exportedAt");
  expect(errorsOf({ ...file, architecture: undefined })).not.toEqual([]);
  expect(errorsOf({ ...file, architecture: { ...file.architecture, blocks: undefined } })).not.toEqual([]);
  const interval = { ...file.latency, intervalMs: [1] };
  expect(errorsOf({ ...file, latency: interval }).map(({ instancePath }) => instancePath)).toEqual([
    "/latency/intervalMs",
  ]);
});
