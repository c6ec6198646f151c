import { describe, expect, test } from "vitest";
import { defaultSettings, type Study } from "../../../src/core";
import { type Side, sideOf } from "../../../src/ui/compare/side";
import { figure6Words, marks, spreadOf } from "../../../src/ui/lab/experiments/figure6Words";
import { partRows, remainingSteps, totalTrials } from "../../../src/ui/lab/experiments/table5Parts";
import { table5Words } from "../../../src/ui/lab/experiments/table5Words";
import { table5 } from "../../../src/ui/lab/published/table5";
import { estimateTrials } from "../../../src/ui/lab/studies/estimate";
import { restoreNumbers } from "../../../src/ui/lab/studies/useNumbers";
import { fakeFigure6, fakeTable5 } from "../../fixtures/fakeExperiments";

/** The study with other figures: of each trial its accuracy (0 to 1) and latency in ms. */
function withFigures(study: Study, figures: readonly (readonly [accuracy: number, ms: number])[]): Study {
  const sample = study.trials.find(({ accuracy, latency }) => accuracy && latency);
  const trials = figures.flatMap(([share, ms], number) => {
    if (!sample?.accuracy || !sample.latency) return [];
    const images = 4000;
    return {
      ...sample,
      number,
      key: `network ${number}`,
      accuracy: { ...sample.accuracy, accuracy: share, correct: Math.round(share * images), images },
      latency: { ...sample.latency, medianMs: ms, intervalMs: [ms * 0.99, ms * 1.01] as const },
    };
  });
  return { ...study, trials };
}

describe("Figure 6", () => {
  const [hard, soft] = fakeFigure6(20) as [Study, Study];
  const side = (study: Study, times: readonly number[]): Side =>
    sideOf(
      withFigures(
        study,
        times.map((ms, index) => [0.5 + index / 1000, ms] as const),
      ),
    );
  const repeated = (ms: number, count: number) => Array.from({ length: count }, (_, index) => ms + index / 100);

  test("every timed network lies below, around or beyond T, by the paper's marks of 40, 75 and 110 ms", () => {
    const { below, around, beyond } = spreadOf([10, 39.9, 40.1, 75, 109.9, 110.1, 300], 75);
    expect([below.count, around.count, beyond.count]).toEqual([2, 3, 2]);
    expect(below.of).toBe(7);
    expect(marks.below * 75).toBeCloseTo(40);
  });

  test("says that it is as in the paper only where the difference is more than chance", () => {
    const fast = side(hard, repeated(15, 40));
    const wide = side(soft, [...repeated(15, 15), ...repeated(40, 25)]);
    const [faster, further] = figure6Words(fast, wide);
    expect(faster).toMatch(/^As in the paper, hard looks at faster networks: hard put 100.% .* soft 38.%/);
    expect(further).toMatch(/^As in the paper, soft looks further out: beyond 29\.3.ms .* lie 63.% /);
    expect(figure6Words(side(hard, repeated(40, 40)), side(soft, repeated(15, 40)))[0]).toMatch(/^Unlike in the paper/);
    const [close, alike] = figure6Words(side(hard, repeated(15, 40)), side(soft, repeated(15.2, 40)));
    expect(close).toMatch(/too close to tell/);
    expect(alike).toMatch(/too close to tell/);
  });

  test("says nothing of few networks, nor of one side alone", () => {
    const few = side(hard, repeated(15, 7));
    expect(figure6Words(few, side(soft, repeated(15, 40)))).toEqual([
      expect.stringMatching(/once both settings have timed 8/),
    ]);
    expect(figure6Words(few, undefined)).toEqual([expect.stringMatching(/one of them is not on this device/)]);
  });

  test("counts the networks of each front beyond T", () => {
    const near = side(hard, [12, 14, 16, 17, 18, 19, 19.5, 19.9]);
    const far = side(soft, [12, 14, 16, 18, 22, 26, 30, 41]);
    expect(figure6Words(near, far)[2]).toMatch(
      /^One soft search offers more .* to 41\.0.ms, with 4.networks beyond T, hard's to 19\.9.ms, with 0/,
    );
    expect(figure6Words(far, near)[2]).toMatch(/does not offer more/);
  });
});

describe("Table 5", () => {
  const figures = [[[0.6, 30]], [[0.55, 20]], [[0.65, 10]]] as const;
  const rowsWith = (all: readonly (readonly (readonly [number, number])[])[]) =>
    partRows(fakeTable5([4, 4, 4], 4).map((study, index) => withFigures(study, all[index] ?? [])));

  test("the published order is the paper's", () => {
    const of = (figure: "top1Percent" | "pixel1Ms") => Object.values(table5).map((row) => row[figure]);
    expect([of("top1Percent"), of("pixel1Ms")]).toEqual([
      [74, 72, 75.2],
      [183, 100, 78],
    ]);
  });

  test("an order as the paper's, and its reverse, are told as such", () => {
    expect(table5Words(rowsWith(figures))?.latency.verdict.at(-1)).toMatch(/Of 3.pairs, 3 stand here/);
    const reversed = table5Words(rowsWith([[[0.6, 10]], [[0.55, 20]], [[0.65, 30]]]));
    expect(reversed?.latency.flips).toHaveLength(3);
  });

  test("accuracies within the noise of their seeds are too close to tell", () => {
    const words = table5Words(rowsWith([[[0.61, 30]], [[0.6, 20]], [[0.612, 10]]]));
    expect(words?.accuracy.verdict.at(-1)).toMatch(/All 3.pairs are too close/);
  });

  test("nothing is said before all three have found something", () => {
    expect(table5Words(partRows(fakeTable5([4, 2], 4)))).toBeUndefined();
  });

  test("trials that a stopped search did not do are not waited for", () => {
    const studies = fakeTable5([4, 1], 4).map((study) => ({ ...study, status: "finished" as const }));
    expect(totalTrials(studies, 4)).toBe(4 + 1 + 4);
    const steps = remainingSteps(studies, defaultSettings, "2026-11-22T10:00:00.000Z");
    expect(steps).toMatchObject([{ start: { experiment: { part: "factorized-multi" } } }]);
  });
});

test("the time that is left is reckoned from the trials so far, shared by the sides of a comparison", () => {
  const sides = fakeFigure6(20);
  // 4 s a trial and side; the clock of a comparison runs for both.
  const { basis, range } = estimateTrials(10, defaultSettings, sides);
  expect(basis).toBe("so far");
  expect(range[0]).toBeLessThan(40);
  expect(range[1]).toBeGreaterThan(40);
  expect(estimateTrials(10, defaultSettings, []).basis).toBe("rule of thumb");
});

test("numbers of an earlier visit hold only where they are still in range", () => {
  const specs = { trials: { label: "Trials", limits: [1, 100], whole: true } } as const;
  expect(restoreNumbers({ trials: 12, other: 3 }, specs)).toEqual({ trials: 12 });
  for (const trials of [0, 101, 2.5, "12", null, Number.NaN]) expect(restoreNumbers({ trials }, specs)).toEqual({});
});
