import { describe, expect, test } from "vitest";
import { defaultSettings, exponents, limits, type Objective } from "../../../src/core";
import { namesOf } from "../../../src/ui/state/choices";
import { asKind, objectiveWords, sameObjective, signed } from "../../../src/ui/state/objective";
import { createSettingsStore, restoreSettings } from "../../../src/ui/state/settingsStore";
import {
  type ComparedSide,
  comparisonName,
  presetOf,
  presetSides,
  presetTitles,
  sidesProblem,
  withAnother,
} from "../../../src/ui/state/sides";
import { groupStudies } from "../../../src/ui/studies/groups";
import type { StudySummary } from "../../../src/workers/protocol";

describe("presets", () => {
  test.each(namesOf(presetTitles))("%s can be started, is known again, and takes a third side", (name) => {
    const sides = presetSides(name, 33);
    expect(sidesProblem(sides)).toBeUndefined();
    expect(presetOf(sides)).toBe(name);
    expect(sidesProblem(withAnother(sides))).toBeUndefined();
    expect(presetOf(withAnother(sides))).toBeUndefined();
  });

  test("the paper's are (a) alpha 0, beta -1 and (b) alpha = beta = -0.07 at the same T", () => {
    expect(presetSides("constraints", 75).map(({ objective }) => objective)).toEqual([
      { targetMs: 75, alpha: 0, beta: -1 },
      { targetMs: 75, alpha: -0.07, beta: -0.07 },
    ]);
  });
});

describe("sides that cannot be compared", () => {
  const [hard, soft] = presetSides("constraints", 20) as [ComparedSide, ComparedSide];
  test.each<[string, readonly ComparedSide[], RegExp]>([
    ["one", [hard], /2 to 3 sides/],
    ["four", [hard, soft, ...presetSides("targets", 50)], /2 to 3 sides/],
    ["no name", [hard, { ...soft, label: "  " }], /Name every side/],
    ["one name twice", [hard, { ...soft, label: "Hard " }], /same name/],
    ["a long name", [hard, { ...soft, label: "x".repeat(25) }], /at most 24/],
    ["a number out of range", [hard, { ...soft, objective: { ...soft.objective, targetMs: 0 } }], /Soft.*out of range/],
    ["a half-typed number", [hard, { ...soft, objective: { ...soft.objective, beta: Number.NaN } }], /out of range/],
    ["the same objective twice", [hard, { label: "Other", objective: { ...hard.objective } }], /nothing to compare/],
  ])("%s", (_, sides, message) => expect(sidesProblem(sides)).toMatch(message));

  test("absolute and custom with the same numbers are two objectives", () => {
    const numbers = { targetMs: 20, alpha: 0, beta: -0.1 };
    const sides: ComparedSide[] = [
      { label: "A", objective: numbers },
      { label: "B", objective: { ...numbers, form: "absolute" } },
    ];
    expect(sidesProblem(sides)).toBeUndefined();
  });
});

describe("an objective", () => {
  const custom: Objective = { targetMs: 12, alpha: -0.2, beta: -0.5 };

  test("of another kind keeps T; custom also the exponents, absolute alone has a form", () => {
    expect(asKind("absolute", custom)).toEqual({ targetMs: 12, alpha: 0, beta: -0.1, form: "absolute" });
    expect(asKind("hard", asKind("absolute", custom))).toEqual({ targetMs: 12, ...exponents.hard });
    expect(asKind("custom", custom)).toEqual(custom);
    expect(sameObjective(asKind("custom", asKind("absolute", custom)), asKind("absolute", custom))).toBe(false);
  });

  test.each<[Objective, string]>([
    [{ targetMs: 20, alpha: 0, beta: -1 }, "hard, T 20.0 ms"],
    [{ targetMs: 20, alpha: -0.07, beta: -0.07 }, "soft"],
    [{ targetMs: 20, alpha: 0, beta: 0 }, "accuracy only"],
    [{ targetMs: 8.31, alpha: 0, beta: -0.1, form: "absolute" }, "absolute, beta −0.1, T 8.31 ms"],
    [custom, "alpha −0.2, beta −0.5, T 12.0 ms"],
  ])("%j is called %s", (objective, words) => {
    expect(objectiveWords(objective).replaceAll("\u00a0", " ")).toBe(words);
  });

  test("signed numbers", () => expect([-0.07, -1, 0, -0.005].map(signed)).toEqual(["−0.07", "−1", "0", "−0.005"]));
});

describe("what storage keeps", () => {
  test("the absolute form comes back with its weight; an unknown form is the paper's", () => {
    const objective: Objective = { targetMs: 12, alpha: 0, beta: -0.3, form: "absolute" };
    const kept = JSON.parse(JSON.stringify({ ...defaultSettings, objective }));
    expect(restoreSettings(kept).objective).toEqual(objective);
    const strange = { ...defaultSettings, objective: { ...objective, form: "cubic" } };
    expect(restoreSettings(strange).objective).toEqual({ targetMs: 12, alpha: 0, beta: -0.3 });
  });

  const visit = (state: unknown) => {
    const kept = new Map([["test", JSON.stringify({ state, version: 0 })]]);
    globalThis.localStorage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    } as unknown as Storage;
    try {
      return createSettingsStore("test").getState();
    } finally {
      Reflect.deleteProperty(globalThis, "localStorage");
    }
  };

  test("own sides come back as they were", () => {
    const sides = withAnother([
      { label: "A", objective: { targetMs: 10, alpha: 0, beta: -0.1, form: "absolute" } },
      { label: "B", objective: { targetMs: 30, alpha: -0.1, beta: -1 } },
    ]);
    expect(visit({ settings: defaultSettings, comparing: true, sides })).toMatchObject({ comparing: true, sides });
  });

  test.each([
    undefined,
    "two",
    [],
    [1, 2],
    [{ label: "A", objective: { targetMs: limits.targetMs[1] + 1, alpha: 0, beta: 0 } }, {}],
  ])("sides that are not sound (%j) are the paper's, at the T of the visit before", (sides) => {
    const objective = { ...defaultSettings.objective, targetMs: 31 };
    const state = visit({ settings: { ...defaultSettings, objective }, comparing: "yes", sides });
    expect(state.sides).toEqual(presetSides("constraints", 31));
    expect(state.comparing).toBe(false);
  });
});

describe("the list of studies", () => {
  const summary = (id: string, comparison?: StudySummary["comparison"]): StudySummary => ({
    id,
    name: comparison ? `Images, T 20 ms: ${comparison.label}` : id,
    createdAt: "2026-11-22T12:00:00.000Z",
    status: "open",
    trials: 1,
    budgetTrials: 40,
    data: { name: "builtin", hash: "0", classes: 10, channels: 3, trainImages: 1, validationImages: 1 },
    comparison,
  });
  const side = (id: string, side: number) => summary(`${id}${side}`, { id, side, sides: 2, label: `L${side}` });

  test("sides of one comparison stand together in their order, under the name they share", () => {
    const groups = groupStudies([summary("x"), side("c", 1), summary("y"), side("c", 0), side("d", 1)]);
    expect(groups.map(({ name, studies }) => [name, ...studies.map(({ id }) => id)])).toEqual([
      ["x", "x"],
      ["Images, T 20 ms", "c0", "c1"],
      ["y", "y"],
      ["Images, T 20 ms", "d1"],
    ]);
  });

  test("a side that was renamed keeps the name it was given", () => {
    expect(comparisonName({ ...side("c", 0), name: "Mine" })).toBe("Mine");
  });
});
