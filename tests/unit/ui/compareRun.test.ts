import { beforeEach, describe, expect, test, vi } from "vitest";
import { defaultSettings, type Study } from "../../../src/core";
import { presetSides } from "../../../src/ui/state/sides";
import { fakeSides, fakeStudy } from "../../fixtures/fakeClient";
import { client, session, visit } from "./visit";

const sides = presetSides("constraints", 20);
const run = () => session.run.getState();
const counts = () => run().sides.map(({ trials }) => trials.length);
const asked = (type: string) => client.requests.filter((request) => request.type === type);

/** The sides as the worker keeps them. */
const kept = () =>
  Promise.all(run().sides.map(async ({ id }) => (await client.call("read", { studyId: id })).study.trials));

async function compare(): Promise<void> {
  session.settings.setState({ comparing: true, sides });
  await session.actions.compare();
  await vi.advanceTimersByTimeAsync(0);
}

describe("a comparison", () => {
  test("is asked for with its sides, and looks at the first", async () => {
    await compare();
    expect(asked("compare")).toHaveLength(1);
    expect(asked("compare")[0]?.params).toMatchObject({ name: "Built-in images, Hard against Soft", sides });
    expect(asked("start")).toEqual([]);
    expect(run().sides.map(({ comparison }) => comparison?.label)).toEqual(["Hard", "Soft"]);
    expect(run().study).toBe(run().sides[0]);
  });

  test("gives each trial to the study that it is of, and the running time to all", async () => {
    await compare();
    client.finish(5);
    expect(counts()).toEqual([5, 5]);
    expect(run().sides.map(({ trials }) => trials)).toEqual(await kept());
    const [hard, soft] = run().sides as [Study, Study];
    const trial = { ...(soft.trials[4] as Study["trials"][number]), number: 5 };
    client.emit("trial", { studyId: soft.id, trial, elapsedSeconds: 500 });
    expect(counts()).toEqual([5, 6]);
    expect(run().sides.map(({ elapsedSeconds }) => elapsedSeconds)).toEqual([500, 500]);
    expect(run().sides[0]?.trials).toBe(hard.trials);
  });

  test("the side that is looked at stays, and is the one among the sides, whatever is told", async () => {
    await compare();
    const soft = run().sides[1]?.id ?? "";
    session.actions.lookAt(soft);
    client.finish(3);
    expect(run().study?.id).toBe(soft);
    expect(run().study).toBe(run().sides[1]);
    session.actions.lookAt("another study");
    expect(run().study?.id).toBe(soft);
    await session.actions.cancel();
    expect(run().sides.map(({ status }) => status)).toEqual(["finished", "finished"]);
    expect(run().study).toBe(run().sides[1]);
  });

  test("trials that are told before the answer came are in the right studies", async () => {
    const call = client.call;
    client.call = async (type, params) => {
      const answer = await call(type, params);
      if (type === "compare") client.finish(2);
      return answer;
    };
    await compare();
    expect(counts()).toEqual([2, 2]);
    expect(run().sides.map(({ trials }) => trials)).toEqual(await kept());
  });

  test("keeps its objectives: a slider tells the worker nothing", async () => {
    await compare();
    client.finish(2);
    const { settings } = session.settings.getState();
    session.settings.setState({ settings: { ...settings, objective: { ...settings.objective, targetMs: 9 } } });
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked("setObjective")).toEqual([]);
    expect(run().sides.map((study) => study.settings.objective)).toEqual(sides.map(({ objective }) => objective));
  });

  test("does not start where its sides are not sound, or beside an active study", async () => {
    session.settings.setState({ sides: sides.slice(0, 1) });
    await session.actions.compare();
    session.settings.setState({ sides });
    await session.actions.start();
    await session.actions.compare();
    expect(asked("compare")).toEqual([]);
  });

  test("a measurement again changes its own side", async () => {
    await compare();
    client.finish(3);
    const [, soft] = run().sides as [Study, Study];
    const before = run().sides[0]?.trials;
    await session.actions.measureAgain(soft.id, 1);
    expect(run().sides[1]?.trials[1]?.earlierLatencies).toHaveLength(1);
    expect(run().sides[0]?.trials).toBe(before);
  });

  test("gives way to a single study, and goes from the page when a side is deleted", async () => {
    await compare();
    await session.actions.cancel();
    await session.actions.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(run().sides).toEqual([]);
    expect(run().study?.comparison).toBeUndefined();
    await session.actions.cancel();
    await compare();
    await session.actions.cancel();
    await session.actions.remove(run().sides[1]?.id ?? "");
    expect(run()).toMatchObject({ sides: [], study: undefined, phase: "idle" });
  });
});

describe("a comparison from disk", () => {
  const open = fakeSides(6, defaultSettings, sides);
  const single = fakeStudy(4, defaultSettings);
  beforeEach(() => visit([...open, single]));

  test("is resumed with all its sides, the one that was asked for in sight; the slider's objective stays", async () => {
    const before = session.settings.getState().settings.objective;
    await session.actions.resume("side-1");
    await vi.advanceTimersByTimeAsync(0);
    expect(run().sides).toEqual(open);
    expect(run().study?.id).toBe("side-1");
    expect(session.settings.getState().settings.objective).toBe(before);
    client.finish(1);
    expect(counts()).toEqual([7, 7]);
  });

  test("that cannot be resumed leaves the page as it was", async () => {
    await compare();
    await session.actions.cancel();
    const before = run();
    client.refuse("resume", "missing-data", "The images are not here.");
    await session.actions.resume("side-0");
    expect(run()).toMatchObject({ sides: before.sides, study: before.study, wantsData: "side-0" });
  });

  test("is read together, in the order of its sides; a side that cannot be read is left out", async () => {
    expect((await session.actions.readSides("side-1")).map(({ id }) => id)).toEqual(["side-0", "side-1"]);
    expect((await session.actions.readSides(single.id)).map(({ id }) => id)).toEqual([single.id]);
    const call = client.call;
    client.call = (type, params) => {
      if (type === "read" && (params as { studyId: string }).studyId === "side-0") throw new Error("Damaged.");
      return call(type, params);
    };
    expect((await session.actions.readSides("side-1")).map(({ id }) => id)).toEqual(["side-1"]);
    await expect(session.actions.readSides("side-0")).rejects.toThrow("Damaged.");
  });
});
