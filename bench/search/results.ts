import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ControllerName } from "../../src/core";
import type { ObjectiveName } from "./landscape";
import type { Run } from "./play";

export const budgets = [25, 50, 100, 200, 400, 800] as const;

/** What the runs of one controller gave, [seed][budget]; seeds from 1. */
export interface Outcome {
  reward: number[][];
  hypervolume: number[][];
  entropy: number[][];
  repeats: number[][];
  /** Mean time that the controller took of a whole run, and the longest `ask`, ms; rough. */
  controllerMs: number;
  longestAskMs: number;
}

/** By table, objective and controller. */
export type Results = Record<string, Partial<Record<ObjectiveName, Partial<Record<ControllerName, Outcome>>>>>;

const resultsFile = join(import.meta.dirname, "..", "results", "search.json");

export function readResults(): Results {
  return existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
}

export function writeResults(results: Results): void {
  mkdirSync(dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify(results)}\n`);
}

export function outcomeOf(runs: readonly Run[]): Outcome {
  const table = (field: "reward" | "hypervolume" | "entropy" | "repeats") =>
    runs.map(({ standings }) => standings.map((standing) => Number(standing[field].toFixed(5))));
  return {
    reward: table("reward"),
    hypervolume: table("hypervolume"),
    entropy: table("entropy"),
    repeats: table("repeats"),
    controllerMs: Math.round(runs.reduce((sum, run) => sum + run.controllerMs, 0) / runs.length),
    longestAskMs: Math.round(Math.max(...runs.map((run) => run.longestAskMs))),
  };
}
