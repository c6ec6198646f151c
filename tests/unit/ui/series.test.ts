import { describe, expect, test, vi } from "vitest";
import { defaultSettings } from "../../../src/core";
import { parts, remainingSteps } from "../../../src/ui/lab/experiments/table5Parts";
import { asKnown, latestRun, readLatestRun } from "../../../src/ui/lab/studies/latestRun";
import { isActive } from "../../../src/ui/state/runStore";
import { fakeTable5 } from "../../fixtures/fakeExperiments";
import { client, session, visit } from "./visit";

const settings = { ...defaultSettings, budget: { trials: 3 } };
const begunAt = "2026-11-22T12:00:00.000Z";
const run = () => session.run.getState();
const waiting = () => session.series.store.getState().waiting.length;
const partHere = () => run().study?.experiment?.part;
const begun = () => client.requests.filter(({ type }) => type === "start" || type === "resume");

async function turn(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function begin(): Promise<void> {
  session.series.run(remainingSteps([], settings, begunAt));
  await turn();
}

/** The next visit to a page that keeps what was searched in this one. */
async function reload(): Promise<void> {
  const { studies } = await client.call("list", undefined);
  const kept = await Promise.all(studies.map(async ({ id }) => (await client.call("read", { studyId: id })).study));
  session.end();
  visit(kept.reverse());
}

async function goOn(): Promise<void> {
  const studies = await readLatestRun(client, "table-5");
  const [first] = studies;
  if (!first?.experiment) throw new Error("No run is kept.");
  session.series.run(remainingSteps(studies, first.settings, first.experiment.begunAt));
  await turn();
}

describe("the three searches of Table 5", () => {
  test("follow one another, each with its space and reward and one budget", async () => {
    await begin();
    for (const { name } of parts) {
      expect(run().phase).toBe("running");
      expect(partHere()).toBe(name);
      client.finish(3);
      await turn();
    }
    expect(run().phase).toBe("finished");
    const studies = await readLatestRun(client, "table-5");
    expect(
      studies.map(({ settings: { space, objective, budget } }) => [space, objective.alpha, objective.beta, budget]),
    ).toEqual(
      expect.arrayContaining([
        ["cells-browser", 0, 0, { trials: 3 }],
        ["cells-browser", -0.07, -0.07, { trials: 3 }],
        ["factorized-browser", -0.07, -0.07, { trials: 3 }],
      ]),
    );
    expect(studies.every(({ trials }) => trials.length === 3)).toBe(true);
  });

  test("wait in a pause, and go on with the same study", async () => {
    await begin();
    client.finish(1);
    await session.actions.pause();
    client.finish(1);
    expect(run().phase).toBe("paused");
    await turn();
    expect(begun()).toHaveLength(1);
    await session.actions.resume(run().study?.id ?? "");
    await turn();
    client.finish(1);
    await turn();
    expect(partHere()).toBe(parts[1]?.name);
  });

  test("end with a stop: the one that was stopped does not count as searched", async () => {
    await begin();
    client.finish(1);
    await session.actions.stop();
    client.finish(1);
    await turn();
    expect(run().phase).toBe("finished");
    expect(waiting()).toBe(0);
    expect(begun()).toHaveLength(1);
  });

  test("end when one fails, and when one is cancelled", async () => {
    await begin();
    client.emit("phase", { phase: "failed", reason: "The GPU was lost.", elapsedSeconds: 4 });
    await turn();
    expect(waiting()).toBe(0);
    await begin();
    await session.actions.cancel();
    await turn();
    expect(waiting()).toBe(0);
    expect(isActive(run().phase)).toBe(false);
  });

  test("go on after a reload where they were: the open study first, then those that are missing", async () => {
    await begin();
    client.finish(3);
    await turn();
    client.finish(1);
    await reload();
    await goOn();
    expect(begun().map(({ type }) => type)).toEqual(["resume"]);
    expect(partHere()).toBe(parts[1]?.name);
    client.finish(2);
    await turn();
    expect(partHere()).toBe(parts[2]?.name);
    expect(run().study?.experiment?.begunAt).toBe(begunAt);
    expect(run().study?.settings.budget.trials).toBe(3);
    client.finish(3);
    await turn();
    expect(run().phase).toBe("finished");
    expect(await readLatestRun(client, "table-5")).toHaveLength(3);
  });

  test("skip none when the first cannot be gone on with", async () => {
    visit(fakeTable5([3, 1], 3));
    await session.actions.start(settings);
    await turn();
    client.finish(3);
    client.refuse("resume", "missing-data", "Choose its files again.");
    await goOn();
    expect(run().problem?.code).toBe("missing-data");
    expect(waiting()).toBe(0);
    expect(begun().map(({ type }) => type)).toEqual(["start", "resume"]);
  });
});

test("only the latest run of an experiment counts, whatever else is kept", () => {
  const old = fakeTable5([3, 3, 3], 3);
  const part = { name: "table-5", begunAt: "2026-11-23T00:00:00.000Z", part: "cells-single" };
  const later = { experiment: part };
  expect(latestRun("table-5", [...old, later, { experiment: undefined }])).toEqual([later]);
  expect(latestRun("figure-6", old)).toEqual([]);
});

test("an experiment's study keeps its objective: a slider tells the worker nothing, nor does the study move the slider", async () => {
  await begin();
  client.finish(1);
  const before = session.settings.getState().settings;
  session.settings.setState({ settings: { ...before, objective: { ...before.objective, targetMs: 9 } } });
  await vi.advanceTimersByTimeAsync(2000);
  expect(client.requests.filter(({ type }) => type === "setObjective")).toEqual([]);
  await reload();
  const own = session.settings.getState().settings.objective;
  await goOn();
  expect(session.settings.getState().settings.objective).toEqual(own);
});

test("a study that gave way to the next is as its disk has it, unless that was read before its last trials", () => {
  const [atEnd] = fakeTable5([3], 3);
  if (!atEnd) throw new Error("There is no study.");
  const open = { ...atEnd, status: "open" as const };
  const earlier = { ...open, trials: open.trials.slice(0, 2) };
  expect(asKnown([atEnd], [open], [])).toEqual([atEnd]);
  expect(asKnown([earlier], [open], [])).toEqual([open]);
  expect(asKnown([], [open], [])).toEqual([open]);
  expect(asKnown([atEnd], [open], [earlier])).toEqual([earlier]);
});
