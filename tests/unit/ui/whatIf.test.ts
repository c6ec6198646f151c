import { expect, test } from "vitest";
import { defaultSettings, exponents, type Objective, reward } from "../../../src/core";
import { measuredPoints, scorePoints } from "../../../src/ui/state/score";
import { incumbentWords, topRanked } from "../../../src/ui/state/whatIf";
import { fakeStudy } from "../../fixtures/fakeClient";

const study = fakeStudy(60, { ...defaultSettings, seed: 5 });
const points = measuredPoints(study);
const own: Objective = { targetMs: 20, ...exponents.hard };
const asked: Objective = { targetMs: 15, ...exponents.hard };

function best(objective: Objective) {
  const [first] = scorePoints(points, objective);
  if (!first) throw new Error("The fixture has no network.");
  return { objective, best: first };
}

/** The winner by brute force, counted from 1 as the page does. */
function winner(objective: Objective): number {
  const rewards = points.map((point) => reward(point, objective));
  return (points[rewards.indexOf(Math.max(...rewards))]?.number ?? -1) + 1;
}

test("another objective names its winner and the one it takes the place of", () => {
  expect(winner(asked)).not.toBe(winner(own));
  const words = incumbentWords(best(own), best(asked)).replaceAll("\u00a0", " ");
  expect(words).toMatch(
    new RegExp(
      `^With “hard, T 15.0 ms” trial ${winner(asked)} \\(.* ms\\) would win instead of trial ${winner(own)} \\(`,
    ),
  );
});

test("the winner that stays is said to stay, and the study's own objective is called so", () => {
  const close: Objective = { ...own, targetMs: own.targetMs * 1.0001 };
  expect(winner(close)).toBe(winner(own));
  expect(incumbentWords(best(own), best(close))).toMatch(/would still be the best\.$/);
  expect(incumbentWords(best(own), best({ ...own }))).toMatch(/^Under the study's own objective \(hard, T.20\.0.ms\)/);
});

test("the first five under another objective carry the rank they had", () => {
  const rank = (objective: Objective) =>
    [...points]
      .sort((a, b) => reward(b, objective) - reward(a, objective) || a.number - b.number)
      .map(({ number }) => number);
  const top = topRanked(scorePoints(points, own), scorePoints(points, asked));
  expect(top.map(({ number }) => number)).toEqual(rank(asked).slice(0, 5));
  expect(top.map(({ formerRank }) => formerRank)).toEqual(top.map(({ number }) => rank(own).indexOf(number) + 1));
});
