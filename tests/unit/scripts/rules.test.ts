import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { expect, test } from "vitest";
import config from "../../../.dependency-cruiser.mjs";

/** A house in small, with every room, from which each test breaks one wall. */
const sound = {
  "package.json":
    '{ "dependencies": { "pure-rand": "1", "@tensorflow/tfjs-core": "4", "react": "19" }, "devDependencies": { "tsx": "4" } }',
  "node_modules/tsx/index.js": "export {};",
  "node_modules/pure-rand/index.js": "export {};",
  "node_modules/react/index.js": "export {};",
  "node_modules/@tensorflow/tfjs-core/index.js": "export {};",
  "src/core/index.ts": 'export * from "./math";',
  "src/core/math.ts": 'import "pure-rand"; export type Sum = number; export const one = 1;',
  "src/data/dataset.ts": 'import "../core"; export type Dataset = number;',
  "src/trainer/index.ts":
    'import "../core"; import type { Dataset } from "../data/dataset"; import "@tensorflow/tfjs-core";',
  "src/profiler/index.ts": 'import "../core"; import "@tensorflow/tfjs-core";',
  "src/storage/index.ts": 'import "../core";',
  "src/workers/index.ts": 'import "../core"; import "../data/dataset"; import "../trainer"; import "../profiler";',
  "src/ui/automation.ts": "export type Automation = string;",
  "src/ui/index.ts": 'import "react"; import "../workers"; import "../storage"; import "./automation";',
  "bench/speed.ts": 'import "../src/core";',
  "scripts/search.ts": 'import "../src/core"; import type { Automation } from "../src/ui/automation";',
};

test("a sound house has no violation", async () => {
  expect(await violated({})).toEqual([]);
});

test.each<[rule: string, file: string, text: string]>([
  ["core-pure", "src/core/math.ts", 'import "react";'],
  ["core-pure", "src/core/math.ts", 'import "node:fs";'],
  ["core-pure", "src/core/math.ts", 'import "../data/dataset";'],
  ["core-face", "src/data/dataset.ts", 'import type { Sum } from "../core/math";'],
  ["core-face", "src/ui/index.ts", 'import { one } from "../core/math"; one;'],
  ["data-on-core", "src/data/dataset.ts", 'import "../storage";'],
  ["rooms-apart", "src/trainer/index.ts", 'import "../profiler";'],
  ["rooms-apart", "src/profiler/index.ts", 'import "../trainer";'],
  ["rooms-below-workers", "src/storage/index.ts", 'import "../workers";'],
  ["nothing-imports-ui", "src/workers/index.ts", 'import type { Automation } from "../ui/automation";'],
  ["nothing-imports-ui", "bench/speed.ts", 'import "../src/ui";'],
  ["scripts-drive-ui", "scripts/search.ts", 'import "../src/ui";'],
  ["ui-without-engines", "src/ui/index.ts", 'import "@tensorflow/tfjs-core";'],
  ["ui-without-engines", "src/ui/index.ts", 'const later = () => import("../trainer"); later;'],
  ["tensorflow-at-home", "src/workers/index.ts", 'import "@tensorflow/tfjs-core";'],
  ["react-at-home", "src/storage/index.ts", 'import "react";'],
  ["product-without-tools", "src/data/dataset.ts", 'import "tsx";'],
  ["product-without-tests", "src/data/dataset.ts", 'import "../../bench/speed";'],
  ["resolvable", "src/data/dataset.ts", 'import "./absent";'],
  ["no-cycles", "src/core/math.ts", 'import type { One } from "./one";'],
])("%s is broken by %s with %s", async (rule, file, text) => {
  expect(await violated({ [file]: text, "src/core/one.ts": 'import "./math"; export type One = 1;' })).toContain(rule);
});

async function violated(changes: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "mnasium-rules-"));
  for (const [file, text] of Object.entries({ ...sound, ...changes })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { tsConfig: _, ...options } = config.options ?? {};
  const ruleSet = { forbidden: config.forbidden };
  const { output } = await cruise(["src", "bench", "scripts"], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet,
  });
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
}
