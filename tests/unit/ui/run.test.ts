import { describe, expect, test, vi } from "vitest";
import { defaultSettings, type StudySettings } from "../../../src/core";
import { createAutomation } from "../../../src/ui/automation";
import { fakeStudy } from "../../fixtures/fakeClient";
import { client, session, visit } from "./visit";

const shown = () => session.run.getState().study;
const codes = () => session.run.getState().warnings.map(({ code }) => code);

/** The study as the worker keeps it, which is what the page of Studies exports. */
const kept = async () => (await client.call("read", { studyId: shown()?.id ?? "" })).study;

function moveTarget(targetMs: number): void {
  const { settings } = session.settings.getState();
  session.settings.setState({ settings: { ...settings, objective: { ...settings.objective, targetMs } } });
}

/** Longer than a slider has to rest before the worker is told. */
const rest = () => vi.advanceTimersByTimeAsync(1000);

async function start(settings: StudySettings = defaultSettings): Promise<void> {
  session.settings.setState({ settings });
  await session.actions.start();
  await vi.advanceTimersByTimeAsync(0);
}

describe("the study on the page is the one that is kept", () => {
  test("while it runs, with an objective moved since, and when it is finished", async () => {
    await start();
    client.finish(3);
    expect(shown()).toEqual(await kept());
    moveTarget(7);
    await rest();
    client.finish(2);
    expect(shown()).toEqual(await kept());
    expect(shown()?.settings.objective.targetMs).toBe(7);
    expect(shown()?.elapsedSeconds).toBeGreaterThan(0);
    await session.actions.cancel();
    expect(shown()).toEqual(await kept());
    expect(shown()?.status).toBe("finished");
  });

  test("at the running time that was told last, by a trial or by a phase", async () => {
    await start();
    client.finish(3);
    client.emit("phase", { phase: "stopping", elapsedSeconds: 99.5 });
    expect(shown()?.elapsedSeconds).toBe(99.5);
  });

  test("after it is resumed, though the worker tells no running time while it opens it", async () => {
    const open = fakeStudy(12, defaultSettings);
    visit([open]);
    await session.actions.resume(open.id);
    await vi.advanceTimersByTimeAsync(0);
    client.emit("phase", { phase: "preparing", elapsedSeconds: 0 });
    expect(shown()).toEqual(open);
    client.finish(1);
    expect(shown()).toEqual(await kept());
  });

  test("when the worker has died, with its last words", async () => {
    await start();
    client.finish(3);
    const before = await kept();
    client.emit("phase", { phase: "failed", reason: "It died.", elapsedSeconds: 0 });
    expect(shown()).toEqual(before);
  });

  test("when its end is told before the answer to Start", async () => {
    const call = client.call;
    client.call = async (type, params) => {
      const answer = await call(type, params);
      if (type === "start") client.emit("phase", { phase: "finished", elapsedSeconds: 0 });
      return answer;
    };
    await session.actions.start();
    expect(shown()?.status).toBe("finished");
  });

  test("an objective moved just before a pause ends stands when it goes on", async () => {
    await start();
    client.finish(1);
    await session.actions.pause();
    client.finish(1);
    moveTarget(9);
    await session.actions.resume(shown()?.id ?? "");
    await rest();
    expect(shown()?.settings.objective.targetMs).toBe(9);
    expect(session.settings.getState().settings.objective.targetMs).toBe(9);
    expect(shown()).toEqual(await kept());
  });
});

describe("a trial that is measured again", () => {
  const again = (trial: number) => session.actions.measureAgain(shown()?.id ?? "", trial);

  test("stands on the page as it is kept, with both reports", async () => {
    await start();
    client.finish(3);
    const [, before] = shown()?.trials ?? [];
    const measuring = again(1);
    expect(session.run.getState().measuring).toEqual({ [`${shown()?.id}/1`]: "under way" });
    await measuring;
    expect(session.run.getState().measuring).toEqual({});
    expect(shown()?.trials[1]).toMatchObject({ earlierLatencies: [before?.latency], reward: before?.reward });
    expect(shown()?.trials[1]?.latency).not.toEqual(before?.latency);
    expect(shown()).toEqual(await kept());
  });

  test("does not count as a trial told: the pace of the search stays", async () => {
    await start();
    client.finish(3);
    const { told } = session.run.getState();
    await again(0);
    expect(session.run.getState().told).toEqual(told);
  });

  test("shows with its repeats", async () => {
    await start();
    client.finish(2);
    client.repeat();
    await again(0);
    expect(shown()?.trials[2]?.latency).toEqual(shown()?.trials[0]?.latency);
  });

  test("asks once, however often it is pressed, and keeps a refusal with the trial until the next", async () => {
    await start();
    client.finish(2);
    client.refuse("measureAgain", "other-device", "Another GPU.");
    await Promise.all([again(0), again(0)]);
    const asked = () => client.requests.filter(({ type }) => type === "measureAgain").length;
    expect(asked()).toBe(1);
    const key = `${shown()?.id}/0`;
    expect(session.run.getState().measuring[key]).toEqual({ code: "other-device", message: "Another GPU." });
    expect(session.run.getState().problem).toBeUndefined();
    await again(0);
    expect(session.run.getState().measuring).toEqual({});
  });

  test("of another study than the one on the page changes nothing here", async () => {
    visit([fakeStudy(4, defaultSettings)]);
    await start();
    client.finish(2);
    const before = shown();
    await session.actions.measureAgain("fixture-study", 1);
    expect(shown()).toEqual(before);
  });
});

describe("warnings", () => {
  const warn = (code: "storage-unavailable" | "storage-full" | "worker-replaced" | "profiler-fallback") =>
    client.emit("warning", { warning: { code, message: code } });

  test("of a study end with it, those of the device and of the visit stay", async () => {
    await session.actions.open();
    warn("storage-unavailable");
    await start();
    warn("worker-replaced");
    warn("storage-full");
    warn("profiler-fallback");
    await session.actions.cancel();
    expect(codes()).toHaveLength(4);
    await start();
    expect(codes()).toEqual(["storage-unavailable", "profiler-fallback"]);
  });

  test("of a study that could not be written are not the next one's", async () => {
    await start();
    warn("storage-unavailable");
    await session.actions.cancel();
    await start();
    expect(codes()).toEqual([]);
  });

  test("do not pass to another study that is resumed; they stay with their own, and where the other cannot be", async () => {
    const other = { ...fakeStudy(12, defaultSettings), id: "other" };
    visit([other]);
    await start();
    warn("storage-full");
    await session.actions.pause();
    client.finish(1);
    const own = shown()?.id ?? "";
    await session.actions.resume(own);
    expect(codes()).toEqual(["storage-full"]);
    await session.actions.cancel();

    client.refuse("resume", "missing-data", "The images are not here.");
    await session.actions.resume("other");
    expect(codes()).toEqual(["storage-full"]);
    expect(shown()?.id).toBe(own);
    await session.actions.resume("other");
    expect(codes()).toEqual([]);
    expect(shown()?.id).toBe("other");
  });
});

describe("automation", () => {
  const automation = () => createAutomation(session, Promise.resolve());
  const started = () => client.requests.filter(({ type }) => type === "start").length;
  const outOfRange = { ...defaultSettings, budget: { trials: 0 } };

  test("a start beside an active study is refused, and changes nothing", async () => {
    await automation().start(defaultSettings);
    await vi.advanceTimersByTimeAsync(0);
    await expect(automation().start({ ...defaultSettings, seed: 9 })).rejects.toThrow(/under way \(running\)/);
    expect(session.settings.getState().settings.seed).toBe(defaultSettings.seed);
    expect(started()).toBe(1);
  });

  test("settings out of range are refused by name, before the first study and after one", async () => {
    await expect(automation().start(outOfRange)).rejects.toThrow("Trials: Type a whole number from 1 to 5000.");
    await automation().start(defaultSettings);
    await session.actions.cancel();
    await expect(automation().start(outOfRange)).rejects.toThrow("Trials: Type a whole number from 1 to 5000.");
    expect(started()).toBe(1);
  });

  test("what the worker refuses is thrown in its words", async () => {
    client.refuse("start", "bad-data", "No images.");
    await expect(automation().start(defaultSettings)).rejects.toThrow("No images.");
  });
});
