import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { presets } from "../../../src/core";
import { latencyAxis } from "../../../src/ui/charts/domain";
import { niceTicks } from "../../../src/ui/charts/ticks";
import { describeNetwork, shapeText } from "../../../src/ui/network/describe";
import { parseRoute, studyLink } from "../../../src/ui/route";
import { remainingSeconds, trialsPerMinute } from "../../../src/ui/state/estimate";
import { histogram } from "../../../src/ui/state/histogram";

const value = fc.double({ min: 0.01, max: 5000, noNaN: true });

describe("ticks", () => {
  test.each([
    [
      [0, 10, 5],
      [0, 2, 4, 6, 8, 10],
    ],
    [
      [0.1, 0.5, 4],
      [0.1, 0.2, 0.3, 0.4, 0.5],
    ],
    [
      [48, 71, 5],
      [45, 50, 55, 60, 65, 70, 75],
    ],
  ] as const)("%j", ([low, high, count], ticks) => expect(niceTicks(low, high, count)).toEqual(ticks));

  test("enclose what is drawn, in equal steps", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const ticks = niceTicks(low, high);
        const step = (ticks[1] as number) - (ticks[0] as number);
        expect(ticks[0]).toBeLessThanOrEqual(low + 1e-6 * high);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(high * (1 - 1e-6));
        expect(ticks.length).toBeLessThanOrEqual(9);
        for (const [i, tick] of ticks.entries()) expect(tick).toBeCloseTo((ticks[0] as number) + i * step, 6);
      }),
    );
  });
});

test("a histogram loses no value and counts as brute force does", () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
      const bins = histogram(values);
      expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length);
      const last = bins.length - 1;
      for (const [index, { start, end, count }] of bins.entries()) {
        const margin = (end - start) * 1e-6;
        const surely = values.filter((v) => v > start + margin && v < end - margin).length;
        const perhaps = values.filter((v) => v > start - margin && (index === last || v < end + margin)).length;
        expect(count).toBeGreaterThanOrEqual(surely);
        expect(count).toBeLessThanOrEqual(perhaps);
      }
    }),
  );
});

test("T joins the latency axis where it is near, and cannot squeeze the points where it is far", () => {
  expect(latencyAxis([10, 14], 18).domain[1]).toBeGreaterThanOrEqual(18);
  expect(latencyAxis([10, 14], 500).domain[1]).toBeLessThan(20);
  expect(latencyAxis([100, 140], 20).domain[0]).toBeGreaterThan(50);
});

describe("the drawing of MnasNet-A1 says what the paper's Figure 7 says", () => {
  const architecture = presets["mnasnet-a1"];
  if (!architecture) throw new Error("The preset is gone.");
  const boxes = describeNetwork(architecture, { inputSize: 224, widthMultiplier: 1, classes: 1000 });

  test("operations, kernels and repeats", () => {
    expect(
      boxes.map(({ title, repeats, details }) => `${title} x${repeats}${details.includes("SE") ? " SE" : ""}`),
    ).toEqual([
      "Conv 3×3 x1",
      "SepConv 3×3 x1",
      "MBConv6 3×3 x2",
      "MBConv3 5×5 x3 SE",
      "MBConv6 3×3 x4",
      "MBConv6 3×3 x2 SE",
      "MBConv6 5×5 x3 SE",
      "MBConv6 3×3 x1",
      "Conv 1×1 x1",
      "Pool, dense x1",
    ]);
  });

  test("shapes", () => {
    expect(boxes.slice(0, 8).map(({ output }) => shapeText(output))).toEqual([
      "112×112×32",
      "112×112×16",
      "56×56×24",
      "28×28×40",
      "14×14×80",
      "14×14×112",
      "7×7×160",
      "7×7×320",
    ]);
  });
});

describe("pace", () => {
  test("an even pace leaves no range", () => {
    expect(trialsPerMinute(10, 40)).toBe(15);
    const finishedAt = Array.from({ length: 10 }, (_, i) => 4 * (i + 1));
    expect(remainingSeconds(finishedAt, 10, 40, { trials: 40 })).toEqual([120, 120]);
  });

  test("a search that slows down says so, and minutes cap the guess", () => {
    const finishedAt = [4, 8, 12, 16, 26, 36, 46, 56, 66, 76, 86, 96, 106];
    const guess = remainingSeconds(finishedAt, 13, 106, { trials: 23 });
    expect(guess?.[0]).toBeCloseTo((106 / 13) * 10, 6);
    expect(guess?.[1]).toBe(100);
    expect(remainingSeconds(finishedAt, 13, 106, { trials: 23, minutes: 2 })).toEqual([14, 14]);
  });

  test("one trial is no pace", () => expect(remainingSeconds([9], 1, 9, { trials: 40 })).toBeUndefined());
});

test.each(["#/", "", "#/nowhere"])("%s leads to the search", (hash) => {
  expect(parseRoute(hash)).toEqual({ place: "search" });
});

test("a study's link leads back to it", () => {
  expect(parseRoute("#/studies")).toEqual({ place: "studies" });
  expect(parseRoute(studyLink("a/b c"))).toEqual({ place: "study", id: "a/b c" });
  // Cut within an escape.
  expect(parseRoute("#/studies/%E0%A4%A")).toEqual({ place: "studies" });
});
