import { describe, expect, test } from "vitest";
import { judge } from "../../../bench/fidelity/judge";
import { ruleOfStudies, rules } from "../../../bench/fidelity/rules";
import { openStore } from "../../../bench/fidelity/store";
import { variants } from "../../../bench/fidelity/variants";
import { readYardstick, stabilityOf, truthOf } from "../../../bench/fidelity/yardstick";
import { type FidelitySet, fidelity, measuredSet, type Recipe, type RecipeName } from "../../../src/core";
import { createBuiltinDataset } from "../../../src/data";

const figures = (Object.keys(fidelity) as RecipeName[]).flatMap((recipe) =>
  (Object.keys(fidelity[recipe]) as FidelitySet[]).map((set) => ({ recipe, set })),
);

describe("what the page says of a recipe is what the bench makes of the runs that are kept", () => {
  test.each(figures)("$recipe on $set", ({ recipe, set }) => {
    const yardstick = readYardstick(set);
    const variant = variants.find(({ id }) => id === recipe);
    if (!yardstick || !variant) throw new Error("There are no runs for this figure.");
    const rule = rules.find(({ name }) => name === ruleOfStudies(variant.recipe));
    if (!rule) throw new Error("There is no rule for this recipe.");
    const verdict = judge(rule, openStore(set, yardstick.hash).runsOf(variant), truthOf(yardstick));
    const said = fidelity[recipe][set];
    expect(said?.architectures).toBe(verdict.architectures);
    expect(said?.spearman).toBeCloseTo(verdict.spearman, 2);
    expect(said?.spearmanError).toBeCloseTo(verdict.spearmanError, 2);
    expect(said?.kendall).toBeCloseTo(verdict.kendall, 2);
    expect(said?.coreSeconds).toBeCloseTo(verdict.coreSeconds, 0);
  });

  test.each(["builtin", "fashion-mnist"])("noise between seeds on %s", (set) => {
    const yardstick = readYardstick(set);
    const rule = rules.find(({ name }) => name === "top-1, 5000 images");
    if (!yardstick || !rule) throw new Error("There are no runs for this figure.");
    const measured = (id: string) => {
      const variant = variants.find((known) => known.id === id);
      if (!variant) throw new Error(`There is no variant ${id}.`);
      const runs = openStore(set, yardstick.hash).runsOf(variant);
      return { shown: shownBy(variant.recipe), deviation: judge(rule, runs, truthOf(yardstick)).seedDeviation };
    };
    const long = { shown: shownBy(yardstick.recipe), deviation: stabilityOf(yardstick).seedDeviation };
    const lengths = measuredSet(yardstick.hash)?.lengths ?? [];
    const expected = [measured("quick"), measured("standard"), long];
    expect(lengths.map(({ shown }) => shown)).toEqual(expected.map(({ shown }) => shown));
    expected.forEach(({ deviation }, i) => {
      expect(lengths[i]?.deviation).toBeCloseTo(deviation, 3);
    });
  });

  test("the yardstick of the built-in images is of the images as they are", () => {
    expect(readYardstick("builtin")?.hash).toBe(createBuiltinDataset().hash);
  });
});

function shownBy({ steps, batchSize }: Recipe): number {
  return steps * batchSize;
}
