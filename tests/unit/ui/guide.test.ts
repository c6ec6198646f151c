import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { paretoFront, spaces } from "../../../src/core";
import {
  averageLosses,
  dominatorsOf,
  makeNetworks,
  noisyScores,
  orderKept,
  scientific,
  staircase,
  truePlace,
} from "../../../src/ui/guide/made";
import { chapterTitles, type GuideAnchor, guideLink, termTitles } from "../../../src/ui/guide/terms";
import { playRounds, ROUNDS, smoothed } from "../../../src/ui/guide/toyLoop";
import { parseRoute } from "../../../src/ui/route";

describe("addresses", () => {
  const anchors = [...Object.keys(chapterTitles), ...Object.keys(termTitles)] as GuideAnchor[];

  test.each(anchors)("#/guide/%s", (anchor) => {
    expect(parseRoute(guideLink(anchor))).toEqual({ place: "guide", anchor });
  });

  test("no two parts share one, and an unknown one is the whole guide", () => {
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(parseRoute("#/guide")).toEqual({ place: "guide" });
    expect(parseRoute("#/guide/nowhere")).toEqual({ place: "guide" });
  });
});

test("every word is linked from the page, outside the guide", () => {
  const ui = join(import.meta.dirname, "../../../src/ui");
  const sources = readdirSync(ui, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".tsx") && !path.startsWith("guide"))
    .map((path) => readFileSync(join(ui, path), "utf8"));
  const linked = sources.flatMap((source) => [
    ...[...source.matchAll(/<Term name="([^"]+)"/g)].map(([, name]) => name),
    ...[...source.matchAll(/\bterm="([^"]+)"/g)].map(([, name]) => name),
  ]);
  expect([...new Set(linked)].sort()).toEqual(Object.keys(termTitles).sort());
});

test("the sizes of the paper's spaces: 10^13 against 10^39", () => {
  const choices = spaces["factorized-browser"].decisions
    .slice(0, 6)
    .reduce((product, decision) => product * decision.choices.length, 1);
  expect(choices).toBe(432);
  for (const exponent of [1, 5, 7, 15, 28]) {
    const { mantissa, tens } = scientific(choices, exponent);
    const exact = (432n ** BigInt(exponent)).toString();
    expect(tens).toBe(exact.length - 1);
    expect(mantissa).toBeCloseTo(Number(`${exact[0]}.${exact.slice(1, 8)}`), 5);
  }
});

describe("made-up networks", () => {
  const networks = makeNetworks(1, 200);
  const front = paretoFront(networks);

  test("dominance, by its definition and by the front", () => {
    for (const network of networks) {
      const better = dominatorsOf(network, networks);
      expect(better.length === 0).toBe(front.includes(network));
      for (const other of better) {
        expect(other.latencyMs).toBeLessThanOrEqual(network.latencyMs);
        expect(other.accuracy).toBeGreaterThanOrEqual(network.accuracy);
      }
    }
  });

  test("the staircase passes each network of the front and none above it", () => {
    const corners = staircase(networks);
    for (const { latencyMs, accuracy } of front) expect(corners).toContainEqual({ x: latencyMs, y: accuracy });
    for (const { latencyMs, accuracy } of networks) {
      const below = corners.filter(({ x }) => x <= latencyMs).map(({ y }) => y);
      expect(accuracy).toBeLessThanOrEqual(Math.max(...below));
    }
  });
});

describe("noise", () => {
  test("none keeps the order", () => {
    const exact = noisyScores(1, 0);
    expect(orderKept(exact).all).toBeCloseTo(1, 10);
    expect(orderKept(exact).top).toBeCloseTo(1, 10);
    expect(truePlace(exact)).toBe(1);
    expect(averageLosses(0, 3, 3)).toEqual([0, 0, 0]);
  });

  test("harms the order of the best more than that of all", () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => orderKept(noisyScores(seed, 1)));
    const mean = (of: (kept: (typeof seeds)[number]) => number) =>
      seeds.reduce((sum, kept) => sum + of(kept), 0) / seeds.length;
    expect(mean(({ all }) => all)).toBeGreaterThan(0.7);
    expect(mean(({ top }) => top)).toBeLessThan(0.6);
  });

  test("costs less where finalists are trained again, and more finalists with more seeds cost less", () => {
    const few = averageLosses(1.5, 5, 3);
    const many = averageLosses(1.5, 15, 30);
    expect(few.at(-1)).toBeLessThan(few[0] ?? 0);
    expect(many.at(-1)).toBeLessThan(few.at(-1) ?? 0);
    // How many are looked at changes nothing for the first of them.
    expect(averageLosses(1.5, 15, 3).slice(0, 5)).toEqual(few);
  });
});

test("in the game, what learns ends above chance and chance stays at a quarter", () => {
  const end = (name: "evolution" | "reinforce" | "ppo" | "random") => smoothed(playRounds(name, 1)).at(-1) ?? 0;
  expect(playRounds("random", 1)).toHaveLength(ROUNDS);
  expect(Math.abs(end("random") - 0.25)).toBeLessThan(0.12);
  for (const name of ["evolution", "reinforce", "ppo"] as const) expect(end(name)).toBeGreaterThan(end("random") + 0.1);
});
