import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replayText } from "../../../scripts/replay/main";
import { createSearch, defaultSettings, firstCheckpoint, type StudySettings, type Trial } from "../../../src/core";
import { exportStudy } from "../../../src/storage/files";
import { fakeEvaluators, memoryJournal } from "../core/fakes";
import { sampleStudy } from "../storage/samples";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "mnasium-replay-"));

async function studyText(change: (trials: Trial[]) => void = () => {}): Promise<string> {
  const settings: StudySettings = { ...defaultSettings, controller: "random", budget: { trials: 12 } };
  const trials: Trial[] = [];
  const search = createSearch({
    settings,
    trials: [],
    checkpoint: firstCheckpoint(settings),
    ...fakeEvaluators(),
    journal: memoryJournal(),
    clock: () => 0,
    onTrial: (trial) => trials.push(trial),
  });
  await search.run();
  change(trials);
  return JSON.stringify(exportStudy({ ...sampleStudy(trials), settings }, "2026-11-22T12:00:00.000Z"));
}

describe("in words", () => {
  test("the same", async () => {
    const lines: string[] = [];
    expect(replayText(await studyText(), (line) => lines.push(line))).toBe(true);
    expect(lines).toEqual(["12 of 12 decisions are the same."]);
  });

  test("another decision: how many were the same, which, and what it would have been", async () => {
    const lines: string[] = [];
    const text = await studyText((trials) => {
      const trial = trials[4];
      if (trial)
        trials[4] = {
          ...trial,
          decisions: trial.decisions.map((choice, at) => (at === 1 ? 1 - (choice % 2) : choice)),
        };
    });
    expect(replayText(text, (line) => lines.push(line))).toBe(false);
    expect(lines[0]).toMatch(
      /^DIFFERENT: 4 of 12 decisions are the same, then trial 5 \(number 4 in the file\) has .+ = .+, and would have .+\.$/,
    );
  });

  test("a file of another version says so", async () => {
    const lines: string[] = [];
    const text = (
      await studyText((trials) => {
        trials.reverse();
        for (const [number, trial] of trials.entries()) trial.number = number;
      })
    ).replace(/"appVersion":"[^"]*"/, '"appVersion":"0.0.1"');
    expect(replayText(text, (line) => lines.push(line))).toBe(false);
    expect(lines[1]).toMatch(/written by Mnasium 0\.0\.1/);
  });
});

test("the command: exit codes and one line for what is wrong", async () => {
  const path = join(folder, "study.json");
  writeFileSync(path, await studyText());
  const run = (...args: string[]) =>
    spawnSync("node", ["scripts/replay.mjs", ...args], { cwd: root, encoding: "utf8" });
  const good = run(path);
  expect(good.stderr).toBe("");
  expect(good.stdout).toMatch(/12 of 12 decisions are the same\./);
  expect(good.status).toBe(0);
  expect(run().status).toBe(2);
  const missing = run(join(folder, "none.json"));
  expect(missing.status).toBe(1);
  expect(missing.stderr).toMatch(/^replay: Cannot read .*none\.json/);
});
