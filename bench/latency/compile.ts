import type { Page } from "playwright-core";
import { type Architecture, defaultSettings, mean } from "../../src/core";
import { ask, closeHost } from "./browser";
import { randomArchitectures } from "./networks";

const { deploy, platform } = defaultSettings;

export interface CompileResult {
  /** Loading, compiling and first run of a candidate in one long-lived worker, whose start is shared by all; mean. */
  compileSecondsPerCandidate: number;
  /** The same where each candidate gets a fresh worker and context, start included. */
  freshCompileSecondsPerCandidate: number;
  /** How many times less wait the long-lived worker costs. */
  compileSpeedup: number;
  /** The same without the start of any worker. */
  compileSpeedupWithoutStart: number;
  candidates: number;
}

/** Prepares the same candidates in one long-lived worker and in a fresh one each, in turns. */
export async function measureCompile(page: Page, candidates: number): Promise<CompileResult> {
  console.log("Compilation");
  const { seconds: start } = await ask(page, "open", "long-lived", platform);
  const longLived: number[] = [];
  const fresh: number[] = [];
  const starts: number[] = [];

  const inLongLived = async (architecture: Architecture) => {
    longLived.push(await ask(page, "prepare", "long-lived", architecture, deploy));
  };
  const inFresh = async (architecture: Architecture) => {
    starts.push((await ask(page, "open", "fresh", platform)).seconds);
    fresh.push(await ask(page, "prepare", "fresh", architecture, deploy));
    await closeHost(page, "fresh");
  };
  for (const [index, architecture] of randomArchitectures(candidates, "compile").entries()) {
    const inTurn = index % 2 === 0 ? [inLongLived, inFresh] : [inFresh, inLongLived];
    for (const measure of inTurn) await measure(architecture);
    const [kept, own] = [longLived, fresh].map((seconds) => seconds[index]?.toFixed(2));
    console.log(`  ${index + 1} of ${candidates}: ${kept} s in the long-lived worker, ${own} s in a fresh one`);
  }
  await closeHost(page, "long-lived");

  const compileSecondsPerCandidate = start / candidates + mean(longLived);
  const freshCompileSecondsPerCandidate = mean(starts) + mean(fresh);
  return {
    compileSecondsPerCandidate,
    freshCompileSecondsPerCandidate,
    compileSpeedup: freshCompileSecondsPerCandidate / compileSecondsPerCandidate,
    compileSpeedupWithoutStart: mean(fresh) / mean(longLived),
    candidates,
  };
}
