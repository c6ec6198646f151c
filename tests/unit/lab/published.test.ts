import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { countMultiplyAdds, countParameters, presets } from "../../../src/core";
import { imageNet } from "../../../src/ui/lab/networks";
import { sources } from "../../../src/ui/lab/published/published";
import { a1Counts, v3SmallCounts } from "../../../src/ui/lab/published/remarks";
import { publishedAt, publishedScaling } from "../../../src/ui/lab/published/scaling";
import { table1 } from "../../../src/ui/lab/published/table1";
import { table6 } from "../../../src/ui/lab/published/table6";

const csv = join(import.meta.dirname, "../../../../shared/facts/published-scaling.csv");

test.runIf(existsSync(csv))("the points of Figure 5 are those of the file of facts, to the digit", () => {
  const [, ...lines] = readFileSync(csv, "utf8").trim().split("\n");
  const expected = lines.map((line) => {
    const [network, multiplier, inputSize, top1, multiplyAdds, ms] = line.split(",");
    return [network, ...[multiplier, inputSize, top1, multiplyAdds, ms].map(Number)];
  });
  expect(
    publishedScaling.map(({ network, multiplier, inputSize, multiplyAddsMillions, published }) => [
      network,
      multiplier,
      inputSize,
      published.top1Percent,
      multiplyAddsMillions,
      published.pixel1Ms,
    ]),
  ).toEqual(expected);
});

test("each point stands once, and says at which size and by whom", () => {
  const places = publishedScaling.map(({ network, multiplier, inputSize }) => `${network} ${multiplier} ${inputSize}`);
  expect(new Set(places).size).toBe(places.length);
  for (const { inputSize, published } of publishedScaling) {
    expect(published.inputSize).toBe(inputSize);
    expect(sources[published.source].href).toMatch(/^https:/);
  }
});

test("a digit that was copied wrongly would leave the curves: more pixels and more width never cost accuracy or time less", () => {
  for (const a of publishedScaling) {
    for (const b of publishedScaling) {
      const larger = b.multiplier >= a.multiplier && b.inputSize >= a.inputSize;
      if (a.network !== b.network || !larger) continue;
      expect(b.published.top1Percent).toBeGreaterThanOrEqual(a.published.top1Percent);
      expect(b.published.pixel1Ms).toBeGreaterThanOrEqual(a.published.pixel1Ms);
      expect(b.multiplyAddsMillions).toBeGreaterThanOrEqual(a.multiplyAddsMillions);
    }
  }
});

test("published multiply-adds are about those that are counted", () => {
  for (const { network, multiplier, inputSize, multiplyAddsMillions } of publishedScaling) {
    const counted = countMultiplyAdds(presets[network], { inputSize, widthMultiplier: multiplier, ...imageNet }) / 1e6;
    // The READMEs count pooling and squeeze-and-excite otherwise, and MobileNetV2's in whole millions.
    const off = Math.abs(counted - multiplyAddsMillions);
    expect(off, `${network} ${multiplier} ${inputSize}`).toBeLessThan(1 + 0.04 * multiplyAddsMillions);
  }
});

describe("where two sources have a figure they agree", () => {
  test("MnasNet-A1 in Table 1, in Table 6 and in Figure 5", () => {
    const { top1Percent, pixel1Ms } = table1["mnasnet-a1"];
    expect(table6["mnasnet-a1"]).toMatchObject({ top1Percent, pixel1Ms });
    expect(publishedAt("mnasnet-a1", 1, 224)?.published).toMatchObject({ top1Percent, pixel1Ms });
  });

  test("MobileNetV2, which Table 1 takes from the README of Figure 5's points", () => {
    expect(publishedAt("mobilenet-v2", 1, 224)?.published).toEqual(table1["mobilenet-v2"]);
    expect(publishedAt("mobilenet-v2", 1.4, 224)?.published).toEqual(table1["mobilenet-v2-1.4"]);
  });
});

test("what is remarked of counts is what they are", () => {
  const a1 = publishedScaling.filter(({ network }) => network === "mnasnet-a1");
  const more = a1.map(({ inputSize, multiplier, multiplyAddsMillions }) => {
    const counted = countMultiplyAdds(presets["mnasnet-a1"], { inputSize, widthMultiplier: multiplier, ...imageNet });
    return 100 * (multiplyAddsMillions / (counted / 1e6) - 1);
  });
  const [low = Number.NaN, high = Number.NaN] =
    a1Counts.sentence
      .match(/([\d.]+) to ([\d.]+)/)
      ?.slice(1)
      .map(Number) ?? [];
  expect([Math.min(...more).toFixed(1), Math.max(...more).toFixed(1)]).toEqual([low.toFixed(1), high.toFixed(1)]);

  const small = presets["mobilenet-v3-small"];
  const scale = { inputSize: 224, widthMultiplier: 1, ...imageNet };
  expect(v3SmallCounts.sentence).toContain(`${countParameters(small, scale).toLocaleString("en")} parameters`);
  expect(v3SmallCounts.sentence).toContain(
    `${(countMultiplyAdds(small, scale) / 1e6).toFixed(1)}\u00a0M multiply-adds`,
  );
});
